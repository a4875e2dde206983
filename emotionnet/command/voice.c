/* What voices are like, in eighteen numbers (audio/voice/voice.h) or in all that the
 * speech encoders read beside frames (audio/functionals/functionals.h): of one clip, of
 * several, or of a corpus in groups. How much a group tells is its share of the variance,
 *
 *     eta^2 = sum over groups of n_g (mean_g - mean)^2 / sum over clips of (x - mean)^2,
 *
 * 0 if all groups have the same mean, 1 if the group decides all. */
#include "audio/functionals/functionals.h"
#include "audio/resample.h"
#include "audio/voice/voice.h"
#include "audio/wav.h"
#include "emotionnet/command/commands.h"
#include "emotionnet/features/frames.h"
#include "tensor/file/json_write.h"
#include "emotionnet/corpus/csv.h"
#include "emotionnet/corpus/sound.h"
#include "tensor/plot/axis.h"
#include "tensor/threads.h"
#include "text/list.h"
#include "text/stringset.h"
#include "tensor/sort.h"
#include "tensor/plot/escape.h"

#include <limits.h>
#include <math.h>
#include <string.h>

typedef struct Request {
	const char *by;   /* a column of the corpus */
	const char *only; /* the label that counts; NULL: all */
	bool csv, json, skip_bad, functionals;
	int channel, threads;
} Request;

/* What is measured of a clip. */
typedef struct Numbers {
	int count;
	const VoiceLabel *labels;    /* (count) */
	const FunctionalsPlan *plan; /* NULL: they are voice.h's */
	int name, unit;              /* columns that the longest takes */
} Numbers;

typedef struct Described {
	Corpus corpus;
	Numbers numbers;
	double **values;  /* (numbers.count) of each utterance */
	const char **why; /* it cannot be read, or NULL */
	Remarks *remarks; /* of each utterance */
	Arena **scratch;  /* of each thread */
	Arena **kept;
} Described;

static Numbers numbers_of(const Request *request, Arena *arena)
{
	Numbers numbers = { .count = VOICE_FEATURES, .name = 14, .unit = 7 };
	if (request->functionals)
		numbers = (Numbers){ .count = functionals_count(),
			.plan = functionals_plan(arena) };
	VoiceLabel *labels = ARENA_ARRAY(arena, VoiceLabel, (size_t)numbers.count);
	for (int i = 0; i < numbers.count; i++) {
		VoiceLabel label = { functionals_name(arena, i), "", "", 2 };
		labels[i] = numbers.plan ? label : voice_label((VoiceFeature)i);
		int name = (int)strlen(labels[i].name),
		    unit = (int)strlen(labels[i].unit);
		numbers.name = name > numbers.name ? name : numbers.name;
		numbers.unit = unit > numbers.unit ? unit : numbers.unit;
	}
	numbers.labels = labels;
	return numbers;
}

/* Clips from the command line, as a corpus. */
static void corpus_of_clips(Corpus *corpus, Arena *arena, int count, char **paths)
{
	*corpus = (Corpus){ .source = "command line", .count = count };
	corpus->utterances = ARENA_ARRAY(arena, Utterance, (size_t)count);
	for (int i = 0; i < count; i++)
		corpus->utterances[i] = (Utterance){ .id = paths[i],
			.wav = paths[i],
			.speaker = "",
			.label = "",
			.text = "",
			.end = -1 };
}

static void measure(
        double *values, const Numbers *numbers, Arena *scratch, const Clip *clip)
{
	if (!numbers->plan) {
		voice_describe(values, scratch, clip);
		return;
	}
	real *found = ARENA_ARRAY(scratch, real, (size_t)numbers->count);
	functionals(found, scratch, numbers->plan, clip);
	for (int i = 0; i < numbers->count; i++)
		values[i] = (double)found[i];
}

static void describe_one(void *context, int index, int worker)
{
	Described *all = context;
	Arena *scratch = all->scratch[worker];
	Clip clip;
	Error error;
	if (!all->corpus.sound && !all->corpus.utterances[index].wav[0]) {
		all->why[index] = arena_format(all->kept[worker], "%s has no sound",
		        all->corpus.utterances[index].id);
	} else if (!sound_read(&clip, scratch, &all->corpus, index, &error)) {
		all->why[index] = arena_string(all->kept[worker], error.text);
	} else {
		remarks_of_clip(&all->remarks[index], &clip, FRAMES_RATE);
		clip = resample(scratch, clip, FRAMES_RATE);
		all->values[index] = ARENA_ARRAY(
		        all->kept[worker], double, (size_t)all->numbers.count);
		measure(all->values[index], &all->numbers, scratch, &clip);
	}
	arena_reset(scratch);
}

/* On all threads; then leaves out what could not be read, or fails with the first of
 * them. */
static bool describe_all(
        Described *all, Arena *arena, const Request *request, Error *error)
{
	Pool *pool = options_pool(request->threads);
	int threads = pool_threads(pool), kept = 0;
	Remarks *sum = ARENA_NEW(arena, Remarks);
	size_t count = (size_t)all->corpus.count;
	all->values = ARENA_ARRAY(arena, double *, count);
	all->why = ARENA_ARRAY(arena, const char *, count);
	all->remarks = ARENA_ARRAY(arena, Remarks, count);
	all->scratch = ARENA_ARRAY(arena, Arena *, (size_t)threads);
	all->kept = ARENA_ARRAY(arena, Arena *, (size_t)threads);
	for (int t = 0; t < threads; t++) {
		all->scratch[t] = arena_child(arena, "a voice");
		all->kept[t] = arena_child(arena, "what is told of clips");
	}
	pool_run(pool, all->corpus.count, describe_one, all);
	pool_free(pool);
	for (int i = 0; i < all->corpus.count; i++) {
		const Utterance *u = &all->corpus.utterances[i];
		if (all->why[i] && !request->skip_bad)
			return error_set(
			        error, "%s%s", all->why[i], sound_hint(all->why[i]));
		if (all->why[i]) {
			terminal_print(stderr, "Left out: %s\n", all->why[i]);
			continue;
		}
		remarks_add(sum, &all->remarks[i]);
		all->corpus.utterances[kept] = *u;
		all->remarks[kept] = all->remarks[i];
		all->values[kept++] = all->values[i];
	}
	all->corpus.count = kept;
	(kept == 1 ? remarks_print : remarks_print_counts)(stderr, sum);
	return kept || error_set(error, "none of the clips can be read");
}

/* ---- clip by clip ------------------------------------------------------------------ */

static void print_clip(const Described *all, int index)
{
	/* remarks stand on standard error */
	const Numbers *numbers = &all->numbers;
	terminal_print(stdout, "%s\n", all->corpus.utterances[index].id);
	for (int i = 0; i < numbers->count; i++) {
		VoiceLabel label = numbers->labels[i];
		double value = all->values[index][i];
		char number[32] = "-";
		if (isfinite(value))
			snprintf(number, sizeof number, "%.*f", label.decimals, value);
		printf("  %-*s %8s", numbers->name, label.name, number);
		if (*label.meaning)
			printf(" %-*s %s", numbers->unit, label.unit, label.meaning);
		printf("\n");
	}
}

static void print_json(const Described *all, int index)
{
	printf("{\"id\":");
	json_text(stdout, all->corpus.utterances[index].id);
	for (int i = 0; i < all->numbers.count; i++)
		json_put(stdout, all->numbers.labels[i].name, all->values[index][i]);
	remarks_print_json(stdout, &all->remarks[index]);
	printf("}\n");
}

static void print_csv(const Described *all, Arena *arena)
{
	int count = all->numbers.count, columns = 3 + count;
	const char **fields = ARENA_ARRAY(arena, const char *, (size_t)columns);
	fields[0] = "id";
	fields[1] = "speaker";
	fields[2] = "label";
	for (int i = 0; i < count; i++)
		fields[3 + i] = all->numbers.labels[i].name;
	csv_write(stdout, columns, fields);
	for (int u = 0; u < all->corpus.count; u++) {
		const Utterance *utterance = &all->corpus.utterances[u];
		ArenaMark mark = arena_mark(arena);
		fields[0] = utterance->id;
		fields[1] = utterance->speaker;
		fields[2] = utterance->label;
		for (int i = 0; i < count; i++)
			fields[3 + i] =
			        isfinite(all->values[u][i])
			                ? arena_format(arena, "%.6g", all->values[u][i])
			                : "";
		csv_write(stdout, columns, fields);
		arena_rewind(arena, mark);
	}
}

/* ---- group by group ---------------------------------------------------------------- */

typedef struct Group {
	int count;
	double mean, deviation;
} Group;

/* The clips of a group that have a number for this feature; those of all, where `clips` is
 * NULL. */
static Group summarise(const Described *all, const int *clips, int count, int feature)
{
	Group group = { .count = 0 };
	double sum = 0, squares = 0;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < count; i++) {
			double x = all->values[clips ? clips[i] : i][feature];
			if (!isfinite(x))
				continue;
			if (pass == 0) {
				sum += x;
				group.count++;
			} else {
				squares +=
				        (x - sum / group.count) * (x - sum / group.count);
			}
		}
	if (group.count)
		group.mean = sum / group.count;
	if (group.count > 1)
		group.deviation = sqrt(squares / (group.count - 1));
	return group;
}

static void print_cell(Group group, int decimals)
{
	char text[64] = "-";
	if (group.count)
		snprintf(text, sizeof text, "%.*f±%.*f", decimals, group.mean, decimals,
		        group.deviation);
	terminal_print(stdout, " %12s", text);
}

static void print_feature(
        const Described *all, const int *order, const int *first, int groups, int feature)
{
	VoiceLabel label = all->numbers.labels[feature];
	Group whole = summarise(all, NULL, all->corpus.count, feature);
	double between = 0;
	printf("%-*s %-*s", all->numbers.name, label.name, all->numbers.unit, label.unit);
	for (int g = 0; g < groups; g++) {
		Group group = summarise(
		        all, order + first[g], first[g + 1] - first[g], feature);
		double distance = group.mean - whole.mean;
		between += group.count * distance * distance;
		print_cell(group, label.decimals);
	}
	double total = whole.deviation * whole.deviation * (whole.count - 1);
	if (groups > 1 && total > 0)
		printf("   %5.2f", between / total);
	printf("\n");
}

static void print_groups(
        const Described *all, Arena *arena, const char *by, const char *only)
{
	const Corpus *corpus = &all->corpus;
	StringSet names = stringset_new(arena);
	for (int u = 0; u < corpus->count; u++)
		stringset_add(&names,
		        by ? corpus_value(corpus, &corpus->utterances[u], by) : "all");
	sort_names(names.names, names.count);
	Labels groups = labels_new(arena, names.names, names.count);
	int *group = ARENA_ARRAY(arena, int, (size_t)corpus->count);
	int *order = ARENA_ARRAY(arena, int, (size_t)corpus->count);
	int *first = ARENA_ARRAY(arena, int, (size_t)names.count + 1);
	for (int u = 0; u < corpus->count; u++)
		group[u] = labels_index(&groups,
		        by ? corpus_value(corpus, &corpus->utterances[u], by) : "all");
	sort_groups(group, corpus->count, names.count, order, first);
	terminal_print(stdout, "%d clips of %s%s%s%s%s: mean±standard deviation\n",
	        corpus->count, corpus->source, only ? ", only " : "", only ? only : "",
	        by ? ", by " : "", by ? by : "");
	if (names.count > 1)
		terminal_print(stdout,
		        "share: of the variance between clips, what %s tells (eta squared)\n",
		        by);
	int left = all->numbers.name + 1 + all->numbers.unit;
	printf("\n%-*s", left, "");
	for (int g = 0; g < names.count; g++)
		terminal_print(stdout, "%13s", names.names[g]);
	printf("%s\n%-*s", names.count > 1 ? "   share" : "", left, "clips");
	for (int g = 0; g < names.count; g++)
		printf("%13d", first[g + 1] - first[g]);
	printf("\n");
	for (int i = 0; i < all->numbers.count; i++)
		print_feature(all, order, first, names.count, i);
}

static bool is_corpus(const char *path)
{
	size_t length = strlen(path);
	return length > 4 && !strcmp(path + length - 4, ".csv");
}

/* Leaves out what has another label. */
static bool keep_label(Corpus *corpus, Arena *arena, const char *label, Error *error)
{
	int kept = 0;
	Labels labels = corpus_labels(corpus, SPLIT_COUNT, arena);
	int wanted = labels_index(&labels, label);
	for (int i = 0; i < corpus->count && wanted >= 0; i++)
		if (!strcmp(corpus->utterances[i].label, labels.names[wanted]))
			corpus->utterances[kept++] = corpus->utterances[i];
	corpus->count = kept;
	return kept ||
	       error_set(error, "%s has no utterance of the label \"%s\": expected %s",
	               corpus->source, label, list_or(arena, labels.names, labels.count));
}

static bool tell(const Request *request, const Options *options, Error *error)
{
	Arena *arena = options->arena;
	char **paths = options->operands;
	Described all = { .numbers = numbers_of(request, arena) };
	bool corpus = is_corpus(paths[0]);
	if (!corpus)
		corpus_of_clips(&all.corpus, arena, options->operand_count, paths);
	else if (!corpus_read(&all.corpus, arena, paths[0], request->skip_bad, stderr,
	                 error) ||
	         (request->by &&
	                 !corpus_has_column(&all.corpus, request->by, arena, error)) ||
	         (request->only && !keep_label(&all.corpus, arena, request->only, error)))
		return false;
	all.corpus.skip_bad = request->skip_bad;
	all.corpus.channel = request->channel;
	all.corpus.warnings = stderr;
	if (!describe_all(&all, arena, request, error))
		return false;
	if (request->csv)
		print_csv(&all, arena);
	else if (corpus && !request->json)
		print_groups(&all, arena, request->by, request->only);
	else
		for (int u = 0; u < all.corpus.count; u++)
			(request->json ? print_json : print_clip)(&all, u);
	return true;
}

static Status run(Options *options, Error *error)
{
	Request request = { .threads = 0 };
	option_text(options, &request.by, "by COLUMN",
	        "compare groups of the corpus: emotion, speaker, sex, ...");
	option_text(options, &request.only, "only LABEL",
	        "of the corpus only what has this label");
	option_flag(options, &request.csv, "csv", "a row for every clip");
	option_flag(options, &request.json, "json", "an object for every clip");
	option_flag(options, &request.functionals, "functionals",
	        "all the numbers that --speech-encoder functionals reads of a clip (audio/functionals/functionals.h)");
	option_flag(options, &request.skip_bad, "skip-bad",
	        "leave out what cannot be read, name it; of a clip that was cut short use what is there");
	option_int(options, &request.channel, "channel N", 0, 65535,
	        "this channel of every clip, from 1; 0: the mean of all");
	option_int(options, &request.threads, "threads N", 0, 256, "0: as many as cores");
	const char *usage = "expected sound files, or one corpus";
	if (!options_read(options, 1, INT_MAX, usage, error))
		return options_status(options);
	bool corpus = is_corpus(options->operands[0]);
	if (corpus && options->operand_count > 1)
		return options_wrong(error, usage);
	if ((request.by || request.only) && !corpus)
		return options_wrong(
		        error, "--by and --only choose from a corpus, a .csv");
	return tell(&request, options, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_voice = {
	.name = "voice",
	.usage = "CLIP.wav... | CORPUS.csv [options]",
	.summary = "what voices are like: pitch, loudness, pace, roughness, colour",
	.run = run,
};
