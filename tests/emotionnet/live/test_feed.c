#include "audio/voice/activity.h"
#include "emotionnet/live/delays.h"
#include "emotionnet/live/feed.h"
#include "emotionnet/live/gate.h"
#include "emotionnet/live/lines.h"
#include "tensor/clock.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/* Two pipes: samples are written into one, a byte into the other stops. */
typedef struct Pipes {
	int in, out, stop, stopped;
} Pipes;

static Pipes pipes_new(void)
{
	int sound[2], stop[2];
	ck_assert(!pipe(sound) && !pipe(stop));
	return (Pipes){ sound[1], sound[0], stop[1], stop[0] };
}

static Feed *feed_new(Arena *arena, const Pipes *pipes, bool pace, bool drop)
{
	Error error;
	FeedSettings settings = { .name = "pipe",
		.file = pipes->out,
		.stop = pipes->stopped,
		.rate = 16000,
		.channels = 1,
		.pace = pace,
		.drop = drop };
	Feed *feed = feed_open(arena, &settings, &error);
	ck_assert(feed != NULL);
	return feed;
}

/* Sample n is n modulo 1000, so that one that is lost is seen. */
static void send(const Pipes *pipes, int begin, int count)
{
	int16_t block[500];
	while (count > 0) {
		int some = count < 500 ? count : 500;
		for (int n = 0; n < some; n++)
			block[n] = (int16_t)((begin + n) % 1000);
		ck_assert_int_eq(write(pipes->in, block, 2 * (size_t)some), 2 * some);
		begin += some;
		count -= some;
	}
}

START_TEST(feed_loses_nothing_and_keeps_the_order)
{
	Arena *arena = arena_new("test");
	Pipes pipes = pipes_new();
	Feed *feed = feed_new(arena, &pipes, false, false);
	FeedBlock block;
	int next = 0;
	for (int round = 0; round < 40; round++) {
		send(&pipes, round * 2001, 2001);
		if (round % 3)
			continue;
		ck_assert(feed_take(feed, &block));
		for (int n = 0; n < block.count; n++, next++)
			ck_assert_int_eq(
			        lround((double)block.samples[n] * 32768), next % 1000);
	}
	close(pipes.in);
	ck_assert_int_eq(feed_rate(feed), 16000);
	while (feed_take(feed, &block))
		for (int n = 0; n < block.count; n++, next++)
			ck_assert_int_eq(
			        lround((double)block.samples[n] * 32768), next % 1000);
	ck_assert_int_eq(next, 40 * 2001);
	ck_assert_int_eq(feed_dropped(feed), 0);
	ck_assert_ptr_null(feed_error(feed));
	feed_close(feed);
	arena_free(arena);
}
END_TEST

/* Nobody takes anything while more comes than there is room for: 1024 blocks of 1024. */
START_TEST(feed_counts_what_it_drops)
{
	Arena *arena = arena_new("test");
	Pipes pipes = pipes_new();
	Feed *feed = feed_new(arena, &pipes, false, true);
	enum { SENT = 1200 * 1024 };
	FeedBlock block;
	long long heard = 0;
	send(&pipes, 0, SENT);
	close(pipes.in);
	while (!feed_dropped(feed))
		poll(NULL, 0, 1);
	while (feed_take(feed, &block))
		heard += block.count;
	ck_assert_int_lt((int)heard, SENT);
	ck_assert_int_eq((int)(heard + feed_dropped(feed)), SENT);
	feed_close(feed);
	arena_free(arena);
}
END_TEST

START_TEST(feed_stops_when_it_is_told)
{
	Arena *arena = arena_new("test");
	Pipes pipes = pipes_new();
	Feed *feed = feed_new(arena, &pipes, false, false);
	FeedBlock block;
	send(&pipes, 0, 100);
	ck_assert(feed_take(feed, &block));
	ck_assert_int_eq(block.count, 100);
	ck_assert_int_eq(write(pipes.stop, "", 1), 1);
	ck_assert(!feed_take(feed, &block));
	feed_close(feed);
	arena_free(arena);
}
END_TEST

START_TEST(feed_paces_a_file)
{
	Arena *arena = arena_new("test");
	Pipes pipes = pipes_new();
	send(&pipes, 0, 4800); /* .3 s */
	close(pipes.in);
	double begin = seconds_now();
	Feed *feed = feed_new(arena, &pipes, true, false);
	FeedBlock block;
	while (feed_take(feed, &block))
		;
	ck_assert(seconds_now() - begin > 0.28);
	feed_close(feed);
	arena_free(arena);
}
END_TEST

START_TEST(lines_come_one_by_one)
{
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/lines", harness_directory());
	Error error;
	FILE *file = fopen(path, "w");
	fprintf(file, "one\r\n\ntwo\n");
	for (int i = 0; i < LINES_MOST + 10; i++)
		fputc('x', file);
	fprintf(file, "\nlast");
	fclose(file);
	Lines *lines = lines_open(arena, path, &error);
	ck_assert_str_eq(lines_next(lines), "one");
	ck_assert_ptr_null(lines_next(lines)); /* it is empty */
	ck_assert_str_eq(lines_next(lines), "two");
	ck_assert_uint_eq(strlen(lines_next(lines)), LINES_MOST);
	ck_assert_ptr_null(lines_next(lines)); /* the rest of that */
	ck_assert_str_eq(lines_next(lines), "last");
	ck_assert_ptr_null(lines_next(lines));
	lines_close(lines);
	ck_assert_ptr_null(lines_open(arena, "/nowhere/lines", &error));
	ASSERT_CONTAINS(error.text, "/nowhere/lines");

	const char *fifo = arena_format(arena, "%s/fifo", harness_directory());
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	lines = lines_open(arena, fifo, &error); /* does not wait for a writer */
	ck_assert_ptr_null(lines_next(lines));
	int writer = open(fifo, O_WRONLY);
	ck_assert_int_eq(write(writer, "now", 3), 3);
	ck_assert_ptr_null(lines_next(lines)); /* not whole yet */
	ck_assert_int_eq(write(writer, " it is\n", 7), 7);
	ck_assert_str_eq(lines_next(lines), "now it is");
	close(writer);
	lines_close(lines);
	arena_free(arena);
}
END_TEST

START_TEST(delays_are_within_one_per_cent)
{
	static Delays delays;
	ASSERT_CLOSE(delays_within(&delays, 0.5), 0, 0, 0);
	for (int i = 1; i <= 1000; i++)
		delays_add(&delays, i * 1e-4);
	ASSERT_CLOSE(delays_within(&delays, 0.5), 0.05, 0, 0.0101);
	ASSERT_CLOSE(delays_within(&delays, 0.99), 0.099, 0, 0.0101);
	ASSERT_CLOSE(delays_within(&delays, 1), 0.1, 0, 1e-9);
	ASSERT_CLOSE(delays.sum, 50.05, 0, 1e-9);
}
END_TEST

START_TEST(gate_opens_over_the_floor_and_closes_below)
{
	Gate gate = { 0 };
	for (int i = 0; i < 100; i++)
		ck_assert(!gate_step(&gate, -70));
	ck_assert(!gate_step(&gate, gate.floor + GATE_ABOVE - 1));
	ck_assert(gate_step(&gate, gate.floor + GATE_ABOVE + 1));
	ck_assert(gate_step(&gate, gate.floor + GATE_BELOW + 1)); /* it goes on */
	ck_assert(!gate_step(&gate, gate.floor + GATE_BELOW - 1));
	ck_assert(!gate_step(&gate, gate.floor + GATE_BELOW + 1)); /* and not again */
	int steps = 0;
	while (gate_step(&gate, -30) && steps < 10000)
		steps++; /* a hum becomes the floor */
	ASSERT_CLOSE(steps / 100.0, (66 - 30 - GATE_BELOW) / GATE_RISE, 1, 0);
	real half[160];
	for (int n = 0; n < 160; n++)
		half[n] = (real)0.5;
	ASSERT_CLOSE(activity_level(half, 160), -6.02, 0.01, 0);
}
END_TEST

TEST_MAIN("feed", feed_loses_nothing_and_keeps_the_order, feed_counts_what_it_drops,
        feed_stops_when_it_is_told, feed_paces_a_file, lines_come_one_by_one,
        delays_are_within_one_per_cent, gate_opens_over_the_floor_and_closes_below)
