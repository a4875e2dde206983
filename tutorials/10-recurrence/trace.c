#include "tutorials/10-recurrence/trace.h"

#include <math.h>
#include <string.h>

/* Row `row` of the four blocks of H rows: bias + w_x x + w_h h. */
static float row_sum(const Network *net, int row, const real word[], const float h[])
{
	const RecurrentWeights *weights = &net->layer.direction[0];
	const int units = net->layer.hidden;
	const real *from_word = weights->weight_ih->value.data + row * WIDTH;
	const real *from_state = weights->weight_hh->value.data + row * units;
	real z = weights->bias_ih->value.data[row] + weights->bias_hh->value.data[row];
	for (int e = 0; e < WIDTH; e++)
		z += from_word[e] * word[e];
	for (int other = 0; other < units; other++)
		z += from_state[other] * (real)h[other];
	return (float)z;
}

void trace_story(Trace *trace, const Network *net, const Story *story)
{
	static const float nothing[MOST_UNITS];
	const int units = net->layer.hidden;
	trace->words = story->count;
	trace->units = units;
	for (int t = 0; t < story->count; t++) {
		const real *word = net->table.weight->value.data + story->id[t] * WIDTH;
		const float *h = t ? trace->h[t - 1] : nothing;
		const float *c = t ? trace->c[t - 1] : nothing;
		for (int k = 0; k < units; k++) {
			float z[4];
			for (int q = 0; q < 4; q++)
				z[q] = row_sum(net, q * units + k, word, h);
			trace->h[t][k] = cell_update(
			        &trace->gates[t][k], &trace->c[t][k], z, c[k]);
		}
	}
}

int trace_speaker(
        const Trace *ours, const Trace *other, const Network *net, int yes, int no)
{
	const int last = ours->words - 1, units = ours->units;
	const real *weight = net->last.weight->value.data;
	int best = 0;
	double most = 0;
	for (int k = 0; k < units; k++) {
		const double speaks =
		        (double)weight[yes * units + k] - (double)weight[no * units + k];
		const double apart =
		        speaks * (double)(ours->h[last][k] - other->h[last][k]);
		if (apart > most) {
			most = apart;
			best = k;
		}
	}
	return best;
}

double trace_error(const Trace *trace, Network *net, const Story *story)
{
	Tape *tape = &net->tape;
	tape_reset(tape);
	Sequence x = embedding_forward(
	        &net->table, tape, story->id, 1, story->count, &story->count);
	const Var *last =
	        lstm_last(&net->layer, tape, lstm_forward(&net->layer, tape, x));
	double worst = 0;
	for (int k = 0; k < trace->units; k++)
		worst = fmax(worst, fabs((double)last->value.data[k] -
		                            (double)trace->h[trace->words - 1][k]));
	return worst;
}
