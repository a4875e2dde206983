#include "audio/voice/view.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"
#include "tests/support/inflate.h"

#include <stdlib.h>
#include <string.h>

enum { LEFT = 100, SPECTROGRAM = 76 + 140 + 64, HEIGHT = 256 };

/* A tone of 2000 Hz in the second half of the clip. */
static Clip late_tone(Arena *arena)
{
	Clip clip = signal_new(arena, 16000);
	for (int n = 8000; n < 16000; n++)
		clip.samples[n] = (real)(0.5 * sin(2 * PI * 2000 * n / SIGNAL_RATE));
	return clip;
}

static int lightness(const Picture *image, int x, int y)
{
	const unsigned char *p =
	        image->pixels + 3 * ((size_t)y * (size_t)image->width + (size_t)x);
	return colour_luma((Colour){ p[0], p[1], p[2] });
}

START_TEST(view_shows_a_tone_where_it_is)
{
	Arena *arena = arena_new("test");
	Clip clip = late_tone(arena);
	const View *view = view_new(arena, &clip, "tone", VIEW_COLUMNS);
	Bytes png = canvas_bytes(view_draw(arena, view, false));
	Picture image = inflate_png(arena, png);
	int tone = SPECTROGRAM + HEIGHT * 3 / 4; /* 2000 of 8000 Hz, from the bottom */
	ck_assert_int_gt(lightness(&image, LEFT + 750, tone), 200);
	ck_assert_int_lt(lightness(&image, LEFT + 250, tone), 40);
	ck_assert_int_lt(lightness(&image, LEFT + 750, SPECTROGRAM + HEIGHT / 4), 40);
	arena_free(arena);
}
END_TEST

/* Good until the next call. */
static const char *printed(const View *view, ColourDepth depth)
{
	static char *text;
	size_t size;
	free(text);
	FILE *out = open_memstream(&text, &size);
	view_print(out, depth, view);
	fclose(out);
	return text;
}

START_TEST(view_in_a_pipe_is_plain_ascii)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_voice(arena, 16000);
	const View *view = view_new(arena, &clip, "voice.wav", 60);
	const char *text = printed(view, COLOUR_NONE);
	size_t plain = 0;
	while (text[plain] == '\n' || (text[plain] >= ' ' && text[plain] <= '~'))
		plain++;
	ck_assert_uint_eq(plain, strlen(text));
	ASSERT_CONTAINS(text, "voice.wav: 1.00 s, 16000 Hz");
	ASSERT_CONTAINS(text, "pitch (Hz)");
	ASSERT_CONTAINS(text, "ooo");
	const char *colour = printed(view, COLOUR_ALL);
	ASSERT_CONTAINS(colour, "\033[48;2;");
	ASSERT_CONTAINS(colour, "▀");
	arena_free(arena);
}
END_TEST

/* One sample, silence, other rates: something is drawn, and nothing breaks. */
START_TEST(view_of_little_is_drawn_too)
{
	Arena *arena = arena_new("test");
	const int counts[] = { 1, 2, 399, 5000 }, rates[] = { 100, 1999, 8000, 192000 };
	for (int c = 0; c < 4; c++)
		for (int r = 0; r < 4; r++) {
			Clip clip = signal_new(arena, counts[c]);
			clip.rate = rates[r];
			const View *view = view_new(arena, &clip, "", VIEW_COLUMNS);
			ck_assert_uint_gt(
			        canvas_bytes(view_draw(arena, view, true)).size, 0);
			ASSERT_CONTAINS(
			        printed(view_new(arena, &clip, "", 40), COLOUR_NONE),
			        "nothing is voiced");
			arena_reset(arena);
		}
	Clip none = { .rate = 16000 };
	ASSERT_STOPS("0 samples in 40 columns", view_new(arena, &none, "", 40));
	arena_free(arena);
}
END_TEST

TEST_MAIN("view", view_shows_a_tone_where_it_is, view_in_a_pipe_is_plain_ascii,
        view_of_little_is_drawn_too)
