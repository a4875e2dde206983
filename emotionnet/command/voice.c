/* What voices are like (audio/voice/voice.h): of one clip, of several, or of a corpus in
 * groups. How much a group tells is its share of the variance,
 *
 *     eta^2 = sum over groups of n_g (mean_g - mean)^2 / sum over clips of (x - mean)^2,
 *
 * 0 if all groups have the same mean, 1 if the group decides all. */
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
	bool csv, json, skip_bad;
	int channel, threads;
} Request;

typedef struct Described {
	Corpus corpus;
	double (*values)[VOICE_FEATURES]; /* of each utterance */
	const char **why;                 /* it cannot be read, or NULL */
	Remarks *remarks;                 /* of each utterance */
	Arena **scratch;                  /* of each thread */
	Arena **kept;
} Described;

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
		voice_describe(all->values[index], scratch, &clip);
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
	all->values = arena_array(arena, count, sizeof all->values[0]);
	all->why = ARENA_ARRAY(arena, const char *, count);
	all->remarks = ARENA_ARRAY(arena, Remarks, count);
	all->scratch = ARENA_ARRAY(arena, Arena *, (size_t)threads);
	all->kept = ARENA_ARRAY(arena, Arena *, (size_t)threads);
	for (int t = 0; t < threads; t++) {
		all->scratch[t] = arena_child(arena, "a voice");
		all->kept[t] = arena_child(arena, "what cannot be read");
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
		memcpy(all->values[kept++], all->values[i], sizeof all->values[0]);
	}
	all->corpus.count = kept;
	(kept == 1 ? remarks_print : remarks_print_counts)(stderr, sum);
	return kept || error_set(error, "none of the clips can be read");
}

/* ---- clip by clip ------------------------------------------------------------------ */

static void print_clip(
        const Utterance *utterance, const double *values, const Remarks *remarks)
{
	(void)remarks; /* they stand on standard error */
	terminal_print(stdout, "%s\n", utterance->id);
	for (int i = 0; i < VOICE_FEATURES; i++) {
		VoiceLabel label = voice_label((VoiceFeature)i);
		char number[32] = "-";
		if (isfinite(values[i]))
			snprintf(
			        number, sizeof number, "%.*f", label.decimals, values[i]);
		printf("  %-14s %8s %-7s %s\n", label.name, number, label.unit,
		        label.meaning);
	}
}

static void print_json(
        const Utterance *utterance, const double *values, const Remarks *remarks)
{
	printf("{\"id\":");
	json_text(stdout, utterance->id);
	for (int i = 0; i < VOICE_FEATURES; i++) {
		json_put(stdout, voice_label((VoiceFeature)i).name, values[i]);
	}
	remarks_print_json(stdout, remarks);
	printf("}\n");
}

static void print_csv(const Described *all, Arena *arena)
{
	enum { COLUMNS = 3 + VOICE_FEATURES };
	const char *fields[COLUMNS] = { "id", "speaker", "label" };
	for (int i = 0; i < VOICE_FEATURES; i++)
		fields[3 + i] = voice_label((VoiceFeature)i).name;
	csv_write(stdout, COLUMNS, fields);
	for (int u = 0; u < all->corpus.count; u++) {
		const Utterance *utterance = &all->corpus.utterances[u];
		fields[0] = utterance->id;
		fields[1] = utterance->speaker;
		fields[2] = utterance->label;
		for (int i = 0; i < VOICE_FEATURES; i++)
			fields[3 + i] =
			        isfinite(all->values[u][i])
			                ? arena_format(arena, "%.6g", all->values[u][i])
			                : "";
		csv_write(stdout, COLUMNS, fields);
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
	terminal_print(stdout, "%13s", text);
}

static void print_feature(
        const Described *all, const int *order, const int *first, int groups, int feature)
{
	VoiceLabel label = voice_label((VoiceFeature)feature);
	Group whole = summarise(all, NULL, all->corpus.count, feature);
	double between = 0;
	printf("%-14s %-7s", label.name, label.unit);
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
	printf("\n%-22s", "");
	for (int g = 0; g < names.count; g++)
		terminal_print(stdout, "%13s", names.names[g]);
	printf("%s\n%-22s", names.count > 1 ? "   share" : "", "clips");
	for (int g = 0; g < names.count; g++)
		printf("%13d", first[g + 1] - first[g]);
	printf("\n");
	for (int i = 0; i < VOICE_FEATURES; i++)
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
	Described all = { .values = NULL };
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
			(request->json ? print_json : print_clip)(
			        &all.corpus.utterances[u], all.values[u],
			        &all.remarks[u]);
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
