/* The tables are sorted by their first number and searched by halves. ASCII, most of all
 * texts, is answered by the first rows alone in few steps. */
#include "text/pieces/unicode.h"
#include "text/pieces/unicode_tables.h"

#include <stddef.h>

/* The last row whose first number is not above the point; NULL: there is none. */
static const uint32_t *row_of(UnicodeTable table, int columns, uint32_t point)
{
	int low = 0, high = table.count;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (table.rows[middle * columns] <= point)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? table.rows + (ptrdiff_t)(low - 1) * columns : NULL;
}

bool unicode_is(UnicodeClass class, uint32_t point)
{
	const uint32_t *run = row_of(unicode_classes[class], 2, point);
	return run && point <= run[1];
}

bool unicode_is_space(uint32_t point)
{
	return (point >= 0x09 && point <= 0x0D) || point == ' ' || point == 0x85 ||
	       point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
	       point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F ||
	       point == 0x3000;
}

bool unicode_is_ideograph(uint32_t point)
{
	static const uint32_t runs[] = { 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAFF,
		0x20000, 0x2A6DF, 0x2A700, 0x2B81F, 0x2B920, 0x2CEAF, 0x2F800, 0x2FA1F };
	const uint32_t *run = row_of((UnicodeTable){ runs, 7 }, 2, point);
	return run && point <= run[1];
}

uint32_t unicode_lower(uint32_t point)
{
	const uint32_t *run = row_of(unicode_capitals, 4, point);
	if (point == 0x130)
		return 'i';
	if (!run || point > run[1] || (point - run[0]) % run[2])
		return point;
	return point + run[3]; /* modulo 2^32: the distance may be below zero */
}

int unicode_order(uint32_t point)
{
	const uint32_t *run = row_of(unicode_orders, 3, point);
	return run && point <= run[1] ? (int)run[2] : 0;
}

/* ---- Hangul: 19 first letters, 21 vowels, 27 last letters or none (Unicode 3.12) ------ */

enum {
	SYLLABLES = 0xAC00,
	FIRSTS = 0x1100,
	VOWELS = 0x1161,
	LASTS = 0x11A7, /* this one stands for none */
	FIRST_COUNT = 19,
	VOWEL_COUNT = 21,
	LAST_COUNT = 28,
	SYLLABLE_COUNT = FIRST_COUNT * VOWEL_COUNT * LAST_COUNT,
};

static bool split_hangul(uint32_t point, uint32_t parts[2])
{
	uint32_t syllable = point - SYLLABLES; /* wraps round below them */
	if (syllable >= SYLLABLE_COUNT)
		return false;
	uint32_t last = syllable % LAST_COUNT, pair = syllable / LAST_COUNT;
	parts[0] = last ? point - last : FIRSTS + pair / VOWEL_COUNT;
	parts[1] = last ? LASTS + last : VOWELS + pair % VOWEL_COUNT;
	return true;
}

static uint32_t join_hangul(uint32_t base, uint32_t next)
{
	uint32_t first = base - FIRSTS, vowel = next - VOWELS;
	if (first < FIRST_COUNT && vowel < VOWEL_COUNT)
		return SYLLABLES + (first * VOWEL_COUNT + vowel) * LAST_COUNT;
	uint32_t syllable = base - SYLLABLES, last = next - LASTS;
	bool open = syllable < SYLLABLE_COUNT && syllable % LAST_COUNT == 0;
	return open && last > 0 && last < LAST_COUNT ? base + last : 0;
}

/* ---- parts ---------------------------------------------------------------------------- */

int unicode_split(uint32_t point, uint32_t parts[2])
{
	if (point < 0xC0)
		return 0;
	if (split_hangul(point, parts))
		return 2;
	const uint32_t *row = row_of(unicode_parts, 3, point);
	if (row && row[0] == point) {
		parts[0] = row[1];
		parts[1] = row[2] & ~UNICODE_APART;
		return 2;
	}
	row = row_of(unicode_twins, 2, point);
	if (!row || row[0] != point)
		return 0;
	parts[0] = row[1];
	return 1;
}

uint32_t unicode_join(uint32_t base, uint32_t mark)
{
	uint32_t syllable = join_hangul(base, mark);
	if (syllable || !unicode_is(UNICODE_MARK, mark))
		return syllable;
	for (int i = 0; i < unicode_parts.count; i++) {
		const uint32_t *row = unicode_parts.rows + (ptrdiff_t)i * 3;
		if (row[1] == base && row[2] == mark)
			return row[0];
	}
	return 0;
}
