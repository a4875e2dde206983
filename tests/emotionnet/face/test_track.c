/* A face in time: evenly spaced frames, gaps, and the steps between them. The figures that
 * are not plain were computed with numpy: numpy.interp(at, seconds, column). */
#include "emotionnet/face/track.h"
#include "tensor/file/npy.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

static const char *path_in(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

/* Two numbers a frame: the time squared, and 10 less the time. */
static Track track_of(Arena *arena, int count, const double seconds[])
{
	static const char *const names[] = { "square", "rest" };
	Track track = { .names = names, .width = 2 };
	for (int i = 0; i < count; i++) {
		real *frame = track_grow(&track, arena, seconds[i]);
		frame[0] = (real)(seconds[i] * seconds[i]);
		frame[1] = (real)(10 - seconds[i]);
	}
	return track;
}

START_TEST(track_steps_lie_on_the_lines_between_frames)
{
	/* numpy.interp(0.1 + 0.15 * numpy.arange(5), [0, .4, .5, .9], [0, .16, .25, .81]) */
	static const double square[] = { 0.04, 0.1, 0.16, 0.32, 0.53 };
	Arena *arena = arena_new("test");
	Track track = track_of(arena, 4, (const double[]){ 0, 0.4, 0.5, 0.9 });
	Tensor steps = track_steps(arena, &track, (TrackSteps){ 0.1, 0.15, 5 });
	ck_assert_int_eq(steps.shape[0], 5);
	ck_assert_int_eq(steps.shape[1], 2);
	for (int t = 0; t < 5; t++) {
		ASSERT_CLOSE(tensor_row(steps, t).data[0], square[t], 1e-6, 0);
		ASSERT_CLOSE(tensor_row(steps, t).data[1], 9.9 - 0.15 * t, 1e-5, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(track_gap_stays_a_gap)
{
	Arena *arena = arena_new("test");
	Track track = track_of(arena, 4, (const double[]){ 0.6, 0.7, 1.3, 1.4 });
	Tensor steps = track_steps(arena, &track, (TrackSteps){ 0.05, 0.1, 22 });
	for (int t = 0; t < 22; t++) {
		double at = 0.05 + 0.1 * t;
		/* from 0.7 to 1.3 it is more than half a second; the ends stand so long */
		bool known = (at > 0.1 && at < 0.7) || (at > 1.3 && at < 1.9);
		ck_assert_msg(isnan((double)tensor_row(steps, t).data[0]) == !known,
		        "at %g s", at);
	}
	ASSERT_CLOSE(tensor_row(steps, 2).data[0], 0.36, 1e-6, 0);
	ASSERT_CLOSE(tensor_row(steps, 18).data[1], 8.6, 1e-5, 0);
	arena_free(arena);
}
END_TEST

START_TEST(track_without_steps_or_with_one_frame_is_fine)
{
	Arena *arena = arena_new("test");
	Track track = track_of(arena, 1, (const double[]){ 2 });
	Tensor none = track_steps(arena, &track, (TrackSteps){ 0, 0.1, 0 });
	ck_assert_int_eq(none.shape[0], 0);
	Tensor one = track_steps(arena, &track, (TrackSteps){ 1.75, 0.25, 2 });
	ASSERT_CLOSE(one.data[0], 4, 0, 0);
	ASSERT_CLOSE(one.data[3], 8, 0, 0);
	ASSERT_STOPS("a frame at 1 s after one at 2 s", track_grow(&track, arena, 1));
	arena_free(arena);
}
END_TEST

START_TEST(track_of_an_array_is_evenly_in_time)
{
	Arena *arena = arena_new("test");
	const char *path = path_in(arena, "face.npy");
	Tensor all = tensor_zeros(arena, SHAPE(4, 3));
	for (int i = 0; i < 12; i++)
		all.data[i] = (real)i;
	all.data[4] = (real)NAN; /* in the second frame no face was found */
	ck_assert(npy_write(path, all, NULL));
	Track track;
	Error error;
	ck_assert_msg(track_read(&track, arena, path, &error), "%s", error.text);
	ck_assert_int_eq(track.width, 3);
	ck_assert_int_eq(track.count, 3);
	ASSERT_CLOSE(track.seconds[1], 2 / 25.0, 0, 0);
	ASSERT_CLOSE(track.frames[1][2], 8, 0, 0);
	ck_assert_str_eq(track.names[2], "number 2");
	ck_assert_msg(
	        track_read(&track, arena, arena_format(arena, "%s@50", path), &error),
	        "%s", error.text);
	ASSERT_CLOSE(track.seconds[2], 3 / 50.0, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(track_that_is_none_is_refused)
{
	static const struct {
		const char *name, *expected;
	} cases[] = {
		{ "face.txt", "expected FILE.csv (OpenFace), FILE.jsonl" },
		{ "face.npy@", "expected frames a second behind the @" },
		{ "face.npy@0",
		        "above 0 and up to 1000, such as face.npy@30, found \"0\"" },
		{ "face.npy@1e9", "found \"1e9\"" },
		{ "face.csv@25", "expected FILE.csv" },
		{ "nothing.npy", "nothing.npy" },
		{ "one.npy",
		        "expected an array of 2 dimensions, (frames,numbers), found 1" },
		{ "empty.npy", "a face was found in none of its frames" },
	};
	Arena *arena = arena_new("test");
	ck_assert(npy_write(
	        path_in(arena, "one.npy"), tensor_zeros(arena, SHAPE(3)), NULL));
	ck_assert(npy_write(path_in(arena, "empty.npy"),
	        tensor_full(arena, (real)NAN, SHAPE(3, 2)), NULL));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Track track;
		Error error = { "" };
		ck_assert_msg(
		        !track_read(&track, arena, path_in(arena, cases[i].name), &error),
		        "%s was read", cases[i].name);
		ASSERT_CONTAINS(error.text, cases[i].expected);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("track", track_steps_lie_on_the_lines_between_frames, track_gap_stays_a_gap,
        track_without_steps_or_with_one_frame_is_fine,
        track_of_an_array_is_evenly_in_time, track_that_is_none_is_refused)
