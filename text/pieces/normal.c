/* The text becomes an array of code points, each step makes an array of it, and the last
 * one is written as bytes again.
 *
 * NFD takes every letter apart, to the end, and brings the marks behind it into growing
 * order of their classes; NFC puts together again what NFD has made, as long as no mark
 * of the same class stands between (Unicode 3.11). */
#include "text/pieces/normal.h"
#include "text/pieces/unicode.h"
#include "tensor/utf8.h"

#include <string.h>

enum { SPACE_MARK = 0x2581 }; /* "▁" */

typedef struct Points {
	Arena *arena;
	uint32_t *at;
	size_t count;
} Points;

/* Room for `most` points; none is there yet. */
static Points room_for(Arena *arena, size_t most)
{
	return (Points){ arena, arena_array(arena, most, sizeof(uint32_t)), 0 };
}

static void put(Points *points, uint32_t point)
{
	points->at[points->count++] = point;
}

static Points points_of(Arena *arena, TokenBytes text)
{
	Points points = room_for(arena, text.size);
	for (size_t at = 0; at < text.size;) {
		Utf8 next = utf8_next(text.at + at, text.size - at);
		put(&points, next.point);
		at += (size_t)next.bytes;
	}
	return points;
}

static TokenBytes bytes_of(Arena *arena, const Points *points)
{
	char *out = arena_alloc(arena, 4 * points->count + 1), *end = out;
	for (size_t i = 0; i < points->count; i++)
		end += utf8_put(end, points->at[i]);
	return (TokenBytes){ out, (size_t)(end - out) };
}

/* ---- steps that look at one character at a time ---------------------------------------- */

static void clean(Points *out, uint32_t point)
{
	if (point && !unicode_is(UNICODE_CONTROL, point))
		put(out, unicode_is_space(point) ? ' ' : point);
}

static void space_ideograph(Points *out, uint32_t point)
{
	bool apart = unicode_is_ideograph(point);
	if (apart)
		put(out, ' ');
	put(out, point);
	if (apart)
		put(out, ' ');
}

static void lower(Points *out, uint32_t point)
{
	put(out, unicode_lower(point));
	if (point == 0x130)
		put(out, 0x307); /* İ keeps its dot */
}

static void without_accent(Points *out, uint32_t point)
{
	if (!unicode_is(UNICODE_ACCENT, point))
		put(out, point);
}

static void without_mark(Points *out, uint32_t point)
{
	if (!unicode_is(UNICODE_MARK, point))
		put(out, point);
}

static void mark_space(Points *out, uint32_t point)
{
	put(out, point == ' ' ? (uint32_t)SPACE_MARK : point);
}

/* To the end: the first part may have parts, and theirs may too, but never more than four
 * in a row. */
static void split(Points *out, uint32_t point)
{
	uint32_t parts[2], behind[8];
	int count, waiting = 0;
	while (waiting < 8 && (count = unicode_split(point, parts)) > 0) {
		point = parts[0];
		if (count == 2)
			behind[waiting++] = parts[1];
	}
	put(out, point);
	while (waiting > 0)
		put(out, behind[--waiting]);
}

static Points each(Points in, size_t most, void (*step)(Points *out, uint32_t point))
{
	Points out = room_for(in.arena, most * in.count);
	for (size_t i = 0; i < in.count; i++)
		step(&out, in.at[i]);
	return out;
}

/* ---- the order of marks ------------------------------------------------------------------ */

/* `count` marks in a row, sorted by class; those of one class stay as they stand. */
static void sort_marks(uint32_t *at, size_t count, uint32_t *room)
{
	size_t first[257] = { 0 };
	bool sorted = true;
	for (size_t i = 0; i < count; i++) {
		first[unicode_order(at[i]) + 1]++;
		sorted &= i == 0 || unicode_order(at[i - 1]) <= unicode_order(at[i]);
	}
	if (sorted)
		return;
	for (int class = 1; class <= 256; class ++)
		first[class] += first[class - 1];
	for (size_t i = 0; i < count; i++)
		room[first[unicode_order(at[i])]++] = at[i];
	memcpy(at, room, count * sizeof *at);
}

static Points decompose(Points in)
{
	Points out = each(in, 4, split);
	uint32_t *room = room_for(in.arena, out.count).at;
	for (size_t begin = 0, end; begin < out.count; begin = end + 1) {
		for (end = begin; end < out.count && unicode_order(out.at[end]);)
			end++;
		if (end - begin > 1)
			sort_marks(out.at + begin, end - begin, room);
	}
	return out;
}

static Points compose(Points in)
{
	Points out = room_for(in.arena, in.count);
	size_t base = 0; /* where the last letter stands in `out` */
	bool has_base = false;
	for (size_t i = 0; i < in.count; i++) {
		uint32_t point = in.at[i];
		int order = unicode_order(point);
		bool beside = has_base && base + 1 == out.count;
		int before = out.count ? unicode_order(out.at[out.count - 1]) : 0;
		uint32_t joined = has_base && (beside || before < order)
		                          ? unicode_join(out.at[base], point)
		                          : 0;
		if (joined) {
			out.at[base] = joined;
			continue;
		}
		if (!order) {
			base = out.count;
			has_base = true;
		}
		put(&out, point);
	}
	return out;
}

/* ---- in front ---------------------------------------------------------------------------- */

static Points in_front(Points in, uint32_t point, bool always)
{
	if (!in.count || (!always && in.at[0] == point))
		return in;
	Points out = room_for(in.arena, in.count + 1);
	put(&out, point);
	memcpy(out.at + 1, in.at, in.count * sizeof *in.at);
	out.count += in.count;
	return out;
}

static Points apply(NormalStep step, Points in, bool start)
{
	switch (step) {
	case NORMAL_CLEAN:
		return each(in, 1, clean);
	case NORMAL_IDEOGRAPHS:
		return each(in, 3, space_ideograph);
	case NORMAL_LOWER:
		return each(in, 2, lower);
	case NORMAL_NFD:
		return decompose(in);
	case NORMAL_NFC:
		return compose(decompose(in));
	case NORMAL_ACCENTS:
		return each(in, 1, without_accent);
	case NORMAL_MARKS:
		return each(in, 1, without_mark);
	case NORMAL_SPACE_FIRST:
		return in_front(in, ' ', false);
	case NORMAL_MARK_FIRST:
		return in_front(in, SPACE_MARK, true);
	case NORMAL_MARK_UNLESS:
		return in_front(in, SPACE_MARK, false);
	case NORMAL_MARK_START:
		return start ? in_front(in, SPACE_MARK, false) : in;
	case NORMAL_SPACE_MARKS:
		return each(in, 1, mark_space);
	case NORMAL_END:
		break;
	}
	return in;
}

TokenBytes normal_text(
        const NormalStep steps[], Arena *arena, TokenBytes text, bool start)
{
	if (steps[0] == NORMAL_END && utf8_invalid(text.at, text.size) == text.size)
		return text;
	Points points = points_of(arena, text);
	for (int i = 0; steps[i] != NORMAL_END; i++)
		points = apply(steps[i], points, start);
	return bytes_of(arena, &points);
}
