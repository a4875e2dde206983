/* comparison_line.c: what is written and what is read stand side by side, key by key.
 * Numbers have as many digits as it takes to read the same bits again: 9 for a float,
 * 17 for a double. */
#include "emotionnet/comparison/line.h"
#include "tensor/file/json_write.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- parts, written ---------------------------------------------------------------- */

static void write_names(FILE *out, const char *key, const char *const names[], int count)
{
	fprintf(out, ",\"%s\":[", key);
	for (int i = 0; i < count; i++) {
		if (i)
			fputc(',', out);
		json_text(out, names[i]);
	}
	fputc(']', out);
}

static void write_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, ",\"%s\":", key);
	json_text(out, text);
}

/* ---- parts, read ------------------------------------------------------------------- */

/* The key that must come next. */
static void key(Json *json, const char *name)
{
	size_t at = json->at;
	if (!json_next(json, '}'))
		json_fail(json, at, "expected the key \"%s\", found no more", name);
	else if (strcmp(json_key(json), name))
		json_fail(json, at, "expected the key \"%s\"", name);
}

static void close_object(Json *json)
{
	size_t at = json->at;
	if (json_next(json, '}'))
		json_fail(json, at, "expected no further key");
}

static int next_int(Json *json, const char *what)
{
	size_t at = json->at, value = json_size(json);
	if (value > INT_MAX)
		json_fail(json, at, "\"%s\" is too large", what);
	return json->failed ? 0 : (int)value;
}

static int read_int(Json *json, const char *name)
{
	key(json, name);
	return next_int(json, name);
}

static const char *read_text(Json *json, const char *name)
{
	key(json, name);
	return json_string(json);
}

static double read_real(Json *json, const char *name)
{
	key(json, name);
	return json_real(json);
}

/* 16 hexadecimal digits: JSON's own numbers do not hold 64 bits everywhere. */
static uint64_t read_hash(Json *json, const char *name)
{
	const char *text = read_text(json, name);
	if (!json->failed &&
	        (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16))
		json_fail(json, json->at, "\"%s\": expected 16 hexadecimal digits", name);
	return json->failed ? 0 : strtoull(text, NULL, 16);
}

/* A list of any length, as it is read. */
typedef struct List {
	Arena *arena;
	void *items;
	int count, room;
	size_t size; /* of an item, in bytes */
} List;

static List list_open(Json *json, Arena *arena, const char *name, size_t size)
{
	key(json, name);
	json_open(json, '[');
	return (List){ .arena = arena, .size = size };
}

/* Room for the next item, all zero; NULL after the last. What an earlier call gave has
 * moved. */
static void *list_next(Json *json, List *list)
{
	if (!json_next(json, ']'))
		return NULL;
	list->items = arena_grow(
	        list->arena, list->items, list->count, &list->room, list->size);
	return (char *)list->items + (size_t)list->count++ * list->size;
}

static const char *const *read_names(
        Json *json, Arena *arena, const char *name, int *count)
{
	List names = list_open(json, arena, name, sizeof(const char *));
	for (const char **next; (next = list_next(json, &names));)
		*next = json_string(json);
	*count = names.count;
	return names.items;
}

/* A name that must be one of these. */
static int read_one_of(Json *json, const char *name, const char *const names[], int count)
{
	const char *text = read_text(json, name);
	for (int i = 0; i < count; i++)
		if (!strcmp(text, names[i]))
			return i;
	json_fail(json, json->at, "\"%s\" is \"%s\", which the head does not list", name,
	        text);
	return 0;
}

/* Is there another element of a list that must have `count`? `found` of them were
 * read. */
static bool another(Json *json, int found, int count, const char *what)
{
	size_t at = json->at;
	bool more = json_next(json, ']');
	if (more != (found < count))
		json_fail(json, at, "expected %d %s", count, what);
	return more && !json->failed;
}

/* `count` numbers in brackets. */
static void read_reals(Json *json, double numbers[], int count)
{
	json_open(json, '[');
	for (int i = 0; another(json, i, count, "numbers"); i++)
		numbers[i] = json_real(json);
}

/* ---- the head ---------------------------------------------------------------------- */

static void write_ceilings(FILE *out, const Comparison *c)
{
	fprintf(out, ",\"ceilings\":[");
	for (int i = 0; i < c->ceiling_count; i++) {
		fprintf(out, "%s{\"reads\":", i ? "," : "");
		json_text(out, c->ceilings[i].reads);
		fprintf(out, ",\"all\":%.17g,\"kinds\":[", c->ceilings[i].all);
		for (int k = 0; k < c->kind_count; k++)
			fprintf(out, "%s%.17g", k ? "," : "", c->ceilings[i].kinds[k]);
		fprintf(out, "]}");
	}
	fputc(']', out);
}

static void read_ceilings(Json *json, Arena *arena, Comparison *c)
{
	List ceilings = list_open(json, arena, "ceilings", sizeof(Ceiling));
	for (Ceiling *ceiling; (ceiling = list_next(json, &ceilings));) {
		json_open(json, '{');
		ceiling->reads = read_text(json, "reads");
		ceiling->all = read_real(json, "all");
		double *kinds = ARENA_ARRAY(arena, double, (size_t)c->kind_count);
		key(json, "kinds");
		read_reals(json, kinds, c->kind_count);
		close_object(json);
		ceiling->kinds = kinds;
	}
	c->ceilings = ceilings.items;
	c->ceiling_count = ceilings.count;
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

static void write_conditions(FILE *out, const Comparison *c)
{
	fprintf(out, ",\"conditions\":[");
	for (int i = 0; i < c->condition_count; i++) {
		const Condition *condition = &c->conditions[i];
		fprintf(out, "%s{\"name\":", i ? "," : "");
		json_text(out, condition->name);
		write_text(out, "kind", condition_names[condition->kind]);
		write_text(out, "modality", condition->modality);
		fprintf(out, ",\"level\":%.17g}", condition->level);
	}
	fputc(']', out);
}

/* 0 where a condition has none, else a share of the words, or the noise's amplitude as
 * a share of the sound's. */
static double read_level(Json *json, ConditionKind kind)
{
	double level = read_real(json, "level");
	double least = kind < CONDITION_NOISE ? 0 : 0.001;
	double most = kind < CONDITION_NOISE ? 0 : kind == CONDITION_NOISE ? 100 : 1;
	if (!(level >= least && level <= most))
		json_fail(json, json->at, "a level of %g: expected %g to %g", level,
		        least, most);
	return level;
}

static void read_conditions(Json *json, Arena *arena, Comparison *c)
{
	List conditions = list_open(json, arena, "conditions", sizeof(Condition));
	for (Condition *condition; (condition = list_next(json, &conditions));) {
		json_open(json, '{');
		condition->name = read_text(json, "name");
		condition->kind = (ConditionKind)read_one_of(
		        json, "kind", condition_names, CONDITION_KINDS);
		condition->modality = read_text(json, "modality");
		condition->level = read_level(json, condition->kind);
		close_object(json);
	}
	c->conditions = conditions.items;
	c->condition_count = conditions.count;
}

static void write_wishes(FILE *out, const Comparison *c)
{
	write_names(out, "strategies", c->strategies, c->strategy_count);
	fprintf(out, ",\"first_seed\":%" PRIu64 ",\"seeds\":%d,\"sizes\":[",
	        c->first_seed, c->seed_count);
	for (int i = 0; i < c->size_count; i++)
		fprintf(out, "%s%d", i ? "," : "", c->sizes[i]);
	fputc(']', out);
}

static void read_wishes(Json *json, Arena *arena, Comparison *c)
{
	c->strategies = read_names(json, arena, "strategies", &c->strategy_count);
	key(json, "first_seed");
	c->first_seed = json_size(json);
	c->seed_count = read_int(json, "seeds");
	List sizes = list_open(json, arena, "sizes", sizeof(int));
	for (int *size; (size = list_next(json, &sizes));)
		*size = next_int(json, "sizes");
	c->sizes = sizes.items;
	c->size_count = sizes.count;
}

static void write_tests(FILE *out, const Comparison *c)
{
	fprintf(out, ",\"test\":[");
	for (int i = 0; i < c->test_count; i++) {
		const Compared *test = &c->test[i];
		fprintf(out, "%s{\"id\":", i ? "," : "");
		json_text(out, test->id);
		write_text(out, "speaker", test->speaker);
		write_text(out, "text", test->text);
		if (c->kind_count)
			write_text(out, "kind", c->kinds[test->kind]);
		write_text(out, "label", c->labels.names[test->label]);
		fputc('}', out);
	}
	fputc(']', out);
}

static void read_tests(Json *json, Arena *arena, Comparison *c)
{
	List tests = list_open(json, arena, "test", sizeof(Compared));
	for (Compared *test; (test = list_next(json, &tests));) {
		json_open(json, '{');
		*test = (Compared){ .kind = -1 };
		test->id = read_text(json, "id");
		test->speaker = read_text(json, "speaker");
		test->text = read_text(json, "text");
		if (c->kind_count)
			test->kind = read_one_of(json, "kind", c->kinds, c->kind_count);
		test->label =
		        read_one_of(json, "label", c->labels.names, c->labels.count);
		close_object(json);
	}
	c->test = tests.items;
	c->test_count = tests.count;
}

void comparison_head_write(FILE *out, const Comparison *c)
{
	fprintf(out, "{\"comparison\":%d,\"hash\":\"%016" PRIx64 "\"", COMPARISON_VERSION,
	        c->hash);
	write_text(out, "source", c->source);
	write_text(out, "settings", c->settings);
	write_names(out, "labels", c->labels.names, c->labels.count);
	fprintf(out,
	        ",\"train\":%d,\"validation\":%d,\"skipped\":%d,\"leaking\":%d,\"paired\":%d",
	        c->train, c->validation, c->skipped, c->leaking, c->paired);
	write_names(out, "kinds", c->kinds, c->kind_count);
	write_ceilings(out, c);
	write_conditions(out, c);
	write_wishes(out, c);
	write_tests(out, c);
	fprintf(out, "}\n");
}

static void read_head(Json *json, Arena *arena, Comparison *c)
{
	*c = (Comparison){ .hash = read_hash(json, "hash") };
	c->source = read_text(json, "source");
	c->settings = read_text(json, "settings");
	c->labels.names = read_names(json, arena, "labels", &c->labels.count);
	c->train = read_int(json, "train");
	c->validation = read_int(json, "validation");
	c->skipped = read_int(json, "skipped");
	c->leaking = read_int(json, "leaking");
	c->paired = read_int(json, "paired") != 0;
	c->kinds = read_names(json, arena, "kinds", &c->kind_count);
	read_ceilings(json, arena, c);
	read_conditions(json, arena, c);
	read_wishes(json, arena, c);
	read_tests(json, arena, c);
	close_object(json);
}

/* ---- a cell ------------------------------------------------------------------------ */

static void write_epochs(FILE *out, const Cell *cell)
{
	fprintf(out, ",\"best_epoch\":%d,\"epochs\":[", cell->best_epoch);
	for (int i = 0; i < cell->epoch_count; i++)
		fprintf(out, "%s[%.17g,%.17g]", i ? "," : "", cell->epochs[i].loss,
		        cell->epochs[i].score);
	fputc(']', out);
}

static void read_epochs(Json *json, Arena *arena, Cell *cell)
{
	cell->best_epoch = read_int(json, "best_epoch");
	List epochs = list_open(json, arena, "epochs", sizeof(EpochPoint));
	for (EpochPoint *epoch; (epoch = list_next(json, &epochs));) {
		double pair[2] = { 0 };
		read_reals(json, pair, 2);
		*epoch = (EpochPoint){ pair[0], pair[1] };
	}
	cell->epochs = epochs.items;
	cell->epoch_count = epochs.count;
}

static void write_outcomes(FILE *out, const Comparison *c, const Cell *cell)
{
	fprintf(out, ",\"outcomes\":[");
	for (int i = 0; i < c->condition_count; i++) {
		const Outcome *o = &cell->outcomes[i];
		fputs(i ? ",[" : "[", out);
		if (o->tested)
			fprintf(out, "%.17g,%.17g,%.17g", o->accuracy, o->uar,
			        o->macro_f1);
		fputc(']', out);
	}
	fputc(']', out);
}

static void read_outcome(Json *json, Outcome *outcome)
{
	*outcome = (Outcome){ 0 };
	json_open(json, '[');
	if (!json_next(json, ']'))
		return;
	outcome->tested = true;
	outcome->accuracy = json_real(json);
	json_next(json, ']');
	outcome->uar = json_real(json);
	json_next(json, ']');
	outcome->macro_f1 = json_real(json);
	if (json_next(json, ']'))
		json_fail(json, json->at, "expected three numbers or none");
}

static void read_outcomes(Json *json, Arena *arena, const Comparison *c, Cell *cell)
{
	Outcome *outcomes = ARENA_ARRAY(arena, Outcome, (size_t)c->condition_count);
	key(json, "outcomes");
	json_open(json, '[');
	for (int i = 0; another(json, i, c->condition_count, "outcomes"); i++)
		read_outcome(json, &outcomes[i]);
	cell->outcomes = outcomes;
}

static void write_costs(FILE *out, const Costs *costs)
{
	fprintf(out,
	        ",\"parameters\":%zu,\"memory\":%zu,\"train_seconds\":%.17g,\"latency_p50\":%.17g,\"latency_p95\":%.17g",
	        costs->parameters, costs->memory, costs->train_seconds,
	        costs->latency_p50, costs->latency_p95);
}

static void read_costs(Json *json, Costs *costs)
{
	key(json, "parameters");
	costs->parameters = json_size(json);
	key(json, "memory");
	costs->memory = json_size(json);
	costs->train_seconds = read_real(json, "train_seconds");
	costs->latency_p50 = read_real(json, "latency_p50");
	costs->latency_p95 = read_real(json, "latency_p95");
}

static void write_probabilities(FILE *out, const Comparison *c, const Cell *cell)
{
	int classes = c->labels.count;
	fprintf(out, ",\"probabilities\":[");
	for (int i = 0; i < c->test_count; i++) {
		const float *p = cell->probabilities + (size_t)i * (size_t)classes;
		fputs(i ? ",[" : "[", out);
		for (int k = 0; k < classes; k++)
			fprintf(out, "%s%.9g", k ? "," : "", (double)p[k]);
		fputc(']', out);
	}
	fputc(']', out);
}

static void read_probabilities(Json *json, Arena *arena, const Comparison *c, Cell *cell)
{
	int classes = c->labels.count;
	float *all = ARENA_ARRAY(arena, float, (size_t)c->test_count *(size_t)classes);
	double *row = ARENA_ARRAY(arena, double, (size_t)classes);
	key(json, "probabilities");
	json_open(json, '[');
	for (int i = 0; another(json, i, c->test_count, "answers"); i++) {
		read_reals(json, row, classes);
		for (int k = 0; k < classes; k++) {
			all[(size_t)i * (size_t)classes + (size_t)k] = (float)row[k];
			if (!(row[k] >= 0 && row[k] <= 1.001))
				json_fail(json, json->at, "%g is no probability", row[k]);
		}
	}
	cell->probabilities = all;
}

void comparison_cell_write(FILE *out, const Comparison *c, const Cell *cell)
{
	fprintf(out, "{\"cell\":%d,\"hash\":\"%016" PRIx64 "\"", COMPARISON_VERSION,
	        c->hash);
	write_text(out, "strategy", cell->strategy);
	write_text(out, "reads", cell->reads);
	fprintf(out,
	        ",\"seed\":%" PRIu64 ",\"size\":%d,\"fingerprint\":\"%016" PRIx64 "\"",
	        cell->seed, cell->size, cell->fingerprint);
	fprintf(out, ",\"temperature\":%.17g", cell->temperature);
	write_costs(out, &cell->costs);
	write_text(out, "model", cell->model);
	write_epochs(out, cell);
	write_outcomes(out, c, cell);
	write_probabilities(out, c, cell);
	fprintf(out, "}\n");
}

static void read_cell(Json *json, Arena *arena, const Comparison *c, Cell *cell)
{
	*cell = (Cell){ 0 };
	size_t at = json->at;
	uint64_t hash = read_hash(json, "hash");
	if (!json->failed && hash != c->hash)
		json_fail(json, at,
		        "the cell is of another corpus or of other settings (hash %016" PRIx64
		        ", expected %016" PRIx64 ")",
		        hash, c->hash);
	cell->strategy = read_text(json, "strategy");
	cell->reads = read_text(json, "reads");
	key(json, "seed");
	cell->seed = json_size(json);
	cell->size = read_int(json, "size");
	cell->fingerprint = read_hash(json, "fingerprint");
	cell->temperature = read_real(json, "temperature");
	if (!(cell->temperature > 1e-6 && cell->temperature < 1e6))
		json_fail(json, json->at, "%g is no temperature", cell->temperature);
	read_costs(json, &cell->costs);
	cell->model = read_text(json, "model");
	read_epochs(json, arena, cell);
	read_outcomes(json, arena, c, cell);
	read_probabilities(json, arena, c, cell);
	close_object(json);
}

/* ---- a line ------------------------------------------------------------------------ */

ComparisonLine comparison_line_read(Json *json, Arena *arena,
        const Comparison *comparison, Comparison *found, Cell *cell)
{
	json_open(json, '{');
	const char *first = json_next(json, '}') ? json_key(json) : "";
	bool head = !strcmp(first, "comparison"), one = !strcmp(first, "cell");
	if (!head && !one)
		json_fail(json, 0,
		        "expected a line that begins with {\"comparison\": or {\"cell\":");
	size_t version = json_size(json);
	if (version != COMPARISON_VERSION)
		json_fail(json, 0,
		        "version %zu of the form: this program reads version %d", version,
		        COMPARISON_VERSION);
	if (one && !comparison->source)
		json_fail(json, 0, "a cell before the line that says what is compared");
	if (json->failed)
		return COMPARISON_BAD;
	if (head)
		read_head(json, arena, found);
	else
		read_cell(json, arena, comparison, cell);
	if (!json_end(json))
		return COMPARISON_BAD;
	return head ? COMPARISON_HEAD : COMPARISON_CELL;
}
