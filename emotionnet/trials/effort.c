/* A network's graph is recorded and looked at. A language model is always the same graph:
 * with N numbers in the matrices of its L blocks, of width D, and V words to choose from,
 *
 *     operations = 2 N tokens + 4 D L tokens (kept + tokens) + 2 V D asked
 *
 * where the middle is attention: of every token read with all that are there. */
#include "emotionnet/trials/effort.h"

#include "emotionnet/train/evaluate.h"

int effort_counted(int tests)
{
	return tests < EFFORT_TEXTS ? tests : EFFORT_TEXTS;
}

TapeWork effort_sum(TapeWork a, TapeWork b)
{
	return (TapeWork){ a.operations + b.operations, a.bytes + b.bytes };
}

void effort_keep(Costs *costs, TapeWork sum, int count)
{
	if (!count)
		return;
	costs->operations = (uint64_t)(sum.operations / count + 0.5);
	costs->read = (uint64_t)(sum.bytes / count + 0.5);
}

/* With a gradient to what is embedded, so that all after it is on the tape. */
static TapeWork work_of(const EmotionNet *model, Tape *tape, const Batch *batch)
{
	Embedded embedded = model_embed(model, tape, batch, NULL);
	for (int m = 0; m < embedded.count; m++) {
		Sequence *x = &embedded.of[m];
		if (!var_wants(x->x))
			x->x = tape_variable(tape, x->x->value, NULL);
	}
	model_forward(model, tape, batch, &embedded, NULL, false);
	return tape_work(tape);
}

TapeWork effort_of_network(
        const Params *params, const ModelConfig *config, const Dataset *test)
{
	Arena *arena = arena_new("effort");
	Params own = params_replica(arena, params);
	const EmotionNet *model = model_replica(arena, &own, config);
	Tape tape = tape_new(arena_child(arena, "tape"));
	TapeWork sum = { 0, 0 };
	for (int i = 0; i < effort_counted(test->count); i++) {
		tape_reset(&tape);
		Batch batch = batch_make(tape.arena, test, &i, 1, NULL);
		sum = effort_sum(sum, work_of(model, &tape, &batch));
	}
	arena_free(arena);
	return sum;
}

TapeWork effort_of_language(const LanguageRows *rows, int kept, int tokens, int asked)
{
	const LanguageFile *file = language_rows_file(rows);
	const LanguageConfig *config = &file->config;
	const Params *params = language_rows_params(rows);
	TapeWork work = { 0, 0 };
	double columns = (double)config->heads * config->head;
	work.operations = 4 * columns * config->layers * tokens * ((double)kept + tokens);
	const Var *head = NULL; /* the last table of all words */
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		int layer = language_layer(file, p->name);
		bool product = layer >= 0 && layer < config->layers;
		if (product && p->value.ndim == 2)
			work.operations += 2.0 * (double)tensor_count(p->value) * tokens;
		if (product)
			work.bytes += work_bytes(p);
		if (p->value.ndim == 2 && p->value.shape[0] == config->vocabulary)
			head = p;
	}
	if (!asked || !head)
		return work;
	work.operations += 2.0 * (double)tensor_count(head->value) * asked;
	work.bytes += work_bytes(head);
	return work;
}
