/* predict.c: the command predict: a probability for each emotion. */
#include "emotionnet/command/commands.h"
#include "emotionnet/train/evaluate.h"
#include "emotionnet/command/input.h"
#include "emotionnet/command/reference.h"
#include "emotionnet/features/enrol.h"
#include "emotionnet/score/coverage.h"
#include "tensor/file/json_write.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"
#include "tensor/plot/escape.h"

#include <limits.h>

enum { BAR = 30 };

/* What was asked for beside the input. */
typedef struct Asked {
	bool json;
	double abstain; /* below it the answer is "not sure"; 0: never */
} Asked;

/* "label":null where it is not sure: no name that a label may have too. */
static void print_json(const Labels *labels, const real *p, int best, const Input *input,
        int models, const Asked *asked)
{
	bool sure = answer_sure(p, labels->count, asked->abstain);
	printf("{\"label\":");
	if (sure)
		json_text(stdout, labels->names[best]);
	else
		printf("null");
	if (asked->abstain > 0) {
		json_put(stdout, "abstain", asked->abstain);
		json_put_flag(stdout, "sure", sure);
	}
	json_put_shares(stdout, "probabilities", labels->names, p, labels->count);
	json_put(stdout, "models", models);
	enrolled_print_json(stdout, &input->enrolled);
	remarks_print_json(stdout, &input->remarks);
	printf("}\n");
}

static void print_bars(const Labels *labels, const real *p, int best, const Asked *asked)
{
	if (answer_sure(p, labels->count, asked->abstain))
		terminal_print(stdout, "%s\n", labels->names[best]);
	else
		printf(NOT_SURE " (nothing has %g or more)\n", asked->abstain);
	for (int c = 0; c < labels->count; c++) {
		terminal_print(stdout, "  %-12s %.3f ", labels->names[c], (double)p[c]);
		for (int i = 0; i < (int)(p[c] * BAR + (real)0.5); i++)
			fputs("█", stdout);
		putchar('\n');
	}
}

/* What model m says, (1,classes). */
static bool ask(Tensor *p, const Ensemble *ensemble, int m, Input *input, Arena *arena,
        Pool *pool, Error *error)
{
	const Checkpoint *model = &ensemble->models[m];
	Example example;
	if (!input_read(input, &example, NULL, arena, model, ensemble->paths[m], error))
		return false;
	Dataset one = input_dataset(&example, model);
	Shards *shards = model_shards(arena, pool, &model->params, &model->config, 1);
	*p = predict_all(arena, shards, &one, model->frontend.labels.count, NULL);
	shards_free(shards);
	return answers_check(p->data, tensor_count(*p), ensemble->paths[m], error);
}

static bool predict(const char *const paths[], int count, Input *input,
        const Asked *asked, Arena *arena, Pool *pool, Error *error)
{
	Ensemble ensemble;
	if (!ensemble_load(&ensemble, arena, paths, count, error) ||
	        !reference_give(&ensemble, &input->reference, arena, input->channel,
	                input->skip_bad, error))
		return false;
	const Labels *labels = &ensemble.models[0].frontend.labels;
	Tensor mean = tensor_zeros(arena, SHAPE(1, labels->count));
	for (int m = 0; m < count; m++) {
		Tensor p;
		if (!ask(&p, &ensemble, m, input, arena, pool, error))
			return false;
		for (int c = 0; c < labels->count; c++)
			mean.data[c] += p.data[c];
	}
	for (int c = 0; c < labels->count; c++)
		mean.data[c] /= (real)count;
	input_tell(input);
	if (asked->json)
		print_json(labels, mean.data, tensor_argmax(mean), input, count, asked);
	else
		print_bars(labels, mean.data, tensor_argmax(mean), asked);
	return true;
}

static Status run(Options *options, Error *error)
{
	Input input = { .wav = NULL };
	Asked asked = { .json = false };
	option_flag(options, &asked.json, "json", "one JSON object on standard output");
	option_number(options, &asked.abstain, "abstain P", 0, 1,
	        "say \"" NOT_SURE "\" where no probability is P or more");
	input_options(options, &input);
	if (!options_read(options, 1, INT_MAX, "expected a model", error))
		return options_status(options);
	if (!input_given(&input))
		return options_wrong(error,
		        "nothing to predict from: give --wav, --text or both, or rows");

	Pool *pool = pool_new(1);
	bool done = predict((const char *const *)options->operands,
	        options->operand_count, &input, &asked, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_predict = {
	.name = "predict",
	.usage =
	        "MODEL... [--wav CLIP.wav] [--text \"...\"] [--face-row F.npy:0] [options]",
	.summary =
	        "tell which emotion one utterance expresses; several models: the mean of what they say",
	.run = run,
};
