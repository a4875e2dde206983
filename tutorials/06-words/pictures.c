#include "tutorials/06-words/pictures.h"
#include "tutorials/draw/drawings.h"

#include <string.h>

/* --- rows of a table ---------------------------------------------------------------------- */

static const char *const small_words[SMALL_IDS] = { "<pad>", "<unk>", "so", "happy",
	"sad" };

enum { ROW = 44, CELL = 62, HIGH = 32, TABLE = 240, MEAN = 480 };

static DrawBox cells(
        Drawing *d, double x, double y, DrawStyle style, const float numbers[])
{
	for (int e = 0; e < SMALL_WIDTH; e++) {
		float size = numbers[e] < 0 ? -numbers[e] : numbers[e];
		draw_cell(d, (DrawBox){ x + e * CELL, y, CELL, HIGH }, style,
		        size > 0 ? 0.35 : 0,
		        drawing_number(drawing_arena(d), 2, (double)numbers[e]));
	}
	return (DrawBox){ x, y, SMALL_WIDTH * CELL, HIGH };
}

static int uses(const int ids[SMALL_COUNT], int id)
{
	int times = 0;
	for (int t = 0; t < SMALL_COUNT; t++)
		times += ids[t] == id;
	return times;
}

static void tokens_and_rows(Drawing *d, DrawStyle style,
        const float table[SMALL_IDS][SMALL_WIDTH], const int ids[SMALL_COUNT])
{
	Arena *arena = drawing_arena(d);
	for (int id = 0; id < SMALL_IDS; id++) {
		const bool used = uses(ids, id) > 0;
		draw_text(d, TABLE - 12, id * ROW + HIGH / 2, DRAW_END,
		        used ? DRAW_PLAIN : DRAW_FAINT,
		        arena_format(arena, "%d %s", id, small_words[id]));
		cells(d, TABLE, id * ROW, used ? style : DRAW_FAINT, table[id]);
	}
	draw_small(d, TABLE + CELL, -18, DRAW_MIDDLE, DRAW_PLAIN,
	        style == DRAW_GRADIENT ? "gradient of the table" : "the table");
	for (int t = 0; t < SMALL_COUNT; t++) {
		DrawBox card = draw_card(d, 0, t * 78 - 4, DRAW_PLAIN,
		        arena_format(arena, "%s\nid %d", small_words[ids[t]], ids[t]));
		DrawLine line = { .x0 = draw_right(card),
			.y0 = draw_middle(card),
			.x1 = TABLE - 84,
			.y1 = ids[t] * ROW + HIGH / 2 - 6 + 6 * t,
			.head = style != DRAW_GRADIENT };
		draw_line(d, DRAW_PLAIN, line);
	}
}

static void say_rows(Drawing *d, const char *what,
        const float table[SMALL_IDS][SMALL_WIDTH], const int ids[SMALL_COUNT])
{
	drawing_say(d, "    id  word   %s", what);
	for (int id = 0; id < SMALL_IDS; id++)
		drawing_say(d, "    %2d  %-6s %5.2f %5.2f   used %d times", id,
		        small_words[id], (double)table[id][0], (double)table[id][1],
		        uses(ids, id));
}

void draw_rows(Lesson *lesson, const float table[SMALL_IDS][SMALL_WIDTH],
        const int ids[SMALL_COUNT], const float mean[SMALL_WIDTH])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "From words to rows to one mean",
	        "Three words have the ids 2, 2 and 3. Arrows lead to rows 2 and 3 of a table "
	        "of five rows, and from there to the mean.");
	tokens_and_rows(d, DRAW_VALUE, table, ids);
	DrawBox to = cells(d, MEAN, 2.5 * ROW, DRAW_STRONG, mean);
	draw_small(d, MEAN + CELL, 2.5 * ROW - 16, DRAW_MIDDLE, DRAW_PLAIN, "mean");
	for (int id = 0; id < SMALL_IDS; id++)
		if (uses(ids, id))
			draw_join(d,
			        (DrawBox){ TABLE, id * ROW, SMALL_WIDTH * CELL, HIGH },
			        to, DRAW_VALUE, uses(ids, id) > 1 ? "twice" : "once");
	say_rows(d, "row", table, ids);
	drawing_say(d, "    mean of so, so, happy: %.2f %.2f", (double)mean[0],
	        (double)mean[1]);
	lesson_drawing(lesson, "rows", d);
}

void draw_rows_back(Lesson *lesson, const float d_table[SMALL_IDS][SMALL_WIDTH],
        const int ids[SMALL_COUNT], const float d_mean[SMALL_WIDTH])
{
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "The gradient goes to the rows used",
	        "The gradient of the mean goes back to rows 2 and 3. Row 2, used twice, gets "
	        "two shares. All other rows get 0.");
	tokens_and_rows(d, DRAW_GRADIENT, d_table, ids);
	DrawBox from = cells(d, MEAN, 2.5 * ROW, DRAW_GRADIENT, d_mean);
	draw_small(d, MEAN + CELL, 2.5 * ROW - 16, DRAW_MIDDLE, DRAW_PLAIN,
	        "gradient of the mean");
	for (int id = 0; id < SMALL_IDS; id++) {
		if (!uses(ids, id))
			continue;
		double x = TABLE + SMALL_WIDTH * CELL, y = id * ROW + HIGH / 2;
		draw_line(d, DRAW_GRADIENT,
		        (DrawLine){ .x0 = from.x,
		                .y0 = draw_middle(from),
		                .x1 = x,
		                .y1 = y,
		                .head = true });
		draw_label(d, (from.x + x) / 2, (draw_middle(from) + y) / 2,
		        DRAW_GRADIENT, uses(ids, id) > 1 ? "2 / 3" : "1 / 3");
	}
	say_rows(d, "gradient", d_table, ids);
	drawing_say(d, "    gradient of the mean: %.2f %.2f", (double)d_mean[0],
	        (double)d_mean[1]);
	lesson_drawing(lesson, "rows-back", d);
}

/* --- windows ------------------------------------------------------------------------------ */

void draw_windows(Lesson *lesson, const char tokens[][LONGEST], int count, int window)
{
	enum { AT = 3, GAP = 16, DRAWN = 2, BELOW = 90 };
	static const char *const drawn[DRAWN] = { "the", "phoned" };
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "The pairs of \"father\", two words to each side",
	        "Seven tokens. Arrows lead from father to two tokens on each side, and dashed "
	        "ones to two words below that were drawn at random.");
	DrawBox cards[MOST_TOKENS];
	for (int i = 0; i < count; i++)
		cards[i] = draw_card(d, i ? draw_right(cards[i - 1]) + GAP : 0, 0,
		        i == AT ? DRAW_STRONG : DRAW_VALUE, tokens[i]);
	for (int i = AT - window; i <= AT + window; i++) {
		double from = draw_centre(cards[AT]), to = draw_centre(cards[i]);
		if (i == AT)
			continue;
		draw_line(d, DRAW_VALUE,
		        (DrawLine){ .x0 = from,
		                .y0 = -2,
		                .x1 = to,
		                .y1 = -2,
		                .bend = (to - from) * 0.4,
		                .head = true });
		drawing_say(d, "    father %-7s target 1", tokens[i]);
	}
	for (int n = 0; n < DRAWN; n++) {
		DrawBox card = draw_card(d, draw_centre(cards[AT]) - 130 + 150 * n, BELOW,
		        DRAW_PLAIN, drawn[n]);
		draw_line(d, DRAW_GRADIENT,
		        (DrawLine){ .x0 = draw_centre(cards[AT]),
		                .y0 = draw_bottom(cards[AT]) + 2,
		                .x1 = draw_centre(card),
		                .y1 = card.y - 2,
		                .head = true });
		drawing_say(d, "    father %-7s target 0", drawn[n]);
	}
	draw_key(d, DRAW_VALUE, DRAW_KEY_ARROW, "stands near it in the text: target 1");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_ARROW, "drawn at random: target 0");
	lesson_drawing(lesson, "windows", d);
}

/* --- maps --------------------------------------------------------------------------------- */

enum { MOST_SHOWN = 200, MOST_GROUPS = 6 };

/* Words in groups, one group after the other. */
typedef struct Groups {
	int count, begin[MOST_GROUPS + 1], words[MOST_SHOWN];
	const char *names[MOST_GROUPS];
} Groups;

static void draw_groups(Lesson *lesson, const char *name, const char *title,
        const float table[][WIDTH], const Groups *groups)
{
	real x[MOST_SHOWN], y[MOST_SHOWN];
	PlotSeries series[MOST_GROUPS];
	double held = principal(table, groups->begin[groups->count], groups->words, x, y);
	for (int g = 0; g < groups->count; g++)
		series[g] = (PlotSeries){ .name = groups->names[g],
			.mark = PLOT_POINTS,
			.count = groups->begin[g + 1] - groups->begin[g],
			.x = x + groups->begin[g],
			.y = y + groups->begin[g] };
	lesson_curves(lesson, name, title, "first component", "second component",
	        groups->count, series);
	lesson_number(lesson, arena_format(lesson_arena(lesson), "%s-held", name),
	        "share of the variance in this picture", "%.2f", held);
}

void draw_map(Lesson *lesson, const char *name, const char *title,
        const float table[][WIDTH], const WordList *list)
{
	enum { KINDS = 5, EACH = 10 };
	static const struct {
		const char *name;
		const char *words[EACH];
	} kinds[KINDS] = {
		{ "feelings: happy, angry",
		        { "happy", "glad", "sad", "miserable", "angry", "furious",
		                "livid", "afraid", "scared", "amazed" } },
		{ "adverbs: luckily, sadly",
		        { "luckily", "happily", "sadly", "tragically", "annoyingly",
		                "infuriatingly", "alarmingly", "worryingly",
		                "surprisingly", "amazingly" } },
		{ "of news: great, scary",
		        { "great", "lovely", "wonderful", "tragic", "depressing",
		                "outrageous", "maddening", "scary", "alarming",
		                "startling" } },
		{ "people: father, doctor",
		        { "father", "mother", "sister", "brother", "uncle", "aunt",
		                "doctor", "teacher", "pilot", "farmer" } },
		{ "deeds: called, washed",
		        { "called", "left", "painted", "washed", "bought", "closed",
		                "cleaned", "fixed", "moved", "walked" } },
	};
	Groups groups = { .count = KINDS };
	for (int k = 0; k < KINDS; k++) {
		groups.names[k] = kinds[k].name;
		groups.begin[k + 1] = groups.begin[k];
		for (int w = 0; w < EACH; w++)
			groups.words[groups.begin[k + 1]++] =
			        words_id(list, kinds[k].words[w]);
	}
	draw_groups(lesson, name, title, table, &groups);
}

void draw_map_of_emotions(Lesson *lesson, const char *name, const char *title,
        const float table[][WIDTH], const WordList *list, const int emotion[])
{
	Groups groups = { .count = EMOTIONS };
	for (int k = 0; k < EMOTIONS; k++) {
		groups.names[k] = emotions[k];
		groups.begin[k + 1] = groups.begin[k];
		for (int id = FIRST_WORD; id < list->count; id++)
			if (emotion[id] == k && groups.begin[k + 1] < MOST_SHOWN)
				groups.words[groups.begin[k + 1]++] = id;
	}
	draw_groups(lesson, name, title, table, &groups);
}
