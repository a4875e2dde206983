/* line.c: one function for each part of a line, which writes it and reads it
 * (text/record.h). Keys stand in the order of the calls. */
#include "emotionnet/comparison/line.h"

#include "tensor/file/crc32.h"
#include "text/list.h"
#include "text/record.h"
#include "text/stringset.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A time. */
static void keep_time(Record *r, const char *name, double *value)
{
	record_real(r, name, value, 0, (double)INFINITY);
}

/* A score, or another share of a whole: the sum of rounded numbers may be a little
 * more. */
static const double WHOLE = 1 + 1e-6;

static void keep_share(Record *r, const char *name, double *value)
{
	record_real(r, name, value, 0, WHOLE);
}

static void check_shares(Record *r, const char *what, const double shares[], int count)
{
	for (int i = 0; i < count && record_reads(r); i++)
		if (!(shares[i] >= 0 && shares[i] <= WHOLE))
			record_fail(r, "%g is no %s: expected a number from 0 to 1",
			        shares[i], what);
}

static void keep_int(Record *r, const char *name, int *value)
{
	record_int(r, name, value, 0, INT_MAX);
}

/* ---- the head ---------------------------------------------------------------------- */

static void keep_ceilings(Record *r, Comparison *c)
{
	RecordList list = record_list(
	        r, "ceilings", c->ceilings, c->ceiling_count, sizeof *c->ceilings);
	for (Ceiling *ceiling; (ceiling = record_next(r, &list));) {
		record_open(r, NULL);
		record_text(r, "reads", &ceiling->reads);
		keep_share(r, "all", &ceiling->all);
		record_reals(r, "kinds", &ceiling->kinds, c->kind_count, 17);
		check_shares(r, "ceiling", ceiling->kinds, c->kind_count);
		record_close(r);
	}
	c->ceilings = list.items;
	c->ceiling_count = list.count;
}

static const char *const condition_names[CONDITION_KINDS] = {
	[CONDITION_ALONE] = "alone",
	[CONDITION_MISSING] = "missing",
	[CONDITION_SWAPPED] = "swapped",
	[CONDITION_NOISE] = "noise",
	[CONDITION_DROPPED] = "dropped",
	[CONDITION_TYPOS] = "typos",
};

const char *condition_kind_name(ConditionKind kind)
{
	return condition_names[kind];
}

/* The level is 0 where a condition has none, else a share of the words, or the noise's
 * amplitude as a share of the sound's. */
static void keep_conditions(Record *r, Comparison *c)
{
	RecordList list = record_list(r, "conditions", c->conditions, c->condition_count,
	        sizeof *c->conditions);
	for (Condition *condition; (condition = record_next(r, &list));) {
		int kind = (int)condition->kind;
		record_open(r, NULL);
		record_text(r, "name", &condition->name);
		record_choice(r, "kind", &kind, condition_names, CONDITION_KINDS);
		record_text(r, "modality", &condition->modality);
		bool leveled = kind >= CONDITION_NOISE;
		record_real(r, "level", &condition->level, leveled ? 0.001 : 0,
		        kind == CONDITION_NOISE ? 100 : leveled);
		record_close(r);
		if (record_reads(r))
			condition->kind = (ConditionKind)kind;
	}
	c->conditions = list.items;
	c->condition_count = list.count;
}

static void keep_wishes(Record *r, Comparison *c)
{
	record_names(r, "strategies", &c->strategies, &c->strategy_count);
	record_count(r, "first_seed", &c->first_seed);
	keep_int(r, "seeds", &c->seed_count);
	RecordList list =
	        record_list(r, "sizes", c->sizes, c->size_count, sizeof *c->sizes);
	for (int *size; (size = record_next(r, &list));)
		keep_int(r, NULL, size);
	c->sizes = list.items;
	c->size_count = list.count;
	Error why;
	if (record_reads(r) && !r->json->failed && !comparison_fits(c, &why))
		record_fail(r, "%s", why.text);
}

static StringSet set_of(Arena *arena, const char *const names[], int count)
{
	StringSet set = stringset_new(arena);
	for (int i = 0; i < count; i++)
		stringset_add(&set, names[i]);
	return set;
}

/* As record_choice, where there may be as many names as utterances. */
static void keep_place(Record *r, const char *name, int *place, const StringSet *names)
{
	const char *text = record_reads(r) ? "" : names->names[*place];
	record_text(r, name, &text);
	if (!record_reads(r))
		return;
	*place = stringset_find(names, text);
	if (*place < 0 && !r->json->failed)
		record_refuse(
		        r, name, text, list_or(r->arena, names->names, names->count));
}

static void keep_tests(Record *r, Comparison *c)
{
	StringSet kinds = set_of(r->arena, c->kinds, c->kind_count);
	StringSet labels = set_of(r->arena, c->labels.names, c->labels.count);
	if (record_reads(r) &&
	        (kinds.count < c->kind_count || labels.count < c->labels.count))
		record_fail(r, "a label or a kind stands twice");
	RecordList list = record_list(r, "test", c->test, c->test_count, sizeof *c->test);
	for (Compared *test; (test = record_next(r, &list));) {
		record_open(r, NULL);
		record_text(r, "id", &test->id);
		record_text(r, "speaker", &test->speaker);
		record_text(r, "text", &test->text);
		if (c->kind_count)
			keep_place(r, "kind", &test->kind, &kinds);
		else if (record_reads(r))
			test->kind = -1;
		keep_place(r, "label", &test->label, &labels);
		record_close(r);
	}
	c->test = list.items;
	c->test_count = list.count;
}

/* Each fold's test utterances follow those of the fold before. */
static void keep_folds(Record *r, Comparison *c)
{
	RecordList list =
	        record_list(r, "folds", c->folds, c->fold_count, sizeof *c->folds);
	double tests = 0;
	for (Fold *fold; (fold = record_next(r, &list));) {
		record_open(r, NULL);
		record_text(r, "name", &fold->name);
		keep_int(r, "train", &fold->train);
		keep_int(r, "validation", &fold->validation);
		record_int(r, "test", &fold->test, 1, INT_MAX);
		record_close(r);
		tests += fold->test;
	}
	c->folds = list.items;
	c->fold_count = list.count;
	Error why;
	if (!record_reads(r) || r->json->failed)
		return;
	if (list.count && tests != c->test_count)
		record_fail(r, "the folds have %.0f utterances, but the test has %d",
		        tests, c->test_count);
	else if (!comparison_fits(c, &why))
		record_fail(r, "%s", why.text);
}

static void keep_perplexity(Record *r, const char *name, Perplexity *of)
{
	record_open(r, name);
	keep_int(r, "texts", &of->texts);
	keep_int(r, "tokens", &of->tokens);
	record_real(r, "perplexity", &of->value, 0, (double)INFINITY);
	record_close(r);
}

static void keep_known(Record *r, Known *known)
{
	record_open(r, "known");
	if (!record_reads(r) && !known->model)
		known->model = "";
	record_text(r, "model", &known->model);
	keep_perplexity(r, "test", &known->test);
	keep_perplexity(r, "fresh", &known->fresh);
	record_close(r);
}

/* All after the first key. */
static void keep_head(Record *r, Comparison *c, int version)
{
	record_hash(r, "hash", &c->hash);
	record_text(r, "source", &c->source);
	record_text(r, "settings", &c->settings);
	record_names(r, "labels", &c->labels.names, &c->labels.count);
	keep_int(r, "train", &c->train);
	keep_int(r, "validation", &c->validation);
	keep_int(r, "skipped", &c->skipped);
	keep_int(r, "leaking", &c->leaking);
	record_flag(r, "paired", &c->paired);
	record_names(r, "kinds", &c->kinds, &c->kind_count);
	keep_ceilings(r, c);
	keep_conditions(r, c);
	keep_wishes(r, c);
	keep_tests(r, c);
	if (version > 2)
		keep_folds(r, c);
	if (version < 5)
		return;
	if (!record_reads(r) && !c->corpora)
		c->corpora = "";
	record_text(r, "corpora", &c->corpora);
	keep_known(r, &c->known);
}

/* ---- a cell ------------------------------------------------------------------------ */

static void keep_costs(Record *r, Costs *costs, int version)
{
	record_count(r, "parameters", &costs->parameters);
	record_count(r, "memory", &costs->memory);
	keep_time(r, "train_seconds", &costs->train_seconds);
	if (version > 2)
		keep_time(r, "cpu_seconds", &costs->cpu_seconds);
	if (version > 3)
		record_count(r, "disk", &costs->disk);
	keep_time(r, "latency_p50", &costs->latency_p50);
	keep_time(r, "latency_p95", &costs->latency_p95);
	if (version < 5)
		return;
	record_count(r, "operations", &costs->operations);
	record_count(r, "read", &costs->read);
	record_flag(r, "asked", &costs->asked);
}

static void keep_epochs(Record *r, Cell *cell)
{
	keep_int(r, "best_epoch", &cell->best_epoch);
	RecordList list = record_list(
	        r, "epochs", cell->epochs, cell->epoch_count, sizeof *cell->epochs);
	for (EpochPoint *epoch; (epoch = record_next(r, &list));) {
		const double *pair = (const double[]){ epoch->loss, epoch->score };
		record_reals(r, NULL, &pair, 2, 17);
		check_shares(r, "score", pair + 1, 1);
		if (record_reads(r))
			*epoch = (EpochPoint){ pair[0], pair[1] };
	}
	cell->epochs = list.items;
	cell->epoch_count = list.count;
	/* a bag of words keeps an epoch, but no points */
	if (cell->epoch_count && cell->best_epoch > cell->epoch_count)
		record_fail(r, "\"best_epoch\" is %d: expected one of the %d epochs",
		        cell->best_epoch, cell->epoch_count);
}

/* Three scores, or none where it was not tested. */
static void keep_outcomes(Record *r, const Comparison *c, Cell *cell)
{
	RecordList list = record_list_of(r, "outcomes", cell->outcomes,
	        c->condition_count, sizeof *cell->outcomes);
	for (Outcome *o; (o = record_next(r, &list));) {
		double scores[] = { o->accuracy, o->uar, o->macro_f1 };
		RecordList three =
		        record_list(r, NULL, scores, o->tested ? 3 : 0, sizeof *scores);
		for (double *score; (score = record_next(r, &three));)
			keep_share(r, NULL, score);
		if (three.count && three.count != 3)
			record_fail(r, "expected three numbers or none");
		else if (three.count && record_reads(r))
			memcpy(scores, three.items, sizeof scores);
		if (record_reads(r))
			*o = (Outcome){ three.count > 0, scores[0], scores[1],
				scores[2] };
	}
	cell->outcomes = list.items;
}

static void keep_probabilities(Record *r, const Comparison *c, Cell *cell)
{
	int classes = c->labels.count;
	double *row = ARENA_ARRAY(r->arena, double, (size_t)classes);
	RecordList list = record_list_of(r, "probabilities", cell->probabilities,
	        cell_tests(c, cell), (size_t)classes * sizeof *cell->probabilities);
	ArenaMark mark = arena_mark(r->arena);
	for (float *p; (p = record_next(r, &list));) {
		const double *wide = row;
		for (int k = 0; k < classes; k++)
			row[k] = (double)p[k];
		record_reals(r, NULL, &wide, classes, 9);
		check_shares(r, "probability", wide, classes);
		double sum = 0;
		for (int k = 0; k < classes && record_reads(r); k++) {
			sum += wide[k];
			p[k] = (float)wide[k];
		}
		if (record_reads(r) && !(fabs(sum - 1) < 0.001))
			record_fail(r, "expected probabilities whose sum is 1, found %g",
			        sum);
		arena_rewind(r->arena, mark);
	}
	cell->probabilities = list.items;
}

/* All after the first key. */
static void keep_cell(Record *r, const Comparison *c, Cell *cell, int version)
{
	uint64_t hash = c->hash;
	record_hash(r, "hash", &hash);
	if (hash != c->hash)
		record_fail(r,
		        "the cell is of another corpus or of other settings (hash %016" PRIx64
		        ", expected %016" PRIx64 ")",
		        hash, c->hash);
	record_text(r, "strategy", &cell->strategy);
	record_text(r, "reads", &cell->reads);
	record_count(r, "seed", &cell->seed);
	keep_int(r, "size", &cell->size);
	if (c->fold_count)
		record_int(r, "fold", &cell->fold, 0, c->fold_count - 1);
	record_hash(r, "fingerprint", &cell->fingerprint);
	record_real(r, "temperature", &cell->temperature, 1e-6, 1e6);
	keep_costs(r, &cell->costs, version);
	record_text(r, "model", &cell->model);
	keep_epochs(r, cell);
	keep_outcomes(r, c, cell);
	keep_probabilities(r, c, cell);
}

/* ---- a line ------------------------------------------------------------------------ */

/* The end of a line is the sum of all before it: ,"crc32":"01234567"} */
#define SUM ",\"crc32\":\"%08x\"}"
enum { SUM_SIZE = sizeof ",\"crc32\":\"01234567\"}" - 1 };

static void print_sum(char text[SUM_SIZE + 1], const void *line, size_t size)
{
	snprintf(text, SUM_SIZE + 1, SUM, (unsigned)crc32_add(0, line, size));
}

static void check_sum(Json *json)
{
	char sum[SUM_SIZE + 1];
	size_t whole = json->text.size, size = whole < SUM_SIZE ? 0 : whole - SUM_SIZE;
	print_sum(sum, json->text.data, size);
	if (!size || memcmp(json->text.data + size, sum, SUM_SIZE))
		json_fail(json, size,
		        "damaged: by its bytes the line would end in %s. Hint: take the line out and run its cells again; who changed it on purpose gives it this end",
		        sum);
}

/* Writing changes nothing: the copy is shallow, and so are the functions. */
static void keep_line(Record *record, const Comparison *c, const Cell *cell)
{
	int version = COMPARISON_VERSION;
	record_open(record, NULL);
	keep_int(record, cell ? "cell" : "comparison", &version);
	if (cell) {
		Cell one = *cell;
		keep_cell(record, c, &one, version);
	} else {
		Comparison head = *c;
		keep_head(record, &head, version);
	}
}

char *comparison_line_text(const Comparison *c, const Cell *cell, size_t *size,
        const char *path, Error *error)
{
	char *text = NULL, sum[SUM_SIZE + 1];
	FILE *out = open_memstream(&text, size);
	error_set(error, "%s: no memory for a line", path);
	if (!out)
		return NULL;
	Arena *arena = arena_new("a line");
	Record record = {
		.out = out, .arena = arena, .first = true, .path = path, .error = error
	};
	keep_line(&record, c, cell);
	arena_free(arena);
	bool good = !fflush(out) && !record.failed;
	if (good) {
		print_sum(sum, text, *size);
		fprintf(out, "%s\n", sum);
	}
	if (!fclose(out) && good)
		return text;
	free(text);
	return NULL;
}

ComparisonLine comparison_line_read(Json *json, Arena *arena,
        const Comparison *comparison, Comparison *found, Cell *cell, bool *summed)
{
	Record record = { .json = json, .arena = arena };
	const char *sum = "";
	record_open(&record, NULL);
	const char *first = json_next(json, '}') ? json_key(json) : "";
	bool head = !strcmp(first, "comparison"), one = !strcmp(first, "cell");
	if (!head && !one)
		json_fail(json, 0,
		        "expected a line that begins with {\"comparison\": or {\"cell\":");
	size_t version = json_size(json);
	if (version < 1 || version > COMPARISON_VERSION)
		json_fail(json, 0,
		        "version %zu of the form: this program reads versions 1 to %d",
		        version, COMPARISON_VERSION);
	*summed = version > 1;
	if (*summed && !json->failed)
		check_sum(json);
	if (one && !comparison->source)
		json_fail(json, 0, "a cell before the line that says what is compared");
	if (json->failed)
		return COMPARISON_BAD;
	*found = (Comparison){ 0 };
	*cell = (Cell){ 0 };
	if (head)
		keep_head(&record, found, (int)version);
	else
		keep_cell(&record, comparison, cell, (int)version);
	if (*summed)
		record_text(&record, "crc32", &sum);
	record_close(&record);
	if (!json_end(json))
		return COMPARISON_BAD;
	return head ? COMPARISON_HEAD : COMPARISON_CELL;
}
