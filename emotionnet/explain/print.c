/* On a terminal a word's ground is its share of the most that any word adds: red for the
 * class, blue against it. The mel frames are two rows of blocks, as many frames a block
 * as fit the width: their height is how loud they are, their ground what they add. */
#include "emotionnet/explain/print.h"

#include "emotionnet/explain/notes.h"
#include "emotionnet/explain/occlusion.h"
#include "emotionnet/features/enrol.h"
#include "tensor/file/json_write.h"
#include "tensor/plot/colours.h"
#include "tensor/plot/escape.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 76, STRIP = 48, BAR = 24, SPANS = 10, PATCHES = 6 };

static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

/* -1..1 as a bar to the left or right of a middle line. */
static void print_bar(FILE *out, ColourDepth depth, double share)
{
	int length = (int)(fmin(fabs(share), 1) * BAR / 2 + 0.5);
	int left = share < 0 ? length : 0, right = share < 0 ? 0 : length;
	ColourText begin =
	        colour_foreground(depth, colour_diverging(share < 0 ? -0.7 : 0.7));
	ColourText end = colour_end(depth);
	fprintf(out, "%*s%s", BAR / 2 - left, "", begin.text);
	for (int i = 0; i < left; i++)
		fputs("█", out);
	fprintf(out, "%s│%s", end.text, begin.text);
	for (int i = 0; i < right; i++)
		fputs("█", out);
	fprintf(out, "%s\n", end.text);
}

static void print_answer(FILE *out, const Explanation *e)
{
	terminal_print(out, "%s says %s, %.3f", e->strategy, e->labels->names[e->answer],
	        (double)e->probabilities[e->answer]);
	if (e->label != e->answer)
		terminal_print(out, "; explained is %s, %.3f", e->labels->names[e->label],
		        (double)e->probabilities[e->label]);
	terminal_print(out,
	        "\nlog-odds of %s: %+.3f; of an utterance without content: %+.3f\n",
	        e->labels->names[e->label], e->score, e->baseline);
}

/* ---- words ------------------------------------------------------------------------- */

static void print_coloured_words(FILE *out, ColourDepth depth, const Explanation *e)
{
	double scale = explanation_word_scale(e);
	size_t at = 0;
	fputs("\n  ", out);
	for (int w = 0; w < e->word_count; w++) {
		const ExplainedWord *word = &e->words[w];
		Colour ground = colour_diverging(0.8 * word->value / scale);
		terminal_print(out, "%.*s", (int)(word->begin - at), e->text + at);
		fprintf(out, "%s%s", colour_background(depth, ground).text,
		        colour_foreground(depth, colour_ink(ground)).text);
		terminal_print(out, "%.*s", (int)(word->end - word->begin),
		        e->text + word->begin);
		fputs(colour_end(depth).text, out);
		at = word->end;
	}
	terminal_print(out, "%s\n", e->text + at);
}

static void print_words(FILE *out, ColourDepth depth, const Explanation *e)
{
	if (!e->word_count)
		return;
	if (depth != COLOUR_NONE)
		print_coloured_words(out, depth, e);
	double scale = explanation_word_scale(e);
	fprintf(out, "\n%-20s %8s %10s\n", "word", "adds", "occlusion");
	for (int w = 0; w < e->word_count; w++) {
		const ExplainedWord *word = &e->words[w];
		terminal_print(out, "%-20.*s", (int)(word->end - word->begin),
		        e->text + word->begin);
		fprintf(out, " %+8.3f   %+8.3f ", word->value, word->occlusion);
		print_bar(out, depth, word->value / scale);
	}
}

/* ---- sound ------------------------------------------------------------------------- */

/* How loud frames begin..end-1 are, in deviations from the mean. */
static double loudness(const Explanation *e, int begin, int end)
{
	double sum = 0;
	size_t M = (size_t)e->frames.shape[1];
	for (size_t i = (size_t)begin * M; i < (size_t)end * M; i++)
		sum += (double)e->frames.data[i];
	return sum / ((double)(end - begin) * (double)M);
}

static void print_blocks(FILE *out, ColourDepth depth, const Explanation *e)
{
	int T = e->frames.shape[0], columns = T < WIDTH ? T : WIDTH;
	double most = 1e-30;
	for (int c = 0; c < columns; c++)
		most = fmax(most, fabs(explanation_span(
		                          e, T * c / columns, T * (c + 1) / columns)));
	fputs("\n  ", out);
	for (int c = 0; c < columns; c++) {
		int begin = T * c / columns, end = T * (c + 1) / columns;
		double height = (loudness(e, begin, end) + 2) * 2; /* -2..2 deviations */
		int h = height < 0 ? 0 : height > 7 ? 7 : (int)height;
		Colour ground =
		        colour_diverging(0.8 * explanation_span(e, begin, end) / most);
		fprintf(out, "%s%s%s%s", colour_background(depth, ground).text,
		        colour_foreground(depth, colour_ink(ground)).text, heights[h],
		        colour_end(depth).text);
	}
	fprintf(out, "\n  0 s%*.2f s\n", columns - 5, T * e->frame_seconds);
}

static void print_sound(FILE *out, ColourDepth depth, const Explanation *e)
{
	int T = e->frames.shape[0], spans = T < SPANS ? T : SPANS;
	if (!T)
		return;
	if (depth != COLOUR_NONE)
		print_blocks(out, depth, e);
	double most = 1e-30;
	for (int s = 0; s < spans; s++)
		most = fmax(most,
		        fabs(explanation_span(e, T * s / spans, T * (s + 1) / spans)));
	fprintf(out, "\n%-20s %8s\n", "sound, from to (s)", "adds");
	for (int s = 0; s < spans; s++) {
		int begin = T * s / spans, end = T * (s + 1) / spans;
		double value = explanation_span(e, begin, end);
		fprintf(out, "%5.2f %5.2f          %+8.3f            ",
		        begin * e->frame_seconds, end * e->frame_seconds, value);
		print_bar(out, depth, value / most);
	}
}

/* The patches whose loss changes the score most, the strongest first. */
static void print_patches(
        FILE *out, ColourDepth depth, Arena *arena, const Explanation *e)
{
	int count = (int)tensor_count(e->patches);
	if (!e->frames.shape[0] || !count)
		return;
	real *sizes = ARENA_ARRAY(arena, real, (size_t)count);
	for (int i = 0; i < count; i++)
		sizes[i] = (real)fabs((double)e->patches.data[i]);
	int *order = order_falling(arena, sizes, count);
	double most = fmax((double)sizes[order[0]], 1e-30);
	fprintf(out, "\n%-20s %8s %10s\n", "sound, from to (s)", "bands", "occlusion");
	for (int i = 0; i < count && i < PATCHES; i++) {
		int row = order[i] / e->patches.shape[1],
		    column = order[i] % e->patches.shape[1];
		Patch patch = explanation_patch(e, row, column);
		double value = (double)e->patches.data[order[i]];
		fprintf(out, "%5.2f %5.2f          %3d to %2d  %+8.3f ",
		        patch.begin * e->frame_seconds, patch.end * e->frame_seconds,
		        patch.low, patch.high - 1, value);
		print_bar(out, depth, value / most);
	}
}

/* ---- functionals ------------------------------------------------------------------- */

static void print_telling(
        FILE *out, ColourDepth depth, const char *title, TellingFunctionals telling)
{
	if (telling.count)
		fprintf(out, "\n%-28s %10s %8s\n", title, "deviations", "adds");
	for (int i = 0; i < telling.count; i++) {
		const TellingFunctional *f = &telling.items[i];
		fprintf(out, "%-28s %+10.2f %+8.3f ", f->name, f->deviations, f->part);
		print_bar(out, depth, f->share);
	}
}

static void print_face(FILE *out, ColourDepth depth, Arena *arena, const Explanation *e)
{
	print_telling(out, depth, "face, from to", explanation_moments(arena, e));
	print_telling(out, depth, "face, over time", explanation_units(arena, e));
}

/* ---- modalities -------------------------------------------------------------------- */

static void print_modalities(FILE *out, ColourDepth depth, const Explanation *e)
{
	double most = 1e-30;
	for (int m = 0; m < e->modality_count; m++)
		most = fmax(most, fabs(e->shapley.value[m]));
	fprintf(out, "\n%-20s %8s %10s\n", "modality", "gradient", "Shapley");
	for (int m = 0; m < e->modality_count; m++) {
		fprintf(out, "%-20s %+8.3f   %+8.3f ", modality_name(e->modality[m]),
		        e->total[m], e->shapley.value[m]);
		print_bar(out, depth, e->shapley.value[m] / most);
	}
	if (!e->copes)
		fprintf(out,
		        "Note: this model was not trained to do without a modality: the Shapley values rest on guesses.\n");
}

/* ---- notes ------------------------------------------------------------------------- */

static void print_strip(FILE *out, const NoteStrips *strips, const NoteStrip *strip)
{
	int S = strips->steps, columns = S < STRIP ? S : STRIP;
	terminal_print(out, "%-20s", strip->name);
	fputc(' ', out);
	for (int c = 0; c < columns; c++) {
		double most = 0;
		for (int s = S * c / columns; s < S * (c + 1) / columns; s++)
			most = fmax(most, (double)strip->values.data[s]);
		fputs(heights[(int)(7 * most / strips->most + 0.5)], out);
	}
	terminal_print(out, " %s\n", strip->place);
}

static void print_check(FILE *out, const ExplainedNote *note)
{
	const OrderCheck *away = &note->check.deletion, *back = &note->check.insertion;
	if (!note->check.done)
		return;
	fprintf(out, "mean score while %-8s is, most first %18s %11s\n",
	        modality_name(note->at), "taken away", "put back");
	fprintf(out, "  %-38s %+11.3f %+11.3f\n", "by attention", away->shown,
	        back->shown);
	fprintf(out, "  %-38s %+11.3f %+11.3f\n", "by integrated gradients",
	        away->gradients, back->gradients);
	fprintf(out, "  %-38s %+11.3f %+11.3f\n", "at random", away->random,
	        back->random);
	fprintf(out, "  %-38s %5d of %2d %5d of %2d\n",
	        "random orders that attention beats", away->beaten, CHECK_ORDERS,
	        back->beaten, CHECK_ORDERS);
}

static void print_notes(FILE *out, Arena *arena, const Explanation *e)
{
	bool head = false;
	for (int n = 0; n < e->note_count; n++) {
		const ExplainedNote *note = &e->notes[n];
		NoteRange range = note_range(note);
		if (note->looks)
			continue;
		if (!head)
			fprintf(out, "\n%-20s %8s %8s %8s %12s %10s\n", "inside", "mean",
			        "least", "most", "lost without", "won alone");
		head = true;
		fprintf(out, "%-20s %8.3f %8.3f %8.3f", note_title(arena, note),
		        range.mean, range.least, range.most);
		if (note->check.done)
			fprintf(out, " %+12.3f %+10.3f", note->check.lost,
			        note->check.alone);
		fputc('\n', out);
	}
	for (int n = 0; n < e->note_count; n++) {
		const ExplainedNote *note = &e->notes[n];
		if (!note->looks)
			continue;
		NoteStrips strips = note_strips(arena, e, note);
		terminal_print(out, "\n%s; the highest is %.3f, and where it is\n",
		        note_title(arena, note), strips.most);
		for (int row = 0; row < strips.count; row++)
			print_strip(out, &strips, &strips.items[row]);
		print_check(out, note);
	}
}

/* ---- all of it --------------------------------------------------------------------- */

void explanation_print(FILE *out, Arena *arena, const Explanation *explanation)
{
	const Explanation *e = explanation;
	ColourDepth depth = colour_depth(out);
	print_answer(out, e);
	print_words(out, depth, e);
	print_sound(out, depth, e);
	print_patches(out, depth, arena, e);
	print_telling(out, depth, "functional", explanation_functionals(arena, e));
	print_face(out, depth, arena, e);
	print_modalities(out, depth, e);
	print_notes(out, arena, e);
	fprintf(out,
	        "\nAll that adds comes to %+.3f, in %d steps; the log-odds change by %+.3f.\n",
	        e->sum, e->steps, e->score - e->baseline);
	if (!e->complete)
		fprintf(out,
		        "Note: that is not within 1 %%: the path has kinks that more steps would be needed for.\n");
}

/* ---- JSON -------------------------------------------------------------------------- */

static void json_words(FILE *out, const Explanation *e)
{
	fputs(",\"words\":[", out);
	for (int w = 0; w < e->word_count; w++) {
		const ExplainedWord *word = &e->words[w];
		fprintf(out, "%s{\"text\":", w ? "," : "");
		json_bytes(out, e->text + word->begin, word->end - word->begin);
		fprintf(out, ",\"begin\":%zu,\"end\":%zu", word->begin, word->end);
		json_put(out, "value", word->value);
		json_put(out, "occlusion", word->occlusion);
		fputc('}', out);
	}
	fputc(']', out);
}

/* ,"functionals":{"mel1.mean":[0.3,-0.01],...}: deviations from the mean, and what that
 * adds. */
static void json_functionals(FILE *out, const Explanation *e)
{
	Arena *arena = arena_new("names");
	fputs(",\"functionals\":{", out);
	for (int k = 0; k < e->functionals.shape[0]; k++) {
		fprintf(out, "%s\"%s\":[", k ? "," : "",
		        frames_whole_name(arena, e->hears, k));
		json_number(out, (double)e->functionals.data[k]);
		fputc(',', out);
		json_number(out, (double)e->functional_part.data[k]);
		fputc(']', out);
	}
	fputc('}', out);
	arena_free(arena);
}

/* ,"face":{"step_seconds":0.02,"numbers":["AU01_r",...],"parts":[[...],...]}: what each step of
 * each adds. */
static void json_face(FILE *out, const Explanation *e)
{
	fputs(",\"face\":{\"step_seconds\":", out);
	json_number(out, e->face_seconds);
	fputs(",\"numbers\":[", out);
	for (int f = 0; f < e->face.shape[1]; f++) {
		fputs(f ? "," : "", out);
		json_text(out, e->face_names[f]);
	}
	fputs("],\"parts\":", out);
	json_tensor(out, e->face_part);
	fputc('}', out);
}

static void json_modalities(FILE *out, const Explanation *e)
{
	fputs(",\"modalities\":[", out);
	for (int m = 0; m < e->modality_count; m++) {
		fprintf(out, "%s{\"name\":\"%s\"", m ? "," : "",
		        modality_name(e->modality[m]));
		json_put_flag(out, "there", e->there[m]);
		json_put(out, "value", e->total[m]);
		json_put(out, "shapley", e->shapley.value[m]);
		fputc('}', out);
	}
	/* subset i holds modality m if bit m of i is set */
	fputs("],\"subsets\":[", out);
	for (int s = 0; s < 1 << e->modality_count; s++) {
		if (s)
			fputc(',', out);
		json_number(out, e->shapley.subset[s]);
	}
	fputc(']', out);
	json_put_flag(out, "copes_without", e->copes);
}

static void json_order(FILE *out, const char *key, const OrderCheck *check)
{
	fprintf(out, ",\"%s\":{\"shown\":", key);
	json_number(out, check->shown);
	json_put(out, "gradients", check->gradients);
	json_put(out, "random", check->random);
	fprintf(out, ",\"orders\":%d,\"beaten\":%d,\"gradients_beat\":%d}", CHECK_ORDERS,
	        check->beaten, check->gradients_beat);
}

static void json_check(FILE *out, const ExplainedNote *note)
{
	if (!note->check.done)
		return;
	if (note->looks) {
		json_order(out, "deletion", &note->check.deletion);
		json_order(out, "insertion", &note->check.insertion);
		return;
	}
	json_put(out, "lost", note->check.lost);
	json_put(out, "alone", note->check.alone);
}

/* ,"notes":[{"name":"gate","of":"text","values":[...],"lost":1.2,"alone":0.3},
 * {"name":"attention","of":"text","at":"speech","weights":[[...]],"deletion":{"shown":0.1,
 * "gradients":-0.2,"random":0.3,"orders":9,"beaten":7,"gradients_beat":8},
 * "insertion":{...}}] */
static void json_notes(FILE *out, const Explanation *e)
{
	fputs(",\"notes\":[", out);
	for (int n = 0; n < e->note_count; n++) {
		const ExplainedNote *note = &e->notes[n];
		fputs(n ? ",{\"name\":" : "{\"name\":", out);
		json_text(out, note->name);
		fprintf(out, ",\"of\":\"%s\"", modality_name(note->of));
		if (note->looks)
			fprintf(out, ",\"at\":\"%s\"", modality_name(note->at));
		fprintf(out, ",\"%s\":", note->looks ? "weights" : "values");
		json_tensor(out, note->value);
		json_check(out, note);
		fputc('}', out);
	}
	fputc(']', out);
}

void explanation_print_json(FILE *out, const Explanation *explanation)
{
	const Explanation *e = explanation;
	fputs("{\"fusion\":", out);
	json_text(out, e->strategy);
	json_put_text(out, "label", e->labels->names[e->answer]);
	json_put_text(out, "explained", e->labels->names[e->label]);
	json_put_shares(out, "probabilities", e->labels->names, e->probabilities,
	        e->labels->count);
	json_put(out, "score", e->score);
	json_put(out, "baseline", e->baseline);
	json_put(out, "sum", e->sum);
	json_put(out, "steps", e->steps);
	json_put_flag(out, "complete", e->complete);
	remarks_print_json(out, &e->remarks);
	enrolled_print_json(out, &e->enrolled);
	json_words(out, e);
	if (e->functionals.shape[0])
		json_functionals(out, e);
	if (e->face.shape[0])
		json_face(out, e);
	json_modalities(out, e);
	json_notes(out, e);
	if (e->frames.shape[0]) {
		json_put(out, "frame_seconds", e->frame_seconds);
		fprintf(out, ",\"patch\":[%d,%d],\"patches\":", PATCH_FRAMES,
		        PATCH_BANDS);
		json_tensor(out, e->patches);
		fputs(",\"frames\":", out);
		json_tensor(out, e->frame_part);
	}
	fputs("}\n", out);
}
