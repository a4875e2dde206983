/* Every drawing that the chapters share: well-formed, readable, the same numbers as
 * text. */
#include "tests/support/harness.h"
#include "tests/support/well_formed.h"
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *svg_of(const Drawing *drawing)
{
	Arena *arena = drawing_arena(drawing);
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	drawing_svg(drawing, out);
	fclose(out);
	char *copy = arena_string(arena, text);
	free(text);
	return copy;
}

/* --- the drawings, with more in each than a chapter will ask for -------------------- */

static Drawing *memory(Arena *arena)
{
	static const real numbers[] = { 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 };
	static const DrawView views[] = { { "x", 3, 4, .strides = { 4, 1 } },
		{ "x transposed", 4, 3, .strides = { 1, 4 } },
		{ "rows from 1", 2, 4, .offset = 4, .strides = { 4, 1 } },
		{ "row 2, broadcast", 3, 4, .offset = 8, .strides = { 0, 1 } } };
	return draw_memory(arena, &(DrawMemory){ .title = "Memory",
	                                  .description = "Twelve cells.",
	                                  .count = 12,
	                                  .values = numbers,
	                                  .views = 4,
	                                  .view = views,
	                                  .row = 1,
	                                  .marked_rows = 1 });
}

/* y = (ab + c)^2, and z = y a: over three columns. */
static Drawing *graph(Arena *arena)
{
	static const DrawNode nodes[] = { { "a", .value = 2, .gradient = -6 },
		{ "b", .value = -1, .gradient = 12 },
		{ "c", .value = 5, .gradient = (double)NAN },
		{ "u = ab", .value = -2, .gradient = 6, .inputs = 2, .input = { 0, 1 },
		        .local = { "b", "a" } },
		{ "v = u + c", .value = 3, .gradient = 6, .inputs = 2, .input = { 3, 2 },
		        .local = { "1", "1" } },
		{ "y = v²", .value = 9, .gradient = 1, .inputs = 1, .input = { 4 },
		        .local = { "2v" } },
		{ "z = ya", .value = 18, .gradient = 1, .inputs = 2, .input = { 5, 0 },
		        .local = { "a", "y" } } };
	return draw_graph(arena, &(DrawGraph){ .title = "Graph",
	                                 .description = "Values and gradients.",
	                                 .count = 7,
	                                 .decimals = 2,
	                                 .nodes = nodes,
	                                 .values = true,
	                                 .gradients = true });
}

static Drawing *pipeline(Arena *arena)
{
	static const DrawNode nodes[] = {
		{ .name = "words", .note = "(T)" }, { .name = "sound", .note = "8 kHz" },
		{ .name = "embedding", .note = "(T,32)", .inputs = 1, .input = { 0 } },
		{ .name = "log mel", .note = "(F,40)", .inputs = 1, .input = { 1 } },
		{ .name = "Conv1d", .note = "(F,64)", .inputs = 1, .input = { 3 } },
		{ .name = "fusion", .style = DRAW_STRONG, .inputs = 2, .input = { 2, 4 } }
	};
	return draw_graph(arena, &(DrawGraph){ .title = "Pipeline",
	                                 .description = "Two ways that join.",
	                                 .count = 6,
	                                 .nodes = nodes });
}

static Drawing *sequence(Arena *arena)
{
	static const char *const words[] = { "not", "a", "good", "film", "at", "all" };
	static const char *const outputs[] = { "0.1", "-0.9", "0.2" };
	return draw_sequence(arena, &(DrawSequence){ .title = "Sequence",
	                                    .description = "A window over words.",
	                                    .count = 6,
	                                    .items = words,
	                                    .window = 4,
	                                    .stride = 2,
	                                    .padding = 1,
	                                    .at = 0,
	                                    .outputs = outputs,
	                                    .input_name = "words",
	                                    .output_name = "filter",
	                                    .pooled = "max: 0.2" });
}

static Drawing *network(Arena *arena)
{
	static const char *const in[] = { "loudness", "pitch" };
	static const char *const hidden[] = { "shouting", "whispering", "neither" };
	static const char *const out[] = { "angry" };
	static const real x[] = { (real)0.5, (real)-1.25 };
	const Tensor first = tensor_from(
	        arena, (real[]){ 1, (real)-0.5, 0, 2, (real)-0.25, 1 }, 6, SHAPE(3, 2));
	const Tensor second =
	        tensor_from(arena, (real[]){ -1, (real)0.5, 0 }, 3, SHAPE(1, 3));
	const DrawLayer layers[] = {
		{ .name = "input", .units = 2, .names = in, .values = x },
		{ .name = "hidden", .units = 3, .names = hidden, .weights = first },
		{ .name = "output", .units = 1, .names = out, .weights = second }
	};
	return draw_network(arena, &(DrawNetwork){ .title = "Network",
	                                   .description = "Two layers of weights.",
	                                   .layers = 3,
	                                   .layer = layers,
	                                   .decimals = 2 });
}

static Drawing *gates(Arena *arena)
{
	static const DrawGate lstm[] = {
		{ .kind = DRAW_STATE, .name = "c before", .value = 0.8 },
		{ .kind = DRAW_TIMES, .name = "forget", .value = 0.5 },
		{ .kind = DRAW_PLUS,
		        .name = "input",
		        .value = 0.2,
		        .from = "candidate",
		        .from_value = -0.5 },
		{ .kind = DRAW_PLUS,
		        .name = "a second",
		        .value = 1,
		        .from = "another",
		        .from_value = 0.25 },
		{ .kind = DRAW_TIMES, .name = "shut", .value = 0 },
		{ .kind = DRAW_STATE, .name = "h", .value = 0 }
	};
	return draw_gates(arena, &(DrawGates){ .title = "Gates",
	                                 .description = "A number passes four gates.",
	                                 .count = 6,
	                                 .gates = lstm,
	                                 .decimals = 3 });
}

static const char *const emotions[] = { "neutral", "joy", "anger" };

static Drawing *bars(Arena *arena)
{
	static const real values[] = { (real)0.5, (real)-1, 0 };
	static const int marked = 1;
	return draw_bars(arena, &(DrawBars){ .title = "Bars",
	                                .description = "Three numbers.",
	                                .count = 3,
	                                .names = emotions,
	                                .values = values,
	                                .decimals = 1,
	                                .marked = &marked,
	                                .mark = "the least" });
}

static Drawing *grid(Arena *arena)
{
	static const real counts[] = { 20, 1, 0, 3, 10, -2, 4, 5, 1000 };
	return draw_grid(
	        arena, &(DrawGrid){ .title = "Grid",
	                       .description = "Nine counts.",
	                       .values = tensor_from(arena, counts, 9, SHAPE(3, 3)),
	                       .row_names = emotions,
	                       .column_names = emotions,
	                       .rows = "true",
	                       .columns = "predicted",
	                       .diagonal = "right" });
}

static Drawing *heat(Arena *arena)
{
	static const real shades[] = { 0, 1, 1, (real)0.5, (real)0.5, 7 };
	Drawing *d = drawing_new(arena, "Heat", "Six shades.");
	draw_heat(d, (DrawBox){ 10, 20, 60, 20 }, 2, 3, shades);
	draw_small(d, 40, 60, DRAW_MIDDLE, DRAW_PLAIN, "words");
	draw_text(d, 40, 80, DRAW_MIDDLE, DRAW_PLAIN, "more words");
	drawing_heat(d, 2, 3, shades);
	return d;
}

typedef Drawing *Draw(Arena *arena);
static Draw *const drawings[] = { memory, graph, pipeline, sequence, network, gates, bars,
	grid, heat };
#define EACH_DRAWING(drawing, arena)                                                     \
	for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++)                \
		for (Drawing *drawing = drawings[i](arena); drawing; drawing = NULL)

/* --- of every drawing --------------------------------------------------------------- */

START_TEST(drawing_every_one_is_well_formed_with_title_and_description)
{
	Arena *arena = arena_new("test");
	EACH_DRAWING(drawing, arena)
	{
		const char *svg = svg_of(drawing);
		assert_well_formed(svg);
		ASSERT_CONTAINS(svg, "role=\"img\"");
		ASSERT_CONTAINS(svg, arena_format(arena, "<title>%s</title>\n<desc>",
		                             drawing_title(drawing)));
		ck_assert_ptr_null(strstr(svg, "<desc></desc>"));
		ck_assert_ptr_null(strstr(svg, "nan"));
		ck_assert_ptr_null(strstr(svg, "inf"));
		ck_assert_ptr_null(strstr(svg, " id=")); /* two may stand in one page */
	}
	arena_free(arena);
}
END_TEST

START_TEST(drawing_every_one_has_no_overlapping_text)
{
	Arena *arena = arena_new("test");
	EACH_DRAWING(drawing, arena)
	{
		const char *fault = drawing_fault(drawing);
		ck_assert_msg(!fault, "%s", fault);
	}
	arena_free(arena);
}
END_TEST

START_TEST(drawing_every_one_has_text_of_12_pixels_at_least)
{
	Arena *arena = arena_new("test");
	EACH_DRAWING(drawing, arena)
	{
		int sizes = 0;
		for (const char *at = svg_of(drawing); (at = strstr(at, "font"));) {
			at += strcspn(at, ":") + 1;
			const char *digits = at + strspn(at, " ");
			if (*digits < '0' || *digits > '9')
				continue;
			ck_assert_int_ge(atoi(digits), *digits == '6' ? 600 : 12);
			sizes++;
		}
		ck_assert_int_ge(sizes, 2);
	}
	arena_free(arena);
}
END_TEST

/* Whatever has a colour on a light page has another on a dark one; no shape has one of
 * its own. */
START_TEST(drawing_every_one_has_its_colours_light_and_dark)
{
	Arena *arena = arena_new("test");
	EACH_DRAWING(drawing, arena)
	{
		char *svg = svg_of(drawing);
		char *dark = strstr(svg, "@media (prefers-color-scheme:dark)");
		char *shapes = strstr(svg, "</style>");
		ck_assert(dark && shapes && dark < shapes);
		ck_assert_ptr_null(strchr(shapes, '#'));
		dark[-1] = *shapes = '\0';
		int colours = 0;
		for (char *at = svg; (at = strchr(at, '#')); at++) {
			char *rule = at; /* back to its selector: "}rect.value{stroke:" */
			while (rule[-1] != '}' && rule[-1] != '\n')
				rule--;
			char *same = strstr(dark,
			        arena_format(arena, "%.*s", (int)(at - rule), rule));
			ck_assert_msg(
			        same, "not in the dark: %.*s", (int)(at - rule), rule);
			ck_assert_msg(strncmp(same + (at - rule), at, 7),
			        "as in the light: %.30s", rule);
			colours++;
		}
		ck_assert_int_gt(colours, 10);
	}
	arena_free(arena);
}
END_TEST

/* --- text form ---------------------------------------------------------------------- */

START_TEST(memory_text_marks_the_row_everywhere)
{
	Arena *arena = arena_new("test");
	const char *text = drawing_text(memory(arena));
	ASSERT_CONTAINS(text, "x, shape (3,4): [r,c] is at 0 + 4 r + 1 c\n"
	                      "   10   11   12   13\n"
	                      "   14*  15*  16*  17*\n"
	                      "   18   19   20   21\n");
	ASSERT_CONTAINS(text, "   10   14*  18\n   11   15*  19\n");
	ASSERT_CONTAINS(text, "number  10   11   12   13   14*  15*  16*  17*  18 ");
	ASSERT_CONTAINS(text, "(* row 1 of x begins at offset 4)\n");
	arena_free(arena);
}
END_TEST

START_TEST(graph_text_is_a_table)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(drawing_text(graph(arena)),
	        "           value  gradient\n"
	        "a           2.00     -6.00\n"
	        "b          -1.00     12.00\n"
	        "c           5.00\n"
	        "u = ab     -2.00      6.00  <- a (× b), b (× a)\n"
	        "v = u + c   3.00      6.00  <- u = ab (× 1), c (× 1)\n"
	        "y = v²      9.00      1.00  <- v = u + c (× 2v)\n"
	        "z = ya     18.00      1.00  <- y = v² (× a), a (× y)\n");
	ASSERT_CONTAINS(drawing_text(pipeline(arena)),
	        "\nfusion             <- embedding, Conv1d\n");
	arena_free(arena);
}
END_TEST

START_TEST(sequence_text_has_a_line_for_each_place)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(drawing_text(sequence(arena)), "> [_ not a good] -> 0.1\n"
	                                                "  [a good film at] -> -0.9\n"
	                                                "  [film at all _] -> 0.2\n"
	                                                "  (_ is padding)\n"
	                                                "  max: 0.2\n");
	arena_free(arena);
}
END_TEST

START_TEST(network_text_has_a_table_for_each_layer)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(drawing_text(network(arena)),
	        "input     value\n"
	        "loudness   0.50\n"
	        "pitch     -1.25\n"
	        "hidden      w loudness  w pitch\n"
	        "shouting          1.00    -0.50\n"
	        "whispering        0.00     2.00\n"
	        "neither          -0.25     1.00\n"
	        "output  w shouting  w whispering  w neither\n"
	        "angry        -1.00          0.50       0.00\n");
	arena_free(arena);
}
END_TEST

/* The numbers between the gates are worked out: 0.8 * 0.5 - 0.2 * 0.5 + 0.25 = 0.55. */
START_TEST(gates_say_what_becomes_of_the_number)
{
	Arena *arena = arena_new("test");
	const Drawing *d = gates(arena);
	ck_assert_str_eq(drawing_text(d),
	        "                                             then\n"
	        "c before                                    0.800\n"
	        "forget    × 0.500                           0.400\n"
	        "input     × 0.200  candidate -0.500, added  0.300\n"
	        "a second  × 1.000  another 0.250, added     0.550\n"
	        "shut      × 0.000                           0.000\n"
	        "h                                           0.000\n");
	ASSERT_CONTAINS(svg_of(d), ">0.550</text>");
	ASSERT_CONTAINS(svg_of(d), ">-0.100</text>"); /* what the input lets in */
	arena_free(arena);
}
END_TEST

START_TEST(bars_text_has_bars)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(drawing_text(bars(arena)),
	        "neutral   0.5  ##########\n"
	        "joy      -1.0  --------------------  <\n"
	        "anger     0.0\n"
	        "(< the least)\n");
	arena_free(arena);
}
END_TEST

START_TEST(grid_text_is_a_table)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(drawing_text(grid(arena)), "         neutral  joy  anger\n"
	                                            "neutral       20    1      0\n"
	                                            "joy            3   10     -2\n"
	                                            "anger          4    5   1000\n"
	                                            "(rows: true; columns: predicted)\n");
	arena_free(arena);
}
END_TEST

START_TEST(heat_joins_equal_neighbours)
{
	Arena *arena = arena_new("test");
	Drawing *drawing = heat(arena);
	const char *svg = svg_of(drawing);
	/* 60 by 20 pixels for three columns and two rows; what is beyond 1 counts as 1 */
	ASSERT_CONTAINS(svg, "translate(10.0 20.0) scale(20.0000 10.0000)");
	ASSERT_CONTAINS(svg, "fill-opacity=\"1.000\" d=\"M0 0M1 0h2v1h-2zM2 1h1v1h-1z\"");
	ASSERT_CONTAINS(svg, "fill-opacity=\"0.500\" d=\"M0 0M0 1h2v1h-2z\"");
	ck_assert_str_eq(drawing_text(drawing), " @@\n==@\n");
	arena_free(arena);
}
END_TEST

/* --- positions ---------------------------------------------------------------------- */

/* Where the first such text stands. */
static double x_of(const char *svg, const char *text)
{
	char end[64];
	snprintf(end, sizeof end, ">%s</text>", text);
	const char *at = strstr(svg, end);
	ck_assert_msg(at, "no text \"%s\"", text);
	while (strncmp(at, " x=\"", 4))
		at--;
	return atof(at + 4);
}

START_TEST(graph_nodes_stand_right_of_their_inputs)
{
	Arena *arena = arena_new("test");
	const char *svg = svg_of(graph(arena));
	ck_assert(x_of(svg, "a") < x_of(svg, "u = ab"));
	ASSERT_CLOSE(x_of(svg, "c"), x_of(svg, "u = ab"), 1, 0); /* just before v */
	ck_assert(x_of(svg, "u = ab") < x_of(svg, "v = u + c"));
	ck_assert(x_of(svg, "v = u + c") < x_of(svg, "y = v²"));
	ck_assert(x_of(svg, "y = v²") < x_of(svg, "z = ya"));
	arena_free(arena);
}
END_TEST

/* What skips many columns goes round the nodes between. */
START_TEST(graph_edge_over_many_columns_crosses_no_node)
{
	Arena *arena = arena_new("test");
	enum { LONG = 10 };
	DrawNode nodes[LONG];
	for (int i = 0; i < LONG; i++)
		nodes[i] = (DrawNode){ .name = arena_format(arena, "step %d", i),
			.inputs = i > 0,
			.input = { i - 1, 0 } };
	nodes[LONG - 1].inputs = 2;
	const DrawGraph graph = {
		.title = "t", .description = "d", .count = LONG, .nodes = nodes
	};
	const char *svg = svg_of(draw_graph(arena, &graph));
	const char *way =
	        NULL; /* the last edge: its corners are two for each node between */
	for (const char *at = svg; (at = strstr(at, "<path class=\"plain\"")); at++)
		way = at;
	int corners = 0;
	for (const char *at = way; *at != '/'; at++)
		corners += *at == 'L';
	ck_assert_int_eq(corners, 2 * (LONG - 2) + 1);
	ck_assert_ptr_null(drawing_fault(draw_graph(arena, &graph)));
	nodes[LONG - 1].inputs = DRAW_INPUTS + 1;
	ASSERT_STOPS("5 inputs of \"step 9\": at most 4", draw_graph(arena, &graph));
	arena_free(arena);
}
END_TEST

/* A strip of more than a line: its arrow leads to the first line or is left out. */
START_TEST(memory_long_strip_takes_several_lines)
{
	Arena *arena = arena_new("test");
	const Tensor x = tensor_zeros(arena, SHAPE(40));
	const DrawView view = { "x", 4, 10, .strides = { 10, 1 } };
	for (int row = 0; row < 4; row++) {
		const Drawing *d = draw_memory(arena, &(DrawMemory){ .title = "t",
		                                              .description = "d",
		                                              .count = 40,
		                                              .values = x.data,
		                                              .views = 1,
		                                              .view = &view,
		                                              .row = row,
		                                              .marked_rows = 1 });
		const char *svg = svg_of(d);
		ASSERT_CLOSE(x_of(svg, "0"), x_of(svg, "20"), 0.1, 0);
		ck_assert(x_of(svg, "19") > x_of(svg, "20"));
		ck_assert_int_eq(
		        strstr(svg, "<path class=\"head gradient\"") != NULL, row < 2);
		ck_assert_ptr_null(drawing_fault(d));
	}
	arena_free(arena);
}
END_TEST

/* Beside a slanting arrow there is room for half a gap: a long label keeps off the box. */
START_TEST(graph_label_keeps_off_the_box)
{
	Arena *arena = arena_new("test");
	const DrawNode nodes[] = { { .name = "w" }, { .name = "x" },
		{ .name = "y",
		        .inputs = 2,
		        .input = { 0, 1 },
		        .local = { "-0.4321", "-1.2345" } } };
	const DrawGraph graph = { .title = "t",
		.description = "d",
		.count = 3,
		.nodes = nodes,
		.gradients = true };
	const char *svg = svg_of(draw_graph(arena, &graph));
	double box = x_of(svg, "w") + 30; /* its right edge: it is 60 wide */
	ck_assert(x_of(svg, "× -0.4321") - draw_width("× -0.4321") * 12 / 14 > box);
	ck_assert(x_of(svg, "× -1.2345") < x_of(svg, "y") - 30);
	arena_free(arena);
}
END_TEST

START_TEST(graph_node_without_gradient_has_no_arrow_back)
{
	Arena *arena = arena_new("test");
	const char *svg = svg_of(graph(arena));
	int back = 0; /* of seven edges all but the one to c, and one in the legend */
	for (const char *at = svg; (at = strstr(at, "<path class=\"gradient\"")); at++)
		back++;
	ck_assert_int_eq(back, 6 + 1);
	arena_free(arena);
}
END_TEST

/* So thick as the weight is large, of the largest; dashed where it is negative. */
START_TEST(network_lines_follow_the_weights)
{
	Arena *arena = arena_new("test");
	const char *svg = svg_of(network(arena));
	ASSERT_CONTAINS(svg, "<path class=\"value\" style=\"stroke-width:4.5\"");
	ASSERT_CONTAINS(svg, "<path class=\"gradient\" style=\"stroke-width:2.7\"");
	ASSERT_CONTAINS(svg, "<path class=\"value\" style=\"stroke-width:0.8\"");
	ck_assert(x_of(svg, "loudness") < x_of(svg, "shouting"));
	ck_assert(x_of(svg, "shouting") < x_of(svg, "angry"));
	arena_free(arena);
}
END_TEST

/* --- shapes ------------------------------------------------------------------------- */

START_TEST(drawing_text_is_escaped)
{
	Arena *arena = arena_new("test");
	Drawing *d = drawing_new(arena, "a < b & c", "\"quoted\" > \x01");
	draw_card(d, 0, 0, DRAW_PLAIN, "<script>\n&amp;\x02\xff");
	draw_key(d, DRAW_VALUE, DRAW_KEY_LINE, "'<'");
	const char *svg = svg_of(d);
	assert_well_formed(svg);
	ASSERT_CONTAINS(svg, "<title>a &lt; b &amp; c</title>");
	ASSERT_CONTAINS(svg, "&lt;script&gt;</text>");
	ASSERT_CONTAINS(svg, "&amp;amp;\xef\xbf\xbd\xef\xbf\xbd</text>");
	for (const char *at = svg; *at; at++)
		ck_assert((unsigned char)*at >= 0x20 || *at == '\n');
	arena_free(arena);
}
END_TEST

START_TEST(drawing_faults_are_found)
{
	Arena *arena = arena_new("test");
	Drawing *d = drawing_new(arena, "t", "d");
	draw_text(d, 0, 0, DRAW_BEGIN, DRAW_PLAIN, "i");
	draw_text(d, 80, 0, DRAW_BEGIN, DRAW_PLAIN, "two");
	draw_line(d, DRAW_PLAIN, (DrawLine){ 0, 20, 90, 20, .bend = 10 });
	ck_assert_ptr_null(drawing_fault(d));
	draw_line(d, DRAW_PLAIN, (DrawLine){ 0, 20, 90, 20, .bend = 22 });
	ck_assert_ptr_null(drawing_fault(d)); /* between the two */
	draw_text(d, 2, 8, DRAW_BEGIN, DRAW_PLAIN, "three");
	ck_assert_str_eq(drawing_fault(d), "\"i\" and \"three\" overlap");
	Drawing *e = drawing_new(arena, "t", "d");
	draw_text(e, 0, 0, DRAW_BEGIN, DRAW_PLAIN, "word");
	draw_line(e, DRAW_PLAIN, (DrawLine){ 0, -20, 40, 20, .head = true });
	ck_assert_str_eq(drawing_fault(e), "a line goes through \"word\"");
	arena_free(arena);
}
END_TEST

/* A page is as large as what it holds, wherever that is, and its legend. */
START_TEST(drawing_page_holds_everything)
{
	Arena *arena = arena_new("test");
	Drawing *d = drawing_new(arena, "t", "d");
	draw_area(d, (DrawBox){ -100, -50, 200, 80 }, 0, DRAW_PLAIN);
	ASSERT_CONTAINS(svg_of(d), "viewBox=\"-116.0 -66.0 232 112\" width=\"232\"");
	draw_key(d, DRAW_FAINT, DRAW_KEY_AREA, "a key");
	ASSERT_CONTAINS(svg_of(d), "viewBox=\"-116.0 -66.0 232 148\"");
	arena_free(arena);
}
END_TEST

START_TEST(number_zero_has_no_sign)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(drawing_number(arena, 2, -0.001), "0.00");
	ck_assert_str_eq(drawing_number(arena, 2, -0.01), "-0.01");
	ck_assert_str_eq(drawing_number(arena, 0, -3), "-3");
	arena_free(arena);
}
END_TEST

START_TEST(drawing_of_what_cannot_be_stops)
{
	Arena *arena = arena_new("test");
	const DrawNode later[] = { { .name = "a", .inputs = 1, .input = { 1 } },
		{ .name = "b" } };
	ASSERT_STOPS("input 0 of \"a\" is node 1",
	        draw_graph(arena, &(DrawGraph){ .title = "t",
	                                  .description = "d",
	                                  .count = 2,
	                                  .nodes = later }));
	const real two[] = { 1, 2 };
	const DrawView beyond = { "x", 2, 2, .strides = { 1, 1 } };
	ASSERT_STOPS("view \"x\" reads offset 2 of 2 numbers",
	        draw_memory(arena, &(DrawMemory){ .title = "t",
	                                   .description = "d",
	                                   .count = 2,
	                                   .values = two,
	                                   .views = 1,
	                                   .view = &beyond }));
	const DrawLayer layers[] = { { .name = "input", .units = 2 },
		{ .name = "output",
		        .units = 3,
		        .weights = tensor_zeros(arena, SHAPE(2, 3)) } };
	ASSERT_STOPS("weights (2,3) of layer 1: expected (3,2)",
	        draw_network(arena, &(DrawNetwork){ .title = "t",
	                                    .description = "d",
	                                    .layers = 2,
	                                    .layer = layers }));
	ASSERT_STOPS("values of shape (2): expected two dimensions",
	        draw_grid(arena, &(DrawGrid){ .title = "t",
	                                 .description = "d",
	                                 .values = tensor_zeros(arena, SHAPE(2)) }));
	ASSERT_STOPS("place 0 of a window of 3 over 2 items",
	        draw_sequence(arena, &(DrawSequence){ .title = "t",
	                                     .description = "d",
	                                     .count = 2,
	                                     .window = 3 }));
	arena_free(arena);
}
END_TEST

TEST_MAIN("draw", graph_edge_over_many_columns_crosses_no_node,
        memory_long_strip_takes_several_lines,
        drawing_every_one_is_well_formed_with_title_and_description,
        drawing_every_one_has_no_overlapping_text,
        drawing_every_one_has_text_of_12_pixels_at_least,
        drawing_every_one_has_its_colours_light_and_dark,
        memory_text_marks_the_row_everywhere, graph_text_is_a_table,
        sequence_text_has_a_line_for_each_place, network_text_has_a_table_for_each_layer,
        gates_say_what_becomes_of_the_number, bars_text_has_bars, grid_text_is_a_table,
        heat_joins_equal_neighbours, graph_nodes_stand_right_of_their_inputs,
        graph_label_keeps_off_the_box, graph_node_without_gradient_has_no_arrow_back,
        network_lines_follow_the_weights, drawing_text_is_escaped,
        drawing_faults_are_found, drawing_page_holds_everything, number_zero_has_no_sign,
        drawing_of_what_cannot_be_stops)
