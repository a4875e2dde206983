/* What OpenFace writes of a film. The landmarks' figures are numpy's, by another way: with the
 * points as complex numbers z and the eyes' middles l and r, (z - (l + r) / 2) / (r - l). */
#include "emotionnet/face/openface.h"
#include "tests/support/harness.h"

#include <string.h>

static bool parse(Track *track, Arena *arena, const char *text, Error *error)
{
	Bytes bytes = { (unsigned char *)arena_string(arena, text), strlen(text) };
	return openface_parse(track, arena, "face.csv", bytes, error);
}

#define HEAD "frame, face_id, timestamp, confidence, success, AU01_r, AU45_r, AU12_c\n"

START_TEST(openface_units_of_good_frames_are_read)
{
	static const char text[] = HEAD "1, 0, 0.000, 0.98, 1, 0.10, 1.20, 1.00\n"
	                                "2, 0, 0.040, 0.98, 0, 9.00, 9.00, 0.00\n"
	                                "3, 0, 0.080, 0.30, 1, 9.00, 9.00, 0.00\n"
	                                "3, 1, 0.080, 0.98, 1, 9.00, 9.00, 0.00\n"
	                                "4, 0, 0.120, 0.50, 1, 0.30, 5, -1e-2\n";
	Arena *arena = arena_new("test");
	Track track;
	Error error;
	ck_assert_msg(parse(&track, arena, text, &error), "%s", error.text);
	ck_assert_int_eq(track.width, 3);
	ck_assert_str_eq(track.names[0], "AU01_r");
	ck_assert_str_eq(track.names[2], "AU12_c");
	ck_assert_int_eq(track.count, 2);
	ASSERT_CLOSE(track.seconds[1], 0.12, 0, 0);
	ASSERT_CLOSE(track.frames[0][1], (real)1.2, 0, 0);
	ASSERT_CLOSE(track.frames[1][0], (real)0.3, 0, 0);
	ASSERT_CLOSE(track.frames[1][2], (real)-0.01, 0, 0);
	arena_free(arena);
}
END_TEST

/* x_0 ... x_67, y_0 ... y_67 of two frames; the second is the first, turned by a quarter,
 * twice as large, and elsewhere: the same face. */
static const char *points_text(Arena *arena)
{
	const char *text = "timestamp";
	for (int i = 0; i < 2 * OPENFACE_POINTS; i++)
		text = arena_format(arena, "%s, %c_%d", text, "xy"[i / OPENFACE_POINTS],
		        i % OPENFACE_POINTS);
	for (int frame = 0; frame < 2; frame++) {
		text = arena_format(arena, "%s\n%d", text, frame);
		for (int i = 0; i < 2 * OPENFACE_POINTS; i++) {
			int p = i % OPENFACE_POINTS;
			double x = 300 + 7 * (p * 5 % 17);
			double y = 200 + 3 * (p * 7 % 23) + 0.5 * p;
			double value = i < OPENFACE_POINTS ? (frame ? 1000 - 2 * y : x)
			                                   : (frame ? 50 + 2 * x : y);
			text = arena_format(arena, "%s,%.17g", text, value);
		}
	}
	return text;
}

START_TEST(openface_landmarks_are_levelled)
{
	static const struct {
		int point;
		double x, y;
	} expected[] = {
		{ 0, -1.2613868986693972, -5.494498464687811 },
		{ 30, 3.009851586489251, -0.1424002047082915 },
		{ 36, -0.9819600818833115, 1.9210593654042991 },
		{ 45, -2.6792476970317254, -0.5454196519959015 },
		{ 67, 0.7444984646878221, 1.2386131013306036 },
	};
	Arena *arena = arena_new("test");
	Track track;
	Error error;
	ck_assert_msg(parse(&track, arena, points_text(arena), &error), "%s", error.text);
	ck_assert_int_eq(track.count, 2);
	ck_assert_int_eq(track.width, 2 * OPENFACE_POINTS);
	for (int frame = 0; frame < 2; frame++)
		for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
			const real *found = track.frames[frame];
			int x = expected[i].point, y = OPENFACE_POINTS + x;
			ASSERT_CLOSE(found[x], expected[i].x, 1e-6, 1e-6);
			ASSERT_CLOSE(found[y], expected[i].y, 1e-6, 1e-6);
		}
	arena_free(arena);
}
END_TEST

START_TEST(openface_that_is_none_is_refused)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "face.csv: expected what OpenFace writes, found an empty file" },
		{ "frame, AU01_r\n", "face.csv:1: expected a column timestamp" },
		{ "timestamp, gaze_0_x\n0, 1\n",
		        "face.csv:1: expected columns of action units, such as AU06_r, or of 68 landmarks, x_0 to y_67, found no such column" },
		{ "timestamp, x_0, x_1\n0, 1, 2\n", "found no x_2" },
		{ HEAD "1, 0, 0, 1, 1, much, 0, 0\n",
		        "face.csv:2: column \"AU01_r\": expected a number, found \"much\"" },
		{ HEAD "1, 0, 0, 1, 1, nan, 0, 0\n", "found \"nan\"" },
		{ HEAD "1, 0, 0, 1, 1, 1e31, 0, 0\n", "found \"1e31\"" },
		{ HEAD "1, 0, 0, 1, 1, , 0, 0\n",
		        "column \"AU01_r\": expected a number" },
		{ HEAD "1, 0, 0, 1, yes, 1, 0, 0\n", "column \"success\"" },
		{ HEAD "1, 0, 0.04, 1, 1, 1, 0, 0\n2, 0, 0.04, 1, 1, 1, 0, 0\n",
		        "face.csv:3: timestamp 0.04: expected more than 0.04" },
		{ HEAD "1, 0, 0.04, 1, 1, 1, 0\n",
		        "face.csv:2: expected 8 columns as in the first row, found 7" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Track track;
		Error error = { "" };
		ck_assert_msg(!parse(&track, arena, cases[i].text, &error), "%s was read",
		        cases[i].text);
		ASSERT_CONTAINS(error.text, cases[i].expected);
	}
	arena_free(arena);
}
END_TEST

/* At whatever byte a file ends: it is read or refused, and what is read is whole frames. */
START_TEST(openface_cut_short_is_refused_or_shorter)
{
	static const char text[] = HEAD "1, 0, 0.000, 0.98, 1, 0.10, 1.20, 1.00\n"
	                                "2, 0, 0.040, 0.98, 1, 0.20, 1.40, 0.00\n";
	Arena *arena = arena_new("test");
	for (size_t size = 0; size < sizeof text; size++) {
		Track track;
		Error error = { "" };
		if (parse(&track, arena, arena_format(arena, "%.*s", (int)size, text),
		            &error)) {
			ck_assert_int_le(track.count, 2);
			if (track.count)
				ASSERT_CLOSE(track.frames[0][0], (real)0.1, 0, 0);
		} else {
			ASSERT_CONTAINS(error.text, "face.csv:");
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(openface_written_is_read_again)
{
	static const char *const names[] = { "AU01_r", "AU02_r" };
	Arena *arena = arena_new("test");
	Track track = { .names = names, .width = 2 }, again;
	const char *path = arena_format(arena, "%s/face.csv", harness_directory());
	Error error;
	for (int t = 0; t < 9; t++) {
		if (t == 1 || t == 4 || t == 5)
			continue; /* no face was found */
		real *frame = track_grow(&track, arena, t / 25.0);
		frame[0] = (real)(t * 0.25);
		frame[1] = (real)(5 - t * 0.5);
	}
	ck_assert_msg(openface_write(path, arena, &track, &error), "%s", error.text);
	ck_assert_msg(openface_read(&again, arena, path, &error), "%s", error.text);
	ck_assert(track_alike(&track, &again));
	ck_assert_int_eq(again.count, 6);
	for (int t = 0; t < 6; t++) {
		ASSERT_CLOSE(again.seconds[t], track.seconds[t], 0, 0);
		ASSERT_CLOSE(again.frames[t][0], track.frames[t][0], 0, 0);
		ASSERT_CLOSE(again.frames[t][1], track.frames[t][1], 0, 0);
	}
	ck_assert(!openface_write("/no/such/face.csv", arena, &track, &error));
	ASSERT_CONTAINS(error.text, "/no/such/face.csv");
	arena_free(arena);
}
END_TEST

TEST_MAIN("openface", openface_units_of_good_frames_are_read,
        openface_landmarks_are_levelled, openface_that_is_none_is_refused,
        openface_cut_short_is_refused_or_shorter, openface_written_is_read_again)
