#include "autograd/look/layout.h"
#include "autograd/ops.h"
#include "autograd/look/picture.h"
#include "tests/support/gradient.h"

#include <math.h>
#include <string.h>

static char drawn[64 * 1024];

/* Everything that was written to a temporary file. */
static const char *contents_of(FILE *file)
{
	rewind(file);
	drawn[fread(drawn, 1, sizeof drawn - 1, file)] = '\0';
	fclose(file);
	return drawn;
}

static FILE *temporary_file(void)
{
	FILE *file = tmpfile();
	ck_assert_ptr_nonnull(file);
	return file;
}

/* y = tanh(x w) + x w, its line in *line. */
static Var *small_network(Tape *tape, Var *x, Var *w, int *line)
{
	Var *h = op_matmul(tape, x, w);
	*line = __LINE__ - 1;
	Var *t = op_tanh(tape, h);
	return op_add(tape, t, h);
}

START_TEST(dot_holds_operations_leaves_and_shapes)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_constant(arena, "text \"a\"", 1, SHAPE(2, 3));
	Var *w = random_variable(arena, "fc.weight", 2, SHAPE(3, 4));
	int line;
	small_network(&tape, x, w, &line);
	FILE *out = temporary_file();
	tape_dot(out, &tape);
	char expected[1024];
	snprintf(expected, sizeof expected,
	        "digraph tape {\n"
	        "\tv0 [shape=ellipse, style=dashed, label=\"text \\\"a\\\"\"];\n"
	        "\tv1 [shape=ellipse, style=solid, label=\"fc.weight\"];\n"
	        "\tv2 [shape=box, label=\"op_matmul\\ntest_picture.c:%d\"];\n"
	        "\tv3 [shape=box, label=\"op_tanh\\ntest_picture.c:%d\"];\n"
	        "\tv4 [shape=box, label=\"op_add\\ntest_picture.c:%d\"];\n"
	        "\tv0 -> v2 [label=\"(2,3)\"];\n"
	        "\tv1 -> v2 [label=\"(3,4)\"];\n"
	        "\tv2 -> v3 [label=\"(2,4)\"];\n"
	        "\tv3 -> v4 [label=\"(2,4)\"];\n"
	        "\tv2 -> v4 [label=\"(2,4)\"];\n"
	        "}\n",
	        line, line + 2, line + 3);
	ck_assert_str_eq(contents_of(out), expected);
	arena_free(arena);
}
END_TEST

static int count_of(const char *text, const char *part)
{
	int count = 0;
	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		count++;
	return count;
}

START_TEST(svg_holds_a_box_for_each_var_and_a_line_for_each_edge)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_constant(arena, "a<b & c", 1, SHAPE(2, 3));
	Var *w = random_variable(arena, "fc.weight", 2, SHAPE(3, 4));
	int line;
	small_network(&tape, x, w, &line);
	FILE *out = temporary_file();
	ck_assert(tape_svg(out, &tape, NULL));
	const char *svg = contents_of(out);
	ck_assert_int_eq(strncmp(svg, "<svg xmlns=", 11), 0);
	ASSERT_CONTAINS(svg, "</svg>\n");
	ck_assert_int_eq(count_of(svg, "<rect class=\"operation\""), 3);
	ck_assert_int_eq(count_of(svg, "<rect class=\"parameter\""), 1);
	ck_assert_int_eq(count_of(svg, "<rect class=\"constant\""), 1);
	ck_assert_int_eq(
	        count_of(svg, "<path d=\"M"), 1 + 5); /* the arrow's head, 5 edges */
	ck_assert_int_eq(count_of(svg, "<text"), 3 * 5);
	ck_assert_int_eq(count_of(svg, "<text"), count_of(svg, "</text>"));
	ASSERT_CONTAINS(svg, ">a&lt;b &amp; c</text>");
	ASSERT_CONTAINS(svg, ">op_matmul</text>");
	ASSERT_CONTAINS(svg, ">(3,4)</text>");
	arena_free(arena);
}
END_TEST

START_TEST(svg_of_too_many_boxes_is_refused)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *y = random_variable(arena, "x", 1, SCALAR);
	for (int i = 0; i < PICTURE_MOST; i++)
		y = op_exp(&tape, y);
	FILE *out = temporary_file();
	Error error;
	ck_assert(!tape_svg(out, &tape, &error));
	ASSERT_CONTAINS(error.text, "tape_svg: 301 boxes; a picture of more than 300");
	ck_assert_str_eq(contents_of(out), "");
	arena_free(arena);
}
END_TEST

START_TEST(pictures_of_an_empty_tape_are_empty)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	FILE *out = temporary_file();
	tape_dot(out, &tape);
	ck_assert_str_eq(contents_of(out), "digraph tape {\n}\n");
	out = temporary_file();
	ck_assert(tape_svg(out, &tape, NULL));
	ck_assert_int_eq(count_of(contents_of(out), "<text"), 0);
	arena_free(arena);
}
END_TEST

static double ten(const Vertex *vertex)
{
	return vertex->var ? 10 : 2;
}

/* A recurrent network, four steps: long edges from the weights to every step. */
START_TEST(layout_puts_inputs_above_and_keeps_all_apart)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *w = random_variable(arena, "w", 1, SHAPE(3, 3));
	Var *h = random_variable(arena, "h", 2, SHAPE(2, 3));
	for (int step = 0; step < 4; step++)
		h = op_tanh(&tape, op_add(&tape, op_matmul(&tape, h, w), h));
	Graph graph = graph_of(arena, &tape);
	ck_assert_int_eq(graph.boxes, 2 + 4 * 3);
	ck_assert_int_eq(graph.edges, 4 * 5);
	graph_place(&graph, arena, 3, ten);
	ck_assert_int_eq(graph.layers, 1 + 4 * 3);
	for (int e = 0; e < graph.edges; e++) {
		const Edge *edge = &graph.edge[e];
		ck_assert_int_lt(
		        graph.vertex[edge->from].layer, graph.vertex[edge->to].layer);
	}
	for (int v = 0; v < graph.vertices; v++) {
		const Vertex *a = &graph.vertex[v];
		ck_assert(a->x - a->width / 2 >= 2.999);
		ck_assert(a->x + a->width / 2 <= graph.width - 2.999);
		for (int u = 0; u < v; u++) {
			const Vertex *b = &graph.vertex[u];
			ck_assert(a->layer != b->layer ||
			          fabs(a->x - b->x) >= 2.999 + (a->width + b->width) / 2);
		}
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("picture", dot_holds_operations_leaves_and_shapes,
        svg_holds_a_box_for_each_var_and_a_line_for_each_edge,
        svg_of_too_many_boxes_is_refused, pictures_of_an_empty_tape_are_empty,
        layout_puts_inputs_above_and_keeps_all_apart)
