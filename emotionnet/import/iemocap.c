/* IEMOCAP: C. Busso et al., "IEMOCAP: Interactive Emotional Dyadic Motion Capture
 * Database", Language Resources and Evaluation 42, 2008. In each of five sessions a woman
 * and a man play dialogues, written (script) and free (impro):
 *
 *     Session1/dialog/EmoEvaluation/Ses01F_impro01.txt
 *         [6.2901 - 8.2357]	Ses01F_impro01_F000	neu	[2.5000, 2.5000, 2.5000]
 *     Session1/dialog/transcriptions/Ses01F_impro01.txt
 *         Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.
 *     Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav
 *
 * The emotion is the listeners' majority, xxx where there is none; the three numbers are
 * valence, activation (arousal) and dominance from 1 to 5. The last letter says who
 * speaks; the one before, who wore the markers on the face.
 *
 * The field takes four classes, of 5,531 utterances: anger, sadness, neutral, and
 * happiness and excitement as one. Sessions apart, and so speakers: the fifth is the test
 * and the first validates, or those that the fold names. */
#include "emotionnet/import/clips.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "text/list.h"
#include "text/number.h"

#include <ctype.h>
#include <string.h>

enum { SESSIONS = 5, NUMBERS = 3 };

/* Of the four classes and of all; "" is passed over. */
static const Code four[] = { { "ang", "anger" }, { "hap", "joy" }, { "exc", "joy" },
	{ "neu", "neutral" }, { "sad", "sadness" }, { "fru", "" }, { "fea", "" },
	{ "sur", "" }, { "dis", "" }, { "oth", "" }, { "xxx", "" }, { NULL, NULL } };
static const Code all[] = { { "ang", "anger" }, { "hap", "joy" }, { "exc", "excitement" },
	{ "neu", "neutral" }, { "sad", "sadness" }, { "fru", "frustration" },
	{ "fea", "fear" }, { "sur", "surprise" }, { "dis", "disgust" },
	{ "oth", "other" }, { "xxx", "" }, { NULL, NULL } };

enum { SESSION, DIALOGUE, KIND, VALENCE, AROUSAL, DOMINANCE, SEX, COLUMNS };
static const char *const columns[COLUMNS] = { "session", "dialogue", "kind", "valence",
	"arousal", "dominance", "sex" };

typedef struct Iemocap {
	Import import;
	const Code *emotions;
	int fold;    /* the session that is the test */
	int session; /* which is being read, from 1 */
	const char
	        *clips;   /* its folder of clips, from the root on; NULL: there is none */
	StringSet spoken; /* ids of the transcriptions */
	const char **words; /* of each of them */
	int room, passed;   /* passed: utterances without one of the emotions */
} Iemocap;

/* "Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me."; other lines are notes. */
static bool add_words(void *context, const ImportLine *line, Error *why)
{
	(void)why;
	Iemocap *iemocap = context;
	size_t size = strcspn(line->text, " [");
	char *words = strstr(line->text, "]:");
	if (strncmp(line->text, "Ses", 3) != 0 || !words)
		return true;
	line->text[size] = '\0';
	words += strlen("]:");
	words += strspn(words, " \t");
	int count = iemocap->spoken.count;
	int number = stringset_add(&iemocap->spoken, line->text);
	iemocap->words = arena_grow(iemocap->import.arena, iemocap->words, count,
	        &iemocap->room, sizeof *iemocap->words);
	iemocap->words[number] = words;
	return true;
}

/* "[2.5000, 3.0000, 2.5000]" -> three texts. */
static bool read_numbers(Arena *arena, const char *text, const char **number)
{
	size_t size = strlen(text);
	while (size && isspace((unsigned char)text[size - 1]))
		size--;
	if (size < 2 || text[0] != '[' || text[size - 1] != ']')
		return false;
	int count;
	const char *const *field = list_split(
	        arena, arena_format(arena, "%.*s", (int)size - 2, text + 1), ',', &count);
	for (int i = 0; i < count && i < NUMBERS; i++) {
		double value;
		const char *begin = field[i] + strspn(field[i], " ");
		if (!number_parse(begin, strlen(begin), &value))
			return false;
		number[i] = number_spell(arena, value);
	}
	return count == NUMBERS;
}

/* The test is the session of the fold, the next one validates. */
static Split own_split(const Iemocap *iemocap)
{
	if (iemocap->session == iemocap->fold)
		return SPLIT_TEST;
	return iemocap->session == iemocap->fold % SESSIONS + 1 ? SPLIT_VALIDATION
	                                                        : SPLIT_TRAIN;
}

static bool add_utterance(Iemocap *iemocap, const char *id, const char *label,
        const char **extra, const char *where, Error *why)
{
	Import *import = &iemocap->import;
	Arena *arena = import->arena;
	const char *last = strrchr(id, '_');
	if (strlen(id) < strlen("Ses01F_") || id[4] != '0' + iemocap->session ||
	        (last[1] != 'F' && last[1] != 'M'))
		return error_set(why,
		        "%s: expected an utterance such as Ses0%dF_impro01_F000, found \"%.40s\"",
		        where, iemocap->session, id);
	const char *dialogue = arena_format(arena, "%.*s", (int)(last - id), id);
	const char *speaker = arena_format(arena, "Ses0%d%c", iemocap->session, last[1]);
	const char *wav = "";
	Error absent;
	if (iemocap->clips) {
		wav = arena_format(arena, "%s/%s/%s.wav", iemocap->clips, dialogue, id);
		if (!path_check_file(wav, &absent))
			return error_set(why, "%s: clip %s", where, absent.text);
	}
	int spoken = stringset_find(&iemocap->spoken, id);
	extra[SESSION] = arena_format(arena, "%d", iemocap->session);
	extra[DIALOGUE] = dialogue;
	extra[SEX] = last[1] == 'F' ? "female" : "male";
	extra[KIND] = strstr(id, "impro") ? "impro" : "script";
	Utterance utterance = {
		.id = id,
		.speaker = speaker,
		.label = label,
		.text = spoken < 0 ? "" : iemocap->words[spoken],
		.wav = wav,
		.end = -1,
		.split = import_split(import, speaker, own_split(iemocap)),
		.extra = extra,
	};
	return import_add(import, &utterance, where, why);
}

/* "[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]"; what each
 * listener said follows in other lines. */
static bool add_line(void *context, const ImportLine *line, Error *why)
{
	Iemocap *iemocap = context;
	Arena *arena = iemocap->import.arena;
	if (line->text[0] != '[')
		return true;
	int count;
	const char *const *field = list_split(arena, line->text, '\t', &count);
	const char *label = count == 4 ? code_find(iemocap->emotions, field[2]) : NULL;
	const char **extra = ARENA_ARRAY(arena, const char *, COLUMNS);
	if (!label || !strchr(field[1], '_') ||
	        !read_numbers(arena, field[3], extra + VALENCE))
		return error_set(why,
		        "%s: expected [start - end], an utterance, one of ang hap exc neu sad fru fea sur dis oth xxx, and [valence, activation, dominance], with tabs between them",
		        line->where);
	iemocap->passed += !*label;
	return !*label ||
	       add_utterance(iemocap, field[1], label, extra, line->where, why);
}

static bool each_file(
        Iemocap *iemocap, const char *folder, ImportAddLine *add, Error *error)
{
	Files files;
	if (!folder_files(&files, iemocap->import.arena, folder, 0, ".txt", error))
		return false;
	for (int i = 0; i < files.count; i++)
		if (!import_lines(&iemocap->import, files.paths[i], add, iemocap, error))
			return false;
	return true;
}

/* Session1 of `folder`. Sound or words may be missing as a whole. */
static bool read_session(Iemocap *iemocap, const char *folder, Error *error)
{
	Arena *arena = iemocap->import.arena;
	FILE *notes = iemocap->import.options->warnings;
	folder = path_absolute(arena,
	        arena_format(arena, "%s/Session%d", folder, iemocap->session), error);
	if (!folder)
		return false;
	const char *clips = arena_format(arena, "%s/sentences/wav", folder);
	const char *words = arena_format(arena, "%s/dialog/transcriptions", folder);
	iemocap->clips = path_is_folder(clips) ? clips : NULL;
	if (!iemocap->clips && notes)
		terminal_print(notes,
		        "Note: there is no folder %s: there will be text only.\n", clips);
	if (path_is_folder(words)) {
		if (!each_file(iemocap, words, add_words, error))
			return false;
	} else if (notes) {
		terminal_print(notes,
		        "Note: there is no folder %s: there will be sound only.\n",
		        words);
	}
	return each_file(iemocap, arena_format(arena, "%s/dialog/EmoEvaluation", folder),
	        add_line, error);
}

bool import_iemocap(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	const char *asked = options->emotions ? options->emotions : "four";
	bool few = !strcmp(asked, "four");
	Iemocap iemocap = {
		.emotions = few ? four : all,
		.fold = options->fold ? options->fold : SESSIONS,
		.spoken = stringset_new(arena),
	};
	if (!few && strcmp(asked, "all") != 0)
		return error_set(
		        error, "emotions \"%.40s\": expected four or all", asked);
	if (iemocap.fold < 1 || iemocap.fold > SESSIONS)
		return error_set(
		        error, "fold %d: expected 1 to %d", iemocap.fold, SESSIONS);
	if (!import_begin(
	            &iemocap.import, arena, folder, COLUMNS, columns, options, error))
		return false;
	int there = 0;
	for (int s = 1; s <= SESSIONS; s++) {
		iemocap.session = s;
		if (!path_is_folder(arena_format(arena, "%s/Session%d", folder, s)))
			continue;
		if (!read_session(&iemocap, folder, error))
			return false;
		there++;
	}
	if (!there)
		return error_set(error,
		        "%s: expected folders Session1 to Session5, as in IEMOCAP_full_release, found none",
		        folder);
	if (options->warnings && there < SESSIONS)
		terminal_print(options->warnings, "Note: %s has %d of the 5 sessions.\n",
		        folder, there);
	if (options->warnings && iemocap.passed)
		terminal_print(options->warnings,
		        few ? "%s: %d utterances of other emotions, or of which listeners did not agree, passed over: anger, joy (happiness and excitement), neutral and sadness are the field's four classes. --emotions all takes all\n"
		            : "%s: %d utterances passed over of which listeners did not agree\n",
		        folder, iemocap.passed);
	return import_end(&iemocap.import, corpus, error);
}
