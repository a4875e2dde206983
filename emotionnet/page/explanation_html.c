/* explanation_html.c: words in colour, frames and attention as pictures, tables of
 * numbers. */
#include "emotionnet/page/explanation_html.h"

#include "audio/resample.h"
#include "audio/wav.h"
#include "tensor/plot/png.h"

#include <math.h>
#include <string.h>

void explanation_key(FILE *out)
{
	html_print(out,
	        "<p class=\"key said\"><span class=\"for\" style=\"--a:.8\">speaks for the answer</span> <span class=\"against\" style=\"--a:.8\">speaks against it</span> <small class=\"faint\">Integrated gradients of the log-odds: +0.69 doubles the odds.</small></p>\n");
}

void explanation_words(FILE *out, const Explanation *e)
{
	double scale = explanation_word_scale(e);
	size_t at = 0;
	if (!e->word_count)
		return;
	html_print(out, "<p class=\"said\">");
	for (int w = 0; w < e->word_count; w++) {
		const ExplainedWord *word = &e->words[w];
		html_text(out, e->text + at, word->begin - at);
		html_print(out,
		        "<span class=\"%s\" style=\"--a:%.2f\" title=\"%+.3f\">%.*s</span>",
		        word->value < 0 ? "against" : "for", fabs(word->value) / scale,
		        word->value, (int)(word->end - word->begin),
		        e->text + word->begin);
		at = word->end;
	}
	html_text(out, e->text + at, strlen(e->text + at));
	html_print(out, "</p>\n");
}

/* ---- sound ------------------------------------------------------------------------- */

/* Low bands at the bottom, as every spectrogram has it. */
static Picture picture_of(Arena *arena, Tensor x, double scale, Colour colour_of(double))
{
	int T = x.shape[0] < PICTURE_LIMIT ? x.shape[0] : PICTURE_LIMIT, M = x.shape[1];
	Picture picture = picture_new(arena, T, M, 3);
	for (int t = 0; t < T; t++)
		for (int m = 0; m < M; m++)
			picture_fill(&picture, t, M - 1 - m, 1, 1,
			        colour_of((double)tensor_row(x, t).data[m] / scale));
	return picture;
}

static Colour loudness_colour(double deviations)
{
	return colour_sequential((deviations + 2) / 4.5);
}

Picture explanation_spectrogram(Arena *arena, const Explanation *explanation)
{
	return picture_of(arena, explanation->frames, 1, loudness_colour);
}

/* Single bands are small beside their sum: what reaches half of the largest is drawn
 * in full. */
Picture explanation_heat(Arena *arena, const Explanation *explanation)
{
	return picture_of(arena, explanation->frame_part,
	        explanation_frame_scale(explanation) / 2, colour_diverging);
}

void explanation_picture(FILE *out, Arena *arena, const Picture *picture,
        const char *kind, const char *alt)
{
	html_print(out, "<img class=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\" src=\"",
	        kind, picture->width, picture->height, alt);
	html_data(out, "image/png", png_encode(arena, picture));
	html_print(out, "\">");
}

/* The size of the largest number; never 0. */
static double most_of(Tensor x)
{
	double most = 1e-30;
	for (size_t i = 0; i < tensor_count(x); i++)
		most = fmax(most, fabs((double)x.data[i]));
	return most;
}

Picture explanation_patches(Arena *arena, const Explanation *e)
{
	Tensor x = e->patches;
	double most = most_of(x);
	int T = e->frames.shape[0] < PICTURE_LIMIT ? e->frames.shape[0] : PICTURE_LIMIT;
	int M = e->frames.shape[1];
	Picture picture = picture_new(arena, T, M, 3);
	for (int i = 0; i < x.shape[0]; i++)
		for (int j = 0; j < x.shape[1]; j++) {
			Patch patch = explanation_patch(e, i, j);
			picture_fill(&picture, patch.begin, M - patch.high,
			        patch.end - patch.begin, patch.high - patch.low,
			        colour_diverging(
			                (double)tensor_row(x, i).data[j] / most));
		}
	return picture;
}

/* The tenth of the sound that adds most (sign +1) or least (-1). */
static int extreme_tenth(const Explanation *e, int sign)
{
	int best = 0, T = e->frames.shape[0];
	for (int s = 1; s < 10; s++)
		if (sign * explanation_span(e, T * s / 10, T * (s + 1) / 10) >
		        sign * explanation_span(e, T * best / 10, T * (best + 1) / 10))
			best = s;
	return best;
}

void explanation_sound(FILE *out, Arena *arena, const Explanation *e)
{
	int T = e->frames.shape[0];
	if (!T)
		return;
	double seconds = T * e->frame_seconds;
	int most = extreme_tenth(e, 1), least = extreme_tenth(e, -1);
	Picture loud = explanation_spectrogram(arena, e);
	Picture heat = explanation_heat(arena, e);
	const char *of_loud = arena_format(arena,
	        "Mel spectrogram of %.1f seconds: time to the right, frequency upwards, the lighter the louder",
	        seconds);
	const char *of_heat = arena_format(arena,
	        "What each band and frame adds: most between %.1f and %.1f seconds (%+.2f), least between %.1f and %.1f seconds (%+.2f)",
	        seconds * most / 10, seconds * (most + 1) / 10,
	        explanation_span(e, T * most / 10, T * (most + 1) / 10),
	        seconds * least / 10, seconds * (least + 1) / 10,
	        explanation_span(e, T * least / 10, T * (least + 1) / 10));
	html_print(out, "<figure><div class=\"sound\">");
	explanation_picture(out, arena, &loud, "loud", of_loud);
	explanation_picture(out, arena, &heat, "signed", of_heat);
	if (e->patches.shape[0]) {
		Picture patches = explanation_patches(arena, e);
		explanation_picture(out, arena, &patches, "signed",
		        "How much less the score is without each patch");
	}
	html_print(out,
	        "<i class=\"cursor\"></i></div><figcaption>%.1f s. Above: how loud; below: what it adds, red for the answer, blue against%s. Most from %.1f to %.1f s, least from %.1f to %.1f s.</figcaption></figure>\n",
	        seconds,
	        e->patches.shape[0]
	                ? "; at the bottom: what is lost without each patch (occlusion)"
	                : "",
	        seconds * most / 10, seconds * (most + 1) / 10, seconds * least / 10,
	        seconds * (least + 1) / 10);
}

/* ---- a face that is a picture ------------------------------------------------------ */

Picture explanation_pixels(Arena *arena, const Explanation *e)
{
	Picture picture = picture_new(arena, e->pixels.shape[1], e->pixels.shape[0], 3);
	for (size_t i = 0; i < tensor_count(e->pixels); i++) {
		double grey = fmin(fmax((double)e->pixels.data[i], 0), 255);
		memset(picture.pixels + 3 * i, (int)(grey + 0.5), 3);
	}
	return picture;
}

/* As of the frames: half of the largest is drawn in full. */
Picture explanation_pixel_heat(Arena *arena, const Explanation *e)
{
	int side = e->pixel_part.shape[1];
	Picture picture = picture_new(arena, side, e->pixel_part.shape[0], 3);
	double most = most_of(e->pixel_part);
	for (int i = 0; i < side * e->pixel_part.shape[0]; i++)
		picture_fill(&picture, i % side, i / side, 1, 1,
		        colour_diverging((double)e->pixel_part.data[i] / most * 2));
	return picture;
}

void explanation_face(FILE *out, Arena *arena, const Explanation *e)
{
	if (!e->pixels.shape[0])
		return;
	Picture face = explanation_pixels(arena, e),
	        heat = explanation_pixel_heat(arena, e);
	html_print(out, "<figure class=\"face\">");
	explanation_picture(
	        out, arena, &face, "pixels", "The face, as the model is given it");
	explanation_picture(out, arena, &heat, "pixels",
	        "What each pixel adds: red for the answer, blue against it");
	html_print(out,
	        "<figcaption>The face, 48 by 48 pixels, and what each pixel adds: red for the answer, blue against it.</figcaption></figure>\n");
}

bool explanation_audio(FILE *out, Arena *arena, const Clip *clip, Error *error)
{
	if (!clip->count)
		return true;
	Clip plain = *clip;
	Bytes wav;
	if (plain.rate != FRAMES_RATE)
		plain = resample(arena, *clip, FRAMES_RATE);
	if (!wav_encode(&wav, arena, "the sound in the page", &plain, WAV_16_BIT, error))
		return false;
	html_print(out, "<audio controls preload=\"none\" src=\"");
	html_data(out, "audio/wav", wav);
	html_print(out, "\"></audio>\n");
	return true;
}

/* ---- modalities -------------------------------------------------------------------- */

void html_sign_bar(FILE *out, double share)
{
	double width = 50 * fmin(fabs(share), 1);
	html_print(out,
	        "<span class=\"sign\"><i class=\"%s\" style=\"left:%.1f%%;width:%.1f%%\"></i></span>",
	        share < 0 ? "against" : "for", share < 0 ? 50 - width : 50.0, width);
}

void explanation_modalities(FILE *out, const Explanation *e)
{
	double most = 1e-30;
	for (int m = 0; m < e->modality_count; m++)
		most = fmax(most, fabs(e->shapley.value[m]));
	html_table_begin(out, "", "What each modality adds");
	html_columns(out, (const char *const[]){
	                          "modality", "gradients", "Shapley", "as a bar", NULL });
	for (int m = 0; m < e->modality_count; m++) {
		html_print(out,
		        "<tr><th scope=\"row\">%s%s</th><td>%+.3f</td><td>%+.3f</td><td>",
		        modality_name(e->modality[m]), e->there[m] ? "" : " (not given)",
		        e->total[m], e->shapley.value[m]);
		html_sign_bar(out, e->shapley.value[m] / most);
		html_print(out, "</td></tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
	if (!e->copes)
		html_print(out,
		        "<p class=\"note\">This model was not trained to do without a modality: what it says of one alone is a guess, and so are the Shapley values.</p>\n");
}

/* ---- functionals, and numbers of a face -------------------------------------------- */

static void telling_table(
        FILE *out, const char *title, const char *what, TellingFunctionals telling)
{
	if (!telling.count)
		return;
	html_table_begin(out, "", title);
	html_columns(out,
	        (const char *const[]){ what, "deviations", "adds", "as a bar", NULL });
	for (int i = 0; i < telling.count; i++) {
		const TellingFunctional *f = &telling.items[i];
		html_print(out,
		        "<tr><th scope=\"row\">%s</th><td>%+.2f</td><td>%+.3f</td><td>",
		        f->name, f->deviations, f->part);
		html_sign_bar(out, f->share);
		html_print(out, "</td></tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

void explanation_functionals_table(FILE *out, Arena *arena, const Explanation *e)
{
	telling_table(out, "What functionals of the clip add, the most telling ones",
	        "functional", explanation_functionals(arena, e));
}

void explanation_face_table(FILE *out, Arena *arena, const Explanation *e)
{
	telling_table(out, "What the face adds over time, its most telling numbers",
	        "face", explanation_units(arena, e));
	telling_table(
	        out, "And when it adds that", "moment", explanation_moments(arena, e));
}

/* ---- notes ------------------------------------------------------------------------- */

Picture explanation_strip(Arena *arena, const NoteStrips *strips, const NoteStrip *strip)
{
	int S = strips->steps < PICTURE_LIMIT ? strips->steps : PICTURE_LIMIT;
	Picture picture = picture_new(arena, S, 1, 3);
	for (int s = 0; s < S; s++)
		picture_fill(&picture, s, 0, 1, 1,
		        colour_sequential((double)strip->values.data[s] / strips->most));
	return picture;
}

static void html_numbers(FILE *out, Arena *arena, const ExplainedNote *note)
{
	NoteRange range = note_range(note);
	int F = note->value.shape[0];
	double width = range.most > range.least ? range.most - range.least : 1;
	html_print(out,
	        "<tr><th scope=\"row\">%s</th><td>%.3f</td><td>%.3f</td><td>%.3f</td>",
	        note_title(arena, note), range.mean, range.least, range.most);
	if (note->check.done)
		html_print(out, "<td>%+.3f</td><td>%+.3f</td>", note->check.lost,
		        note->check.alone);
	else
		html_print(out, "<td></td><td></td>");
	html_print(out, "<td class=\"strip\">");
	if (F > 1 && F <= PICTURE_LIMIT) {
		Picture strip = picture_new(arena, F, 1, 3);
		for (int f = 0; f < F; f++)
			picture_fill(&strip, f, 0, 1, 1,
			        colour_sequential(
			                ((double)note->value.data[f] - range.least) /
			                width));
		explanation_picture(
		        out, arena, &strip, "", arena_format(arena, "%d features", F));
	}
	html_print(out, "</td></tr>\n");
}

/* Whether the answer rests on what attention looks at. */
static void html_check(
        FILE *out, Arena *arena, const Explanation *e, const ExplainedNote *note)
{
	const OrderCheck *away = &note->check.deletion, *back = &note->check.insertion;
	if (!note->check.done)
		return;
	html_table_begin(out, "",
	        arena_format(arena,
	                "Does the answer rest on it? Mean score of %s while %s is taken away piece by piece, the most attended first, and put back",
	                e->labels->names[e->label], modality_name(note->at)));
	html_columns(out, (const char *const[]){ "", "by attention", "by gradients",
	                          "at random", "random orders beaten", NULL });
	const struct {
		const char *name;
		const OrderCheck *check;
	} rows[] = { { "taken away (low: it does)", away },
		{ "put back (high: it does)", back } };
	for (int i = 0; i < 2; i++)
		html_print(out,
		        "<tr><th scope=\"row\">%s</th><td>%+.3f</td><td>%+.3f</td><td>%+.3f</td><td>%d of %d</td></tr>\n",
		        rows[i].name, rows[i].check->shown, rows[i].check->gradients,
		        rows[i].check->random, rows[i].check->beaten, CHECK_ORDERS);
	html_print(out, "</tbody>");
	html_table_end(out);
}

static void html_looks(
        FILE *out, Arena *arena, const Explanation *e, const ExplainedNote *note)
{
	NoteStrips strips = note_strips(arena, e, note);
	html_table_begin(out, "strips",
	        arena_format(arena, "%s, %s; yellow is %.3f", e->strategy,
	                note_title(arena, note), strips.most));
	html_print(out,
	        "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\" class=\"strip\">%s</th><th scope=\"col\">most</th></tr></thead><tbody>\n",
	        strips.words ? "word" : modality_name(strips.rows),
	        strips.columns == MODALITY_SPEECH ? "over time"
	                                          : modality_name(strips.columns));
	for (int row = 0; row < strips.count; row++) {
		const NoteStrip *strip = &strips.items[row];
		html_print(out, "<tr><th scope=\"row\">%s</th><td class=\"strip\">",
		        strip->name);
		Picture picture = explanation_strip(arena, &strips, strip);
		explanation_picture(out, arena, &picture, "",
		        arena_format(arena, "most at %s", strip->place));
		html_print(out, "</td><td>%s</td></tr>\n", strip->place);
	}
	html_print(out, "</tbody>");
	html_table_end(out);
	html_check(out, arena, e, note);
}

void explanation_notes(FILE *out, Arena *arena, const Explanation *e)
{
	bool table = false;
	for (int n = 0; n < e->note_count; n++) {
		if (e->notes[n].looks)
			continue;
		if (!table) {
			html_table_begin(out, "strips",
			        arena_format(arena,
			                "Inside %s: the numbers of each feature",
			                e->strategy));
			html_print(out,
			        "<thead><tr><th scope=\"col\"></th><th scope=\"col\">mean</th><th scope=\"col\">least</th><th scope=\"col\">most</th><th scope=\"col\">score lost without it</th><th scope=\"col\">score won by it alone</th><th scope=\"col\" class=\"strip\">from least (dark) to most (yellow)</th></tr></thead><tbody>\n");
		}
		table = true;
		html_numbers(out, arena, &e->notes[n]);
	}
	if (table) {
		html_print(out, "</tbody>");
		html_table_end(out);
	}
	for (int n = 0; n < e->note_count; n++)
		if (e->notes[n].looks)
			html_looks(out, arena, e, &e->notes[n]);
}
