/* A sheet is filled from the top: once without a canvas, which tells how tall it must be,
 * and once with it. Letters are as wide as those of the PNG's font; those of an SVG
 * are narrower. */
#include "emotionnet/page/explanation_picture.h"

#include "emotionnet/page/explanation_html.h"
#include "emotionnet/explain/notes.h"
#include "tensor/plot/font.h"

#include <math.h>
#include <string.h>

enum {
	WIDTH = 1040,
	MARGIN = 20,
	INSIDE = WIDTH - 2 * MARGIN,
	LETTER = 2 * FONT_WIDTH,
	LINE = 24,      /* from line to line */
	BAND = 4,       /* of the sound: pixels a mel band is high */
	BAR = 200,      /* the longest of a bar, on both sides of its middle */
	NAME = 300,     /* the first column of a table */
	NUMBER = 120,   /* each further one */
	TALLEST = 12000 /* rows end there */
};

static const Colour ink = { 36, 41, 47 }, faint = { 87, 96, 106 },
                    line = { 208, 215, 222 };
static const Colour blue = { 0, 114, 178 };

typedef struct Sheet {
	Canvas *canvas; /* NULL: nothing is drawn */
	Arena *arena;
	const Explanation *e;
	int y;
} Sheet;

static void put(const Sheet *s, int x, int y, int anchor, Colour colour, const char *text)
{
	if (s->canvas)
		canvas_text(s->canvas, x, y, anchor, colour, text);
}

static void fill(const Sheet *s, int x, int y, int width, int height, Colour colour)
{
	if (s->canvas && width > 0)
		canvas_fill(s->canvas, x, y, width, height, colour);
}

static void write_line(Sheet *s, Colour colour, const char *text)
{
	put(s, MARGIN, s->y, -1, colour, text);
	s->y += LINE;
}

static void heading(Sheet *s, const char *text)
{
	s->y += 20;
	fill(s, MARGIN, s->y - 10, INSIDE, 1, line);
	write_line(s, faint, text);
}

/* `picture` over this many pixels, each of its own as large as it comes. */
static void image(const Sheet *s, int x, int width, int height, const Picture *picture)
{
	if (!s->canvas)
		return;
	Picture large = picture_new(s->arena, width, height, 3);
	for (int row = 0; row < height; row++)
		for (int column = 0; column < width; column++)
			memcpy(picture_at(&large, column, row),
			        picture_at(picture, column * picture->width / width,
			                row * picture->height / height),
			        3);
	canvas_image(s->canvas, x, s->y, &large);
}

/* -1..1 to the left or right of a middle line. */
static void sign_bar(const Sheet *s, int x, double share)
{
	int length = (int)(fmin(fabs(share), 1) * BAR / 2 + 0.5);
	fill(s, share < 0 ? x + BAR / 2 - length : x + BAR / 2, s->y + 1, length, 13,
	        colour_diverging(share < 0 ? -0.7 : 0.7));
	fill(s, x + BAR / 2, s->y - 2, 1, 19, ink);
}

/* The head of a table: its first column and the others, whose numbers end below their
 * names. NULL ends them. */
static void columns(Sheet *s, const char *const names[])
{
	put(s, MARGIN, s->y, -1, faint, names[0]);
	for (int i = 1; names[i]; i++)
		put(s, MARGIN + NAME + i * NUMBER, s->y, 1, faint, names[i]);
	s->y += LINE;
}

static void number(const Sheet *s, int column, const char *format, double value)
{
	char text[32];
	snprintf(text, sizeof text, format[0] == '+' ? "%+.3f" : "%.3f", value);
	put(s, MARGIN + NAME + column * NUMBER, s->y, 1, ink, text);
}

/* Where there is no more room: how many there would be. */
static bool no_room(Sheet *s, int more)
{
	if (s->y < TALLEST)
		return false;
	write_line(s, faint, arena_format(s->arena, "and %d more", more));
	return true;
}

/* ---- parts ------------------------------------------------------------------------- */

static void draw_answer(Sheet *s)
{
	const Explanation *e = s->e;
	write_line(s, ink,
	        arena_format(s->arena, "%s says %s, %.3f", e->strategy,
	                e->labels->names[e->answer],
	                (double)e->probabilities[e->answer]));
	write_line(s, faint,
	        arena_format(s->arena,
	                "log-odds of %s: %+.3f; of an utterance without content: %+.3f",
	                e->labels->names[e->label], e->score, e->baseline));
	write_line(s, faint, "red speaks for it, blue against it");
}

/* The text, its words on the colour of what they add. */
static void draw_text(Sheet *s)
{
	double scale = explanation_word_scale(s->e);
	int x = MARGIN;
	if (!s->e->word_count)
		return;
	s->y += 8;
	for (int w = 0; w < s->e->word_count; w++) {
		const ExplainedWord *word = &s->e->words[w];
		const char *text = explanation_word(s->arena, s->e, w);
		int width = font_width(text, 2) + 8;
		Colour ground = colour_diverging(0.8 * word->value / scale);
		if (x + width > MARGIN + INSIDE && x > MARGIN) {
			x = MARGIN;
			s->y += LINE + 8;
			if (no_room(s, s->e->word_count - w))
				return;
		}
		fill(s, x, s->y - 4, width, LINE, ground);
		put(s, x + width / 2, s->y, 0, colour_ink(ground), text);
		x += width + 4;
	}
	s->y += LINE + 8;
}

static void draw_words(Sheet *s)
{
	double scale = explanation_word_scale(s->e);
	if (!s->e->word_count)
		return;
	heading(s, "what each word adds, and what is lost without it");
	columns(s, (const char *const[]){ "word", "adds", "occlusion", NULL });
	for (int w = 0; w < s->e->word_count && !no_room(s, s->e->word_count - w); w++) {
		const ExplainedWord *word = &s->e->words[w];
		put(s, MARGIN, s->y, -1, ink, explanation_word(s->arena, s->e, w));
		number(s, 1, "+", word->value);
		number(s, 2, "+", word->occlusion);
		sign_bar(s, MARGIN + NAME + 2 * NUMBER + 40, word->value / scale);
		s->y += LINE;
	}
}

static void draw_map(Sheet *s, const char *title, const Picture *picture)
{
	write_line(s, faint, title);
	image(s, MARGIN, INSIDE, picture->height * BAND, picture);
	s->y += picture->height * BAND + 8;
}

static void draw_sound(Sheet *s)
{
	const Explanation *e = s->e;
	int T = e->frames.shape[0];
	if (!T)
		return;
	Picture loud = explanation_spectrogram(s->arena, e);
	Picture heat = explanation_heat(s->arena, e);
	heading(s, arena_format(s->arena, "the sound, 0 to %.2f s; high bands above",
	                   T * e->frame_seconds));
	draw_map(s, "how loud: the lighter, the louder", &loud);
	draw_map(s, "what each band of each frame adds", &heat);
	if (e->patches.shape[0]) {
		Picture patches = explanation_patches(s->arena, e);
		draw_map(s, "what is lost without each patch (occlusion)", &patches);
	}
}

/* The face, and beside it what its pixels add. */
static void draw_face(Sheet *s)
{
	enum { SIDE = 240 };
	if (!s->e->pixels.shape[0])
		return;
	Picture face = explanation_pixels(s->arena, s->e);
	Picture heat = explanation_pixel_heat(s->arena, s->e);
	heading(s, "the face, and what each of its pixels adds");
	image(s, MARGIN, SIDE, SIDE, &face);
	image(s, 2 * MARGIN + SIDE, SIDE, SIDE, &heat);
	s->y += SIDE + 8;
}

static void draw_modalities(Sheet *s)
{
	const Explanation *e = s->e;
	double most = 1e-30;
	for (int m = 0; m < e->modality_count; m++)
		most = fmax(most, fabs(e->shapley.value[m]));
	heading(s, "what each modality adds");
	columns(s, (const char *const[]){ "modality", "gradients", "Shapley", NULL });
	for (int m = 0; m < e->modality_count; m++) {
		put(s, MARGIN, s->y, -1, ink,
		        arena_format(s->arena, "%s%s", modality_name(e->modality[m]),
		                e->there[m] ? "" : " (not given)"));
		number(s, 1, "+", e->total[m]);
		number(s, 2, "+", e->shapley.value[m]);
		sign_bar(s, MARGIN + NAME + 2 * NUMBER + 40, e->shapley.value[m] / most);
		s->y += LINE;
	}
	if (!e->copes)
		write_line(s, faint,
		        "not trained to do without a modality: Shapley rests on guesses");
}

static void draw_telling(
        Sheet *s, const char *title, const char *what, TellingFunctionals telling)
{
	if (!telling.count)
		return;
	heading(s, title);
	columns(s, (const char *const[]){ what, "deviations", "adds", NULL });
	for (int i = 0; i < telling.count; i++) {
		const TellingFunctional *f = &telling.items[i];
		put(s, MARGIN, s->y, -1, ink, f->name);
		put(s, MARGIN + NAME + NUMBER, s->y, 1, ink,
		        arena_format(s->arena, "%+.2f", f->deviations));
		number(s, 2, "+", f->part);
		sign_bar(s, MARGIN + NAME + 2 * NUMBER + 40, f->share);
		s->y += LINE;
	}
}

static void draw_probabilities(Sheet *s)
{
	const Explanation *e = s->e;
	heading(s, "how probable each class is");
	for (int c = 0; c < e->labels->count; c++) {
		double p = (double)e->probabilities[c];
		put(s, MARGIN, s->y, -1, ink, e->labels->names[c]);
		number(s, 1, "", p);
		fill(s, MARGIN + NAME + 2 * NUMBER + 40, s->y + 1, (int)(BAR * p + 0.5),
		        13, blue);
		s->y += LINE;
	}
}

/* ---- what fusion shows ------------------------------------------------------------- */

static void draw_numbers(Sheet *s)
{
	bool head = false;
	for (int n = 0; n < s->e->note_count; n++) {
		const ExplainedNote *note = &s->e->notes[n];
		NoteRange range = note_range(note);
		if (note->looks)
			continue;
		if (!head) {
			heading(s,
			        "inside the fusion; the score lost without the modality, won by it alone");
			columns(s, (const char *const[]){ "", "mean", "least", "most",
			                   "lost", "won", NULL });
		}
		head = true;
		put(s, MARGIN, s->y, -1, ink, note_title(s->arena, note));
		number(s, 1, "", range.mean);
		number(s, 2, "", range.least);
		number(s, 3, "", range.most);
		if (note->check.done) {
			number(s, 4, "+", note->check.lost);
			number(s, 5, "+", note->check.alone);
		}
		s->y += LINE;
	}
}

static void draw_check(Sheet *s, const char *how, const OrderCheck *check)
{
	put(s, MARGIN, s->y, -1, ink, how);
	number(s, 1, "+", check->shown);
	number(s, 2, "+", check->gradients);
	number(s, 3, "+", check->random);
	put(s, MARGIN + NAME + 4 * NUMBER, s->y, 1, ink,
	        arena_format(s->arena, "%d of %d", check->beaten, CHECK_ORDERS));
	s->y += LINE;
}

static void draw_attention(Sheet *s, const ExplainedNote *note)
{
	enum { PLACE = 120 };
	NoteStrips strips = note_strips(s->arena, s->e, note);
	heading(s, arena_format(s->arena, "%s; yellow is %.3f",
	                   note_title(s->arena, note), strips.most));
	for (int row = 0; row < strips.count && !no_room(s, strips.count - row); row++) {
		const NoteStrip *strip = &strips.items[row];
		put(s, MARGIN, s->y, -1, ink, strip->name);
		Picture picture = explanation_strip(s->arena, &strips, strip);
		image(s, MARGIN + NAME, INSIDE - NAME - PLACE, LINE - 8, &picture);
		put(s, MARGIN + INSIDE, s->y, 1, ink, strip->place);
		s->y += LINE;
	}
	if (!note->check.done)
		return;
	s->y += 8;
	write_line(s, faint,
	        arena_format(s->arena,
	                "does it rest on that? mean score while %s is taken away or put back",
	                modality_name(note->at)));
	columns(s, (const char *const[]){
	                   "", "attention", "gradients", "random", "beaten", NULL });
	draw_check(s, "taken away", &note->check.deletion);
	draw_check(s, "put back", &note->check.insertion);
}

/* ---- all of it --------------------------------------------------------------------- */

static void draw_sheet(Sheet *s)
{
	const Explanation *e = s->e;
	s->y = MARGIN;
	draw_answer(s);
	draw_text(s);
	draw_sound(s);
	draw_face(s);
	draw_telling(s, "what functionals of the clip add, the most telling ones",
	        "functional", explanation_functionals(s->arena, e));
	draw_telling(s, "what the face adds over time, its most telling numbers", "face",
	        explanation_units(s->arena, e));
	draw_telling(
	        s, "and when it adds that", "moment", explanation_moments(s->arena, e));
	draw_modalities(s);
	draw_probabilities(s);
	draw_words(s);
	draw_numbers(s);
	for (int n = 0; n < e->note_count; n++)
		if (e->notes[n].looks)
			draw_attention(s, &e->notes[n]);
	s->y += 20;
	if (e->enrolled.speakers)
		write_line(s, faint,
		        arena_format(s->arena,
		                "normalised by speaker (enrolment): clips heard before, without their labels: %d",
		                e->enrolled.reference));
	write_line(s, faint,
	        arena_format(s->arena,
	                "all that adds comes to %+.3f, in %d steps; the log-odds change by %+.3f%s",
	                e->sum, e->steps, e->score - e->baseline,
	                e->complete ? "" : " (not within 1 %)"));
}

Canvas *explanation_draw(Arena *arena, const Explanation *explanation, bool svg)
{
	Sheet sheet = { .arena = arena, .e = explanation };
	draw_sheet(&sheet);
	int height = sheet.y + MARGIN < PICTURE_LIMIT ? sheet.y + MARGIN : PICTURE_LIMIT;
	sheet.canvas = canvas_new(arena, WIDTH, height, svg);
	draw_sheet(&sheet);
	return sheet.canvas;
}
