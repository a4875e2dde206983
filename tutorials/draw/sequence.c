/* Items in a row, with the window around those that the shown place covers; outputs
 * above, each over the middle of what it was made from. */
#include "tutorials/draw/drawings.h"

#include <math.h>

enum { HIGH = 34, SPACE = 8, BETWEEN = 62 };

typedef struct Layout {
	int stride, places, slots; /* slots: items and padding */
	double item, left;         /* the width of one; where the first begins */
} Layout;

static Layout layout_of(const DrawSequence *sequence)
{
	Layout layout = { .stride = sequence->stride ? sequence->stride : 1,
		.slots = sequence->count + 2 * sequence->padding,
		.item = HIGH };
	layout.places = (layout.slots - sequence->window) / layout.stride + 1;
	if (sequence->window < 1 || layout.slots < sequence->window || sequence->at < 0 ||
	        sequence->at >= layout.places)
		error_stop(HERE, "draw_sequence",
		        "place %d of a window of %d over %d items with padding %d",
		        sequence->at, sequence->window, sequence->count,
		        sequence->padding);
	for (int i = 0; i < sequence->count; i++)
		layout.item = fmax(layout.item, draw_width(sequence->items[i]) + 16);
	for (int p = 0; p < layout.places; p++)
		layout.item = fmax(layout.item, draw_width(sequence->outputs[p]) + 16);
	if (sequence->input_name)
		layout.left = draw_width(sequence->input_name) + 20;
	if (sequence->output_name)
		layout.left = fmax(layout.left, draw_width(sequence->output_name) + 20);
	return layout;
}

static DrawBox slot_box(const Layout *layout, double slot, double y)
{
	return (DrawBox){ layout->left + slot * (layout->item + SPACE), y, layout->item,
		HIGH };
}

/* NULL: padding */
static const char *slot_text(const DrawSequence *sequence, int slot)
{
	int item = slot - sequence->padding;
	return item >= 0 && item < sequence->count ? sequence->items[item] : NULL;
}

static void say(Drawing *drawing, const DrawSequence *sequence, const Layout *layout)
{
	for (int p = 0; p < layout->places; p++) {
		const char *covered = "";
		for (int k = 0; k < sequence->window; k++) {
			const char *text = slot_text(sequence, p * layout->stride + k);
			covered = arena_format(drawing_arena(drawing), "%s%s%s", covered,
			        k ? " " : "", text ? text : "_");
		}
		drawing_say(drawing, "%s [%s] -> %s", p == sequence->at ? ">" : " ",
		        covered, sequence->outputs[p]);
	}
	if (sequence->padding)
		drawing_say(drawing, "  (_ is padding)");
	if (sequence->pooled)
		drawing_say(drawing, "  %s", sequence->pooled);
}

static void draw_items(
        Drawing *drawing, const DrawSequence *sequence, const Layout *layout, double y)
{
	int first = sequence->at * layout->stride, last = first + sequence->window - 1;
	for (int s = 0; s < layout->slots; s++) {
		const char *text = slot_text(sequence, s);
		bool covered = s >= first && s <= last;
		DrawStyle style = !text ? DRAW_FAINT : covered ? DRAW_VALUE : DRAW_PLAIN;
		draw_cell(drawing, slot_box(layout, s, y), style, 0, text ? text : "0");
	}
	DrawBox from = slot_box(layout, first, y), to = slot_box(layout, last, y);
	draw_bracket(drawing, from.x, draw_right(to), y + HIGH + 4, 8, DRAW_VALUE,
	        arena_format(drawing_arena(drawing), "window of %d", sequence->window));
	if (sequence->input_name)
		draw_text(drawing, 0, y + HIGH / 2.0, DRAW_BEGIN, DRAW_PLAIN,
		        sequence->input_name);
}

/* The outputs, and lines from what the shown place covers. */
static DrawBox draw_outputs(
        Drawing *drawing, const DrawSequence *sequence, const Layout *layout, double y)
{
	DrawBox all = { 0 };
	for (int p = 0; p < layout->places; p++) {
		double middle = p * layout->stride + (sequence->window - 1) / 2.0;
		DrawBox box = slot_box(layout, middle, y);
		draw_cell(drawing, box, p == sequence->at ? DRAW_VALUE : DRAW_PLAIN, 0,
		        sequence->outputs[p]);
		if (!p)
			all = box;
		all.width = draw_right(box) - all.x;
		for (int k = 0; k < sequence->window && p == sequence->at; k++) {
			DrawBox item = slot_box(
			        layout, p * layout->stride + k, y + HIGH + BETWEEN);
			draw_line(drawing, DRAW_VALUE,
			        (DrawLine){ draw_centre(item), item.y,
			                box.x + box.width * (k + 0.5) / sequence->window,
			                draw_bottom(box), .head = true });
		}
	}
	if (sequence->output_name)
		draw_text(drawing, 0, y + HIGH / 2.0, DRAW_BEGIN, DRAW_PLAIN,
		        sequence->output_name);
	return all;
}

Drawing *draw_sequence(Arena *arena, const DrawSequence *sequence)
{
	Drawing *drawing = drawing_new(arena, sequence->title, sequence->description);
	Layout layout = layout_of(sequence);
	draw_items(drawing, sequence, &layout, HIGH + BETWEEN);
	DrawBox outputs = draw_outputs(drawing, sequence, &layout, 0);
	if (layout.places > 1)
		draw_key(drawing, DRAW_VALUE, DRAW_KEY_AREA,
		        arena_format(arena, "place %d of %d; the window moves on by %d",
		                sequence->at + 1, layout.places, layout.stride));
	if (sequence->padding)
		draw_key(drawing, DRAW_FAINT, DRAW_KEY_AREA, "padding");
	if (sequence->pooled) {
		double width = draw_width(sequence->pooled) + 24, y = -BETWEEN - HIGH;
		draw_bracket(
		        drawing, outputs.x, draw_right(outputs), -6, -10, DRAW_PLAIN, "");
		DrawBox box = { draw_centre(outputs) - width / 2, y, width, HIGH };
		draw_line(drawing, DRAW_PLAIN,
		        (DrawLine){ draw_centre(outputs), -16, draw_centre(box),
		                draw_bottom(box), .head = true });
		draw_area(drawing, box, 8, DRAW_STRONG);
		draw_text(drawing, draw_centre(box), draw_middle(box), DRAW_MIDDLE,
		        DRAW_STRONG, sequence->pooled);
	}
	say(drawing, sequence, &layout);
	return drawing;
}
