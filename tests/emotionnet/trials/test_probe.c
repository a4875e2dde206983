/* Logistic regression against a solution that is known, and prompts as they are asked. */
#include "emotionnet/trials/probe.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

/* One number, -1 for class 0 and 1 for class 1, N of each. By symmetry the weights are -w
 * and w; then L = log(1 + e^(-2w)) + w^2 / (2 C N), and dL/dw = 0 where 1/(1 + e^(2w)) =
 * w / (2 C N): found here by bisection. */
START_TEST(probe_of_two_points_is_the_known_solution)
{
	enum { N = 100 };
	Arena *arena = arena_new("test");
	Tensor x = tensor_new(arena, SHAPE(2 * N, 1));
	int labels[2 * N];
	for (int i = 0; i < 2 * N; i++) {
		labels[i] = i % 2;
		x.data[i] = i % 2 ? 1 : -1;
	}
	Probe probe = probe_fit(arena, x, labels, 2);
	double low = 0, high = 10, c = PROBE_C * N;
	for (int i = 0; i < 60; i++) {
		double w = (low + high) / 2;
		if (1 / (1 + exp(2 * w)) > w / (2 * c))
			low = w;
		else
			high = w;
	}
	ASSERT_CLOSE(probe.weights.data[1], low, 1e-4, 1e-4);
	ASSERT_CLOSE(probe.weights.data[0], -low, 1e-4, 1e-4);
	ASSERT_CLOSE(probe.biases.data[1], 0, 1e-5, 0);
	float p[2];
	const real one = 1;
	probe_answer(&probe, &one, p);
	ASSERT_CLOSE(p[1], 1 / (1 + exp(-2 * low)), 1e-4, 0);
	ASSERT_CLOSE(p[0] + p[1], 1, 1e-6, 0);
	arena_free(arena);
}
END_TEST

/* A number that never varies changes nothing, and classes that are there alone are said. */
START_TEST(probe_takes_what_does_not_vary)
{
	Arena *arena = arena_new("test");
	real data[] = { 5, 1, 5, -1, 5, 1, 5, -1 };
	const int labels[] = { 0, 2, 0, 2 };
	Probe probe = probe_fit(arena, tensor_view(data, SHAPE(4, 2)), labels, 3);
	ASSERT_CLOSE(probe.weights.data[0], 0, 1e-6, 0);
	float p[3];
	probe_answer(&probe, data, p);
	ck_assert(p[0] > p[2] && p[2] > p[1]);
	arena_free(arena);
}
END_TEST

START_TEST(prompts_hold_the_text_and_the_labels)
{
	Arena *arena = arena_new("test");
	for (int p = 0; p < PROMPTS; p++) {
		const char *item =
		        prompt_item(arena, &prompts[p], "joy or anger", "It {rains}");
		ck_assert_ptr_nonnull(strstr(item, "It {rains}"));
		ck_assert_ptr_null(strstr(item, "{text}"));
		ck_assert(item[strlen(item) - 1] != ' ');
	}
	ck_assert_str_eq(
	        prompt_item(arena, &prompts[0], "joy", "Hm"), "Text: Hm\nEmotion:");
	ck_assert_str_eq(prompt_head(arena, &prompts[1], "joy or anger"),
	        "Which emotion does the text express: joy or anger?\n\n");
	arena_free(arena);
}
END_TEST

TEST_MAIN("probe", probe_of_two_points_is_the_known_solution,
        probe_takes_what_does_not_vary, prompts_hold_the_text_and_the_labels)
