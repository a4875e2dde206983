/* card.c: the parts of a card that words make; card_figures.c has those of numbers.
 * Of a file the name is told: where it lies is nobody's business. */
#include "emotionnet/card/card.h"

#include "emotionnet/card/about.h"
#include "emotionnet/experiment/modalities.h"
#include "tensor/file/file.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "text/list.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- details ----------------------------------------------------------------------- */

static const char *reading_of(Arena *arena, const ModelConfig *config)
{
	const char *text = "";
	for (ModalityKind m = 0; m < MODALITIES; m++)
		if (config->reads.has[m])
			text = arena_format(arena, "%s%s%s (%s)", text, *text ? ", " : "",
			        modality_name(m), config->encoder[m].kind->name);
	return text;
}

static void print_details(FILE *out, Arena *arena, const CardRun *run)
{
	const Checkpoint *checkpoint = run->checkpoint;
	const Labels *labels = &checkpoint->frontend.labels;
	const TrainResult *result = &run->result;
	fprintf(out, "## Model details\n\n");
	markdown_print(out,
	        "* Made on %s by `emotionnet train`, EmotionNet in C.\n* Reads %s; joined by %s.\n* Answers with a probability for each of %d labels: %s.\n* %zu numbers learnt. ",
	        run->day, reading_of(arena, &checkpoint->config),
	        checkpoint->config.fusion->name, labels->count,
	        list_join(arena, labels->names, labels->count, ", "),
	        params_size(&checkpoint->params));
	if (result->score > 0)
		fprintf(out,
		        "Epoch %d of %d was kept, the best on the validation split (%.3f).",
		        result->best, result->epochs, result->score);
	else
		fprintf(out, "%d epochs.", result->epochs);
	if (result->again)
		fprintf(out,
		        " Then it was trained anew for %d epochs on the train and validation splits.",
		        result->again);
	fprintf(out,
	        "\n* The weights are bound by the licences of what they were trained on: see *Training data*.\n\n<details><summary>All settings</summary>\n\n");
	int count;
	const char *const *lines = list_split(arena, run->settings, '\n', &count);
	for (int i = 0; i < count; i++) {
		int name = (int)strcspn(lines[i], " ");
		const char *value =
		        path_name(lines[i] + name + strspn(lines[i] + name, " "));
		terminal_print(out, "    %.*s %s\n", name, lines[i], value);
	}
	fprintf(out, "\n</details>\n\n");
}

/* ---- intended use, factors --------------------------------------------------------- */

/* What is known of the corpora, NULL for one's own. */
static const CorpusAbout **sources_of(Arena *arena, const CardRun *run, int *count)
{
	StringSet names = about_sources(run->corpus, arena);
	const CorpusAbout **about =
	        ARENA_ARRAY(arena, const CorpusAbout *, (size_t)names.count);
	for (int i = 0; i < names.count; i++)
		about[i] = about_find(names.names[i]);
	*count = names.count;
	return about;
}

static void print_use(FILE *out, const CardRun *run)
{
	const bool *reads = run->checkpoint->config.reads.has;
	fprintf(out,
	        "## Intended use\n\nResearch and teaching: telling which emotion is expressed in a recording like those below. The answer is about the recording; it is no measurement of what a person feels.\n\nNot for:\n\n");
	if (reads[MODALITY_SPEECH] || reads[MODALITY_FACE])
		fprintf(out,
		        "* people at work and in education. In the European Union that is prohibited, but for medical or safety reasons: Regulation (EU) 2024/1689, Art. 5(1)(f);\n* anyone who was not told of it: Art. 50(3). Systems that recognise emotions from voices and faces are high-risk (Annex III, 1(c)), with duties of their own;\n");
	fprintf(out,
	        "* decisions about a person: whom to hire, to serve, to suspect, to treat;\n* other languages, ages and situations than those it was tested on.\n\n");
}

static void print_factors(FILE *out, Arena *arena, const CardRun *run)
{
	int count;
	const CorpusAbout **about = sources_of(arena, run, &count);
	fprintf(out,
	        "## Factors\n\nWhat the answers are known to depend on: language, who speaks, acted or natural speech, the recording.\n\n| corpus | language | speech | people |\n|---|---|---|---|\n");
	for (int i = 0; i < count; i++)
		if (about[i])
			fprintf(out, "| %s | %s | %s | %s |\n", about[i]->title,
			        about[i]->language, about[i]->manner, about[i]->people);
		else
			fprintf(out,
			        "| a manifest of one's own | not stated | not stated | not stated |\n");
	fprintf(out,
	        "\nGroups of people are told apart below as far as the manifest has columns for them (sex or gender, age). It says nothing of others, such as accent, origin or health, and nothing was measured of them.\n\n");
}

/* ---- metrics, data ----------------------------------------------------------------- */

static void print_metrics(FILE *out)
{
	fprintf(out,
	        "## Metrics\n\nUAR, the mean over the labels of the share that is found, since labels are not equally frequent; accuracy beside it. The interval is 95 %% had other speakers been recorded, whole speakers drawn again 2000 times. Calibration: ECE, how far it is from as often right as it says. Coverage: how much is answered, and how much of it right, if it may say \"not sure\" (`--abstain`).\n\n");
}

static int speakers_of(Arena *arena, const CardRun *run, Split split)
{
	return corpus_speakers(run->corpus, split, arena).count;
}

static void print_evaluation(
        FILE *out, Arena *arena, const CardRun *run, const CardFigures *figures)
{
	const char *first;
	int known = checkpoint_leak(run->checkpoint, run->corpus, figures->split, &first);
	fprintf(out, "## Evaluation data\n\n");
	if (!figures->metrics.n) {
		fprintf(out,
		        "None: the corpus has neither a test nor a validation split. Nothing below says how good this model is.\n\n");
		return;
	}
	markdown_print(out, "The %s split of %s: %d utterances",
	        split_name(figures->split), path_name(run->corpus->source), figures->all);
	if (figures->metrics.n < figures->all)
		fprintf(out, ", of which %d, evenly drawn, were measured",
		        figures->metrics.n);
	fprintf(out, "; %d named speakers, %d of whom are in the training too.",
	        speakers_of(arena, run, figures->split), known);
	if (figures->split == SPLIT_VALIDATION)
		fprintf(out,
		        " There is no test split: this one chose the epoch, and its figures are too good.");
	fprintf(out, "\n\n");
}

static void print_counts(FILE *out, const CardRun *run)
{
	const Labels *labels = &run->checkpoint->frontend.labels;
	const Dataset *data = &run->data[SPLIT_TRAIN];
	fprintf(out, "| label | utterances |\n|---|---:|\n");
	for (int c = 0; c < labels->count; c++) {
		int there = 0;
		for (int i = 0; i < data->count; i++)
			there += data->items[i].label == c && !data->items[i].copy;
		markdown_print(out, "| %s | %d |\n", labels->names[c], there);
	}
	fputc('\n', out);
}

static void print_training(FILE *out, Arena *arena, const CardRun *run)
{
	int count;
	const CorpusAbout **about = sources_of(arena, run, &count);
	markdown_print(out,
	        "## Training data\n\nThe train split of %s: %d utterances of %d named speakers.",
	        path_name(run->corpus->source), corpus_count(run->corpus, SPLIT_TRAIN),
	        speakers_of(arena, run, SPLIT_TRAIN));
	if (run->result.again)
		fprintf(out, " Then its validation split too, %d utterances.",
		        corpus_count(run->corpus, SPLIT_VALIDATION));
	if (run->checkpoint->paired)
		fprintf(out,
		        " Sentences and clips were matched by label; nobody spoke these sentences so.");
	fprintf(out,
	        "\n\nWhat its licence means for the weights:\n\n| corpus | licence | the weights |\n|---|---|---|\n");
	for (int i = 0; i < count; i++)
		if (about[i])
			fprintf(out, "| %s (%s) | %s | %s |\n", about[i]->title,
			        about[i]->source, about[i]->licence, about[i]->binds);
		else
			fprintf(out,
			        "| a manifest of one's own | not stated | Whoever made it knows; until then, to oneself. |\n");
	fputc('\n', out);
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		const Pretrained *file = run->checkpoint->config.encoder[m].pretrained;
		if (run->checkpoint->config.reads.has[m] && file)
			markdown_print(out,
			        "The %s encoder begins with %s, whose licence and training data bind the weights too.\n\n",
			        modality_name(m), path_name(file->path));
	}
	print_counts(out, run);
}

/* ---- all of it --------------------------------------------------------------------- */

void card_print(FILE *out, Arena *arena, const CardRun *run, const CardFigures *figures)
{
	markdown_print(out,
	        "# Model card: %s\n\nIn the nine parts of Mitchell et al., *Model Cards for Model Reporting* (2019). Whoever passes the model on passes this card on.\n\n",
	        path_name(run->model));
	print_details(out, arena, run);
	print_use(out, run);
	print_factors(out, arena, run);
	print_metrics(out);
	print_evaluation(out, arena, run, figures);
	print_training(out, arena, run);
	card_print_figures(out, arena, run, figures);
}

const char *card_path(Arena *arena, const char *model)
{
	struct stat there;
	if (!stat(model, &there) && !S_ISREG(there.st_mode))
		return NULL;
	return arena_format(arena, "%s.card.md", model);
}

bool card_write(const CardRun *run, Pool *pool, Error *error)
{
	Arena *arena = arena_new("card");
	const char *path = card_path(arena, run->model);
	char *text = NULL;
	size_t size;
	FILE *out = path ? open_memstream(&text, &size) : NULL;
	bool good = !path || out || error_set(error, "%s: there is no memory", path);
	if (out) {
		CardFigures figures = card_measure(arena, run, pool);
		card_print(out, arena, run, &figures);
		fclose(out);
		FileWriter *writer = file_open(arena, path, error);
		if (writer)
			file_write(writer, text, size);
		good = writer && file_close(writer, error);
	}
	free(text);
	arena_free(arena);
	return good;
}
