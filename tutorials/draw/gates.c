/* The number goes along one line, at y = 0. A gate stands on it, filled as far as it
 * is open, or below it, where something joins through it. Between gates stands what
 * has become of the number, which the drawing works out itself. */
#include "tutorials/draw/drawings.h"

#include <math.h>

enum { WIDE = 34, HIGH = 52, JOIN = 26, DOWN = 108, SPACE = 24 };

typedef struct Way {
	Drawing *drawing;
	const DrawGates *gates;
	double gap;   /* between what stands on the line */
	double below; /* where what stands below it ends, so far */
} Way;

static const char *number(const Way *way, double value)
{
	return drawing_number(drawing_arena(way->drawing), way->gates->decimals, value);
}

static const char *factor(const Way *way, const DrawGate *gate)
{
	return arena_format(
	        drawing_arena(way->drawing), "× %s", number(way, gate->value));
}

static double after(const DrawGate *gate, double before)
{
	if (gate->kind == DRAW_STATE)
		return gate->value;
	return gate->kind == DRAW_TIMES ? before * gate->value
	                                : before + gate->value * gate->from_value;
}

static const char *card_text(const Way *way, const char *name, double value)
{
	return arena_format(
	        drawing_arena(way->drawing), "%s\n%s", name, number(way, value));
}

static void draw_valve(Drawing *drawing, DrawBox box, double open)
{
	const double share = fmin(fmax(open, 0), 1);
	draw_area(drawing, box, 0, DRAW_PLAIN);
	DrawBox full = { box.x, box.y + box.height * (1 - share), box.width,
		box.height * share };
	if (share > 0)
		draw_cell(drawing, full, DRAW_VALUE, 1, "");
}

static DrawBox draw_times(const Way *way, const DrawGate *gate, double x)
{
	DrawBox valve = { x, -HIGH / 2.0, WIDE, HIGH };
	draw_valve(way->drawing, valve, gate->value);
	draw_text(way->drawing, draw_centre(valve), valve.y - 12, DRAW_MIDDLE,
	        DRAW_STRONG, gate->name);
	draw_text(way->drawing, draw_centre(valve), draw_bottom(valve) + 12, DRAW_MIDDLE,
	        DRAW_PLAIN, factor(way, gate));
	return valve;
}

static DrawBox draw_plus(Way *way, const DrawGate *gate, double x)
{
	Drawing *drawing = way->drawing;
	const char *from = card_text(way, gate->from, gate->from_value);
	const double half = draw_width(from) / 2 + 12;
	const double middle = fmax(x + JOIN / 2.0, way->below + SPACE + half);
	DrawBox join = { middle - JOIN / 2.0, -JOIN / 2.0, JOIN, JOIN };
	DrawBox valve = { middle - WIDE / 2.0, DOWN - HIGH / 2.0, WIDE, HIGH };
	const double beside = draw_right(valve) + 8;
	draw_area(drawing, join, JOIN / 2.0, DRAW_PLAIN);
	draw_text(drawing, middle, 0, DRAW_MIDDLE, DRAW_STRONG, "+");
	draw_valve(drawing, valve, gate->value);
	draw_text(drawing, beside, DOWN - 10, DRAW_BEGIN, DRAW_STRONG, gate->name);
	draw_text(drawing, beside, DOWN + 10, DRAW_BEGIN, DRAW_PLAIN, factor(way, gate));
	DrawBox card = draw_card(
	        drawing, middle - half, draw_bottom(valve) + 34, DRAW_PLAIN, from);
	draw_join(drawing, card, valve, DRAW_VALUE, NULL);
	draw_join(drawing, valve, join, DRAW_VALUE, NULL);
	draw_small(drawing, middle + 8, (draw_bottom(join) + valve.y) / 2, DRAW_BEGIN,
	        DRAW_VALUE, number(way, gate->value * gate->from_value));
	way->below = fmax(draw_right(card), beside + draw_width(gate->name) * 1.08);
	return join;
}

static DrawBox draw_gate(Way *way, const DrawGate *gate, double x)
{
	if (gate->kind == DRAW_TIMES)
		return draw_times(way, gate, x);
	if (gate->kind == DRAW_PLUS)
		return draw_plus(way, gate, x);
	return draw_card(way->drawing, x, -HIGH / 2.0, DRAW_VALUE,
	        card_text(way, gate->name, gate->value));
}

static void say(const Way *way)
{
	enum { NAME, FACTOR, FROM, THEN, COLUMNS };
	const DrawGates *gates = way->gates;
	Arena *arena = drawing_arena(way->drawing);
	const size_t rows = (size_t)gates->count + 1;
	const char **cells = ARENA_ARRAY(arena, const char *, rows *COLUMNS);
	cells[THEN] = "then";
	double state = 0;
	for (int g = 0; g < gates->count; g++) {
		const DrawGate *gate = &gates->gates[g];
		const char **row = cells + (g + 1) * COLUMNS;
		state = after(gate, state);
		row[NAME] = gate->name;
		row[THEN] = number(way, state);
		if (gate->kind != DRAW_STATE)
			row[FACTOR] = factor(way, gate);
		if (gate->kind == DRAW_PLUS)
			row[FROM] = arena_format(arena, "%s %s, added", gate->from,
			        number(way, gate->from_value));
	}
	drawing_table(way->drawing, (int)rows, COLUMNS, "lllr", cells);
}

Drawing *draw_gates(Arena *arena, const DrawGates *gates)
{
	Drawing *drawing = drawing_new(arena, gates->title, gates->description);
	Way way = { .drawing = drawing, .gates = gates, .gap = 50, .below = -HUGE_VAL };
	double state = 0;
	for (int g = 0; g < gates->count; g++) {
		state = after(&gates->gates[g], state);
		way.gap = fmax(way.gap, draw_width(number(&way, state)) + 20);
	}
	DrawBox last = { 0 };
	for (int g = 0; g < gates->count; g++) {
		const DrawGate *gate = &gates->gates[g];
		DrawBox box = draw_gate(&way, gate, g ? draw_right(last) + way.gap : 0);
		if (g)
			draw_line(drawing, DRAW_VALUE,
			        (DrawLine){
			                draw_right(last), 0, box.x, 0, .head = true });
		if (g && gate->kind != DRAW_STATE &&
		        gates->gates[g - 1].kind != DRAW_STATE)
			draw_small(drawing, (draw_right(last) + box.x) / 2 - 4, -11,
			        DRAW_MIDDLE, DRAW_VALUE, number(&way, state));
		state = after(gate, state);
		last = box;
	}
	say(&way);
	draw_key(drawing, DRAW_VALUE, DRAW_KEY_AREA,
	        "a gate, filled as far as it is open: from 0 to 1");
	return drawing;
}
