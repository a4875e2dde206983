#include "tensor/plot/names.h"
#include "tensor/plot/columns.h"

enum { LETTER = 7, LINE = 13, DESCENT = 3, GAP = 8, RADIUS = 5, MOST_LINES = 40 };

PlotBox plot_name_box(const PlotName *name)
{
	return (PlotBox){ .left = name->at_x,
		.top = name->at_y + DESCENT - LINE,
		.right = name->at_x + LETTER * columns_of(name->text),
		.bottom = name->at_y + DESCENT };
}

static bool overlap(PlotBox a, PlotBox b)
{
	return a.left < b.right && b.left < a.right && a.top < b.bottom &&
	       b.top < a.bottom;
}

static bool is_free(int count, const PlotName names[], int which, PlotBox frame)
{
	PlotBox box = plot_name_box(&names[which]);
	if (box.left < frame.left || box.right > frame.right || box.top < frame.top ||
	        box.bottom > frame.bottom)
		return false;
	for (int i = 0; i < count; i++) {
		PlotBox point = { names[i].x - RADIUS, names[i].y - RADIUS,
			names[i].x + RADIUS, names[i].y + RADIUS };
		if (overlap(box, point) ||
		        (i < which && names[i].text &&
		                overlap(box, plot_name_box(&names[i]))))
			return false;
	}
	return true;
}

/* Line 0 is that of the point, then one below, one above, two below, ... */
static void try_place(PlotName *name, int line, bool right)
{
	double width = LETTER * columns_of(name->text);
	int lines = line % 2 ? (line + 1) / 2 : -line / 2;
	name->at_x = right ? name->x + GAP : name->x - GAP - width;
	name->at_y = name->y + 4 + LINE * lines;
	name->far = lines != 0;
}

void plot_place_names(int count, PlotName names[], PlotBox frame)
{
	for (int i = 0; i < count; i++) {
		bool found = !names[i].text;
		for (int line = 0; !found && line < MOST_LINES; line++)
			for (int left = 0; !found && left < 2; left++) {
				try_place(&names[i], line, !left);
				found = is_free(count, names, i, frame);
			}
		if (!found)
			try_place(&names[i], 0, true);
	}
}
