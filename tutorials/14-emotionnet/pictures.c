#include "tutorials/14-emotionnet/pictures.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

void picture_model(Lesson *lesson, const Model *model, const World *world)
{
	Arena *arena = lesson_arena(lesson);
	const Encoder *encoder = model->net->encoder;
	const int text = encoder[MODALITY_TEXT].pooled,
	          bands = encoder[MODALITY_SPEECH].embed,
	          speech = encoder[MODALITY_SPEECH].pooled;
	const DrawNode nodes[] = { { .name = "text", .note = "word ids (B,T)" },
		{ .name = "wav", .note = "samples" },
		{ .name = "embedding",
		        .note = arena_format(
		                arena, "(B,T,%d)", encoder[MODALITY_TEXT].embed),
		        .inputs = 1,
		        .input = { 0 } },
		{ .name = "mel frames",
		        .note = arena_format(arena, "(B,T',%d)", bands),
		        .inputs = 1,
		        .input = { 1 } },
		{ .name = "text encoder",
		        .note = arena_format(arena, "(B,%d)", text),
		        .inputs = 1,
		        .input = { 2 } },
		{ .name = "speech encoder",
		        .note = arena_format(arena, "(B,%d)", speech),
		        .inputs = 1,
		        .input = { 3 } },
		{ .name = "head of text",
		        .note = "(B,6)",
		        .inputs = 1,
		        .input = { 4 },
		        .style = DRAW_FAINT },
		{ .name = "fusion",
		        .note = arena_format(arena, "(B,%d), then %d", text + speech,
		                world->config.hidden),
		        .inputs = 2,
		        .input = { 4, 5 },
		        .style = DRAW_STRONG },
		{ .name = "head of speech",
		        .note = "(B,6)",
		        .inputs = 1,
		        .input = { 5 },
		        .style = DRAW_FAINT },
		{ .name = "6 logits", .note = "(B,6)", .inputs = 1, .input = { 7 } } };
	const DrawGraph graph = { .title = "EmotionNet, from an utterance to an answer",
		.description =
		        "Text becomes ids, then word vectors, then one vector by an "
		        "encoder. The wav becomes mel frames, then one vector by "
		        "another encoder. Fusion joins both and gives six logits. A "
		        "head, pale, hangs on each encoder.",
		.count = (int)(sizeof nodes / sizeof nodes[0]),
		.nodes = nodes };
	lesson_drawing(lesson, "model", draw_graph(arena, &graph));
}

void picture_back(Lesson *lesson, int count, const float z_speech[])
{
	enum { HIGH = 34, WIDE = 110, LEFT = 150, UNIT = 300 };
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "What comes back to the text",
	        "A row for each strength of the speech: the probability of the right class, "
	        "and a bar as long as what comes back. The surer the speech, the shorter.");
	const char *cells[4 * 3] = { "speech gives", "p", "comes back" };
	draw_text(d, LEFT + WIDE / 2.0, -18, DRAW_MIDDLE, DRAW_STRONG, "p");
	draw_text(d, LEFT + WIDE + 20, -18, DRAW_BEGIN, DRAW_STRONG, "comes back: p - 1");
	for (int k = 0; k < count; k++) {
		const double back = (double)pull(0, z_speech[k]), p = back + 1;
		const double y = k * (HIGH + 8);
		const char *number = drawing_number(arena, 3, back);
		draw_text(d, LEFT - 12, y + HIGH / 2.0, DRAW_END, DRAW_PLAIN,
		        arena_format(arena, "speech gives %g", (double)z_speech[k]));
		draw_cell(d, (DrawBox){ LEFT, y, WIDE, HIGH }, DRAW_VALUE, p,
		        drawing_number(arena, 3, p));
		draw_cell(d,
		        (DrawBox){ LEFT + WIDE + 20, y + 6, -back * UNIT, HIGH - 12 },
		        DRAW_GRADIENT, 0.7, "");
		draw_text(d, LEFT + WIDE + 28 - back * UNIT, y + HIGH / 2.0, DRAW_BEGIN,
		        DRAW_GRADIENT, number);
		cells[3 * (k + 1)] = arena_format(arena, "%g", (double)z_speech[k]);
		cells[3 * (k + 1) + 1] = drawing_number(arena, 3, p);
		cells[3 * (k + 1) + 2] = number;
	}
	drawing_table(d, count + 1, 3, "rrr", cells);
	lesson_drawing(lesson, "back", d);
}

static void to_real(real out[], const float x[], int count)
{
	for (int i = 0; i < count; i++)
		out[i] = (real)x[i];
}

void picture_two(
        Lesson *lesson, const float alone[], const float together[], const float speech[])
{
	real x[STEPS + 1], y[3][STEPS + 1];
	for (int s = 0; s <= STEPS; s++)
		x[s] = (real)s;
	to_real(y[0], alone, STEPS + 1);
	to_real(y[1], together, STEPS + 1);
	to_real(y[2], speech, STEPS + 1);
	const PlotSeries series[] = {
		{ .name = "text, trained alone", .count = STEPS + 1, .x = x, .y = y[0] },
		{ .name = "text, together", .count = STEPS + 1, .x = x, .y = y[1] },
		{ .name = "speech together", .count = STEPS + 1, .x = x, .y = y[2] }
	};
	lesson_curves(lesson, "two", "Two weights", "steps", "weight", 3, series);
}

void picture_epochs(Lesson *lesson, const Look together[EPOCHS], const Look apart[EPOCHS])
{
	real x[EPOCHS], y[4][EPOCHS];
	for (int e = 0; e < EPOCHS; e++) {
		x[e] = (real)(e + 1);
		y[0][e] = (real)apart[e].speech;
		y[1][e] = (real)together[e].speech;
		y[2][e] = (real)apart[e].text;
		y[3][e] = (real)together[e].text;
	}
	static const char *const names[] = { "speech apart", "speech together",
		"text apart", "text together" };
	PlotSeries series[4];
	for (int k = 0; k < 4; k++)
		series[k] = (PlotSeries){
			.name = names[k], .count = EPOCHS, .x = x, .y = y[k]
		};
	lesson_curves(lesson, "epochs", "What each encoder has learnt (seed 1)", "epoch",
	        "accuracy of its head", 4, series);
}

void picture_gains(Lesson *lesson, const double paired[2], const double apart[2])
{
	enum { LEFT = 170, HIGH = 34, UNIT = 2400 };
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "One gain, two intervals",
	        "Two lines over one scale with 0 marked. The one of the same utterances is "
	        "shorter than the one of utterances drawn apart.");
	const double *ends[2] = { paired, apart };
	static const char *const rows[2] = { "the same utterances", "drawn apart" };
	const double least = fmin(0, fmin(paired[0], apart[0]));
	const double zero = LEFT - least * UNIT;
	for (int k = 0; k < 2; k++) {
		const double from = zero + ends[k][0] * UNIT,
		             to = zero + ends[k][1] * UNIT;
		const double y = k * 2 * HIGH;
		draw_text(d, LEFT - 20, y + HIGH / 2.0, DRAW_END, DRAW_PLAIN, rows[k]);
		draw_cell(d, (DrawBox){ from, y + 8, to - from, HIGH - 16 },
		        k ? DRAW_FAINT : DRAW_VALUE, 0.7, "");
		draw_small(d, from, y + HIGH + 6, DRAW_MIDDLE, DRAW_PLAIN,
		        arena_format(arena, "%+.3f", ends[k][0]));
		draw_small(d, to, y + HIGH + 6, DRAW_MIDDLE, DRAW_PLAIN,
		        arena_format(arena, "%+.3f", ends[k][1]));
		drawing_say(d, "%s: %+.3f to %+.3f", rows[k], ends[k][0], ends[k][1]);
	}
	draw_line(d, DRAW_STRONG,
	        (DrawLine){ .x0 = zero, .y0 = -12, .x1 = zero, .y1 = 3.4 * HIGH });
	draw_text(d, zero, -22, DRAW_MIDDLE, DRAW_STRONG, "no gain");
	lesson_drawing(lesson, "gains", d);
}
