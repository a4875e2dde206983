#include "tutorials/10-recurrence/trials.h"

#include <math.h>
#include <string.h>

const double RATE = 0.005, CLIP = 1;

void measured_norms(float size, double mean[STEPS])
{
	static Rnn rnn, grad;
	static Run run;
	for (int k = 0; k < STEPS; k++)
		mean[k] = 0;
	for (int s = 1; s <= DRAWS; s++) {
		double norm[STEPS];
		rnn_new(&rnn, size, (uint64_t)s);
		run_new(&run, 100 + (uint64_t)s);
		run_forward(&rnn, &run);
		memset(&grad, 0, sizeof grad);
		run_backward(&rnn, &grad, &run);
		run_norms(&run, norm);
		for (int k = 0; k < STEPS; k++)
			mean[k] += log(norm[k]) / DRAWS;
	}
	for (int k = 0; k < STEPS; k++)
		mean[k] = exp(mean[k]);
}

Network trained(const Sets *sets, Kind kind, int units, real forget, Question question,
        int epochs, uint64_t seed)
{
	Network net = network_new(kind, units, forget, sets->words.count, seed);
	network_train(&net, sets->train,
	        (Plan){ .batch = BATCH,
	                .epochs = epochs,
	                .rate = RATE,
	                .clip = CLIP,
	                .seed = seed,
	                .question = question });
	return net;
}

const Row rows[ROWS] = {
	{ "windows of 3 words", "windows", WINDOWS, 116, 0 },
	{ "RNN", "rnn", RNN, RNN_UNITS, 0 },
	{ "LSTM, forget bias 0", "lstm0", LSTM, UNITS, 0 },
	{ "LSTM, forget bias 1", "lstm1", LSTM, UNITS, 1 },
	{ "LSTM, both directions", "both", BOTH, 16, 1 },
};

int row_accuracy(const Row *row, const Sets *sets, int seeds, double accuracy[2][SEEDS])
{
	int parameters = 0;
	for (int q = 0; q < 2; q++)
		for (int s = 0; s < seeds; s++) {
			const Question question = (Question)q;
			Network net = trained(sets, row->kind, row->units,
			        (real)row->forget, question, EPOCHS, (uint64_t)s + 1);
			accuracy[q][s] = network_accuracy(&net, sets->test, question);
			parameters = network_parameters(&net);
			network_free(&net);
		}
	return parameters;
}

void watch(Watched *watched, const Sets *sets, const Story stories[2])
{
	watched->lstm =
	        trained(sets, LSTM, UNITS, 1, BEGIN, WATCHED_EPOCHS, WATCHED_SEED);
	for (int s = 0; s < 2; s++)
		trace_story(&watched->trace[s], &watched->lstm, &stories[s]);
	watched->unit = trace_speaker(&watched->trace[0], &watched->trace[1],
	        &watched->lstm, stories[0].begin, stories[0].end);
}
