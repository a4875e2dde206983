/* What MediaPipe says of a film. The landmarks' figures are numpy's, as in test_openface.c. */
#include "emotionnet/face/mediapipe.h"
#include "tests/support/harness.h"

#include <string.h>

static bool parse(Track *track, Arena *arena, const char *text, Error *error)
{
	Bytes bytes = { (unsigned char *)arena_string(arena, text), strlen(text) };
	return mediapipe_parse(track, arena, "face.jsonl", bytes, error);
}

#define SHAPES(jaw, brow)                                                                \
	"\"faceBlendshapes\":[{\"categories\":[{\"index\":1,\"score\":" jaw              \
	",\"categoryName\":\"jawOpen\",\"displayName\":\"\"},{\"score\":" brow           \
	",\"categoryName\":\"browDownLeft\"}],\"headIndex\":-1}]"

START_TEST(mediapipe_blendshapes_are_read)
{
	/* another order, no face, two faces, an empty line */
	static const char text[] = "{\"time\":0.04," SHAPES("0.25",
	        "0.5") ",\"faceLandmarks\":[[]]}\n"
	               "{\"time\":0.08,\"faceBlendshapes\":[],\"faceLandmarks\":[]}\r\n\n"
	               "{\"faceBlendshapes\":[{\"categories\":[{\"categoryName\":\"browDownLeft\",\"score\":1},{\"categoryName\":\"jawOpen\",\"score\":0}]},{\"categories\":[]}],\"time\":0.12}\n"
	               "{\"time\":0.16,\"faceBlendshapes\":null}\n";
	Arena *arena = arena_new("test");
	Track track;
	Error error;
	ck_assert_msg(parse(&track, arena, text, &error), "%s", error.text);
	ck_assert_int_eq(track.width, 2);
	ck_assert_str_eq(track.names[0], "jawOpen");
	ck_assert_str_eq(track.names[1], "browDownLeft");
	ck_assert_int_eq(track.count, 2);
	ASSERT_CLOSE(track.seconds[0], 0.04, 0, 0);
	ASSERT_CLOSE(track.seconds[1], 0.12, 0, 0);
	ASSERT_CLOSE(track.frames[0][0], 0.25, 0, 0);
	ASSERT_CLOSE(track.frames[1][0], 0, 0, 0);
	ASSERT_CLOSE(track.frames[1][1], 1, 0, 0);
	arena_free(arena);
}
END_TEST

static const char *points_line(Arena *arena, double time, int count)
{
	const char *text = arena_format(
	        arena, "{\"time\":%g,\"aspect\":1.5,\"faceLandmarks\":[[", time);
	for (int i = 0; i < count; i++)
		text = arena_format(arena, "%s%s{\"x\":%.17g,\"y\":%.17g,\"z\":0}", text,
		        i ? "," : "", 0.3 + 0.001 * (i * 5 % 101),
		        0.2 + 0.0005 * (i * 11 % 307));
	return arena_format(arena, "%s]]}\n", text);
}

START_TEST(mediapipe_landmarks_are_levelled)
{
	static const struct {
		int point;
		double x, y;
	} expected[] = {
		{ 0, -0.843504356243948, 2.904046466602128 },
		{ 1, -0.8243756050338811, 2.673339787028071 },
		{ 33, -1.49837366892546, 0.5026524685382363 },
		{ 263, 0.4967473378509204, 1.994695062923522 },
		{ 477, -1.7564181994191654, 0.7484607938044533 },
	};
	Arena *arena = arena_new("test");
	Track track;
	Error error;
	ck_assert_msg(
	        parse(&track, arena, points_line(arena, 1, MEDIAPIPE_POINTS), &error),
	        "%s", error.text);
	ck_assert_int_eq(track.width, 2 * MEDIAPIPE_POINTS);
	ck_assert_str_eq(track.names[0], "x_0");
	ck_assert_str_eq(track.names[2 * MEDIAPIPE_POINTS - 1], "y_477");
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		int x = expected[i].point, y = MEDIAPIPE_POINTS + x;
		ASSERT_CLOSE(track.frames[0][x], expected[i].x, 1e-6, 1e-5);
		ASSERT_CLOSE(track.frames[0][y], expected[i].y, 1e-6, 1e-5);
	}
	arena_free(arena);
}
END_TEST

START_TEST(mediapipe_that_is_none_is_refused)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "{\"time\":0}\nnothing\n", "face.jsonl:2: byte 0: " },
		{ "{" SHAPES("1", "1") "}\n", "expected \"time\", the seconds" },
		{ "{\"time\":\"now\"}\n", "face.jsonl:1: byte 8: expected a number" },
		{ "{\"time\":1e31}\n", "\"time\" or \"aspect\" is out of range" },
		{ "{\"time\":1,\"aspect\":0}\n",
		        "\"time\" or \"aspect\" is out of range" },
		{ "{\"time\":1," SHAPES("1", "1") "}\n{\"time\":1," SHAPES(
		          "1", "1") "}\n",
		        "face.jsonl:2: byte 0: time 1: expected more than 1" },
		{ "{\"time\":1," SHAPES("1",
		          "1") "}\n"
		               "{\"time\":2,\"faceBlendshapes\":[{\"categories\":[{\"categoryName\":\"jawOpen\",\"score\":0}]}]}\n",
		        "expected 2 numbers, as the first face has, found 1" },
		{ "{\"time\":1," SHAPES("1",
		          "1") "}\n"
		               "{\"time\":2,\"faceBlendshapes\":[{\"categories\":[{\"categoryName\":\"jawOpen\",\"score\":0},{\"categoryName\":\"nose\",\"score\":0}]}]}\n",
		        "expected a number \"browDownLeft\", as the first face has" },
		{ "{\"time\":1," SHAPES("1e31", "1") "}\n",
		        "expected a number \"jawOpen\"" },
		{ "{\"time\":1,\"faceBlendshapes\":[{}]}\n",
		        "expected \"categories\" in \"faceBlendshapes\"" },
		{ "{\"time\":1,\"faceBlendshapes\":[{\"categories\":[{\"score\":1}]}]}\n",
		        "expected a \"categoryName\" and a \"score\"" },
		{ "{\"time\":1,\"faceLandmarks\":[[{\"x\":1,\"y\":1}]]}\n",
		        "expected 478 landmarks with x and y, found 1" },
		{ "{\"time\":1} {}\n", "expected nothing more" },
		{ "{\"time\":1,\"faceBlendshapes\":[{\"categories\":[{\"categoryName\":\"a\\nb\",\"score\":1}]}]}\n",
		        "expected a \"categoryName\" of one line" },
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

START_TEST(mediapipe_cut_short_is_refused_or_shorter)
{
	static const char text[] = "{\"time\":0.04," SHAPES(
	        "0.25", "0.5") "}\n"
	                       "{\"time\":0.08," SHAPES("0.5", "0.5") "}\n";
	Arena *arena = arena_new("test");
	int refused = 0;
	for (size_t size = 0; size < sizeof text; size++) {
		Track track;
		Error error = { "" };
		if (parse(&track, arena, arena_format(arena, "%.*s", (int)size, text),
		            &error))
			continue;
		ASSERT_CONTAINS(error.text, "face.jsonl:");
		refused++;
	}
	ck_assert_int_gt(refused, (int)sizeof text - 12);
	arena_free(arena);
}
END_TEST

TEST_MAIN("mediapipe", mediapipe_blendshapes_are_read, mediapipe_landmarks_are_levelled,
        mediapipe_that_is_none_is_refused, mediapipe_cut_short_is_refused_or_shorter)
