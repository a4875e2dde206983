/* A character takes 1 to 4 bytes; the first says how many, each further one is 10xxxxxx:
 *
 *     U+0000..U+007F      0xxxxxxx
 *     U+0080..U+07FF      110xxxxx 10xxxxxx
 *     U+0800..U+FFFF      1110xxxx 10xxxxxx 10xxxxxx
 *     U+10000..U+10FFFF   11110xxx 10xxxxxx 10xxxxxx 10xxxxxx
 *
 * The second byte alone decides whether a form is overlong (after E0, F0), a surrogate
 * (after ED) or beyond the last code point (after F4): Unicode, table 3-7. */
#include "tensor/utf8.h"

#include <string.h>

typedef struct Lead {
	int bytes;                /* of the whole character; 0: no character begins so */
	unsigned first;           /* what the first byte gives to the code point */
	unsigned lowest, highest; /* of the second byte */
} Lead;

static Lead lead_of(unsigned byte)
{
	if (byte >= 0xC2 && byte <= 0xDF)
		return (Lead){ 2, byte & 0x1F, 0x80, 0xBF };
	if (byte >= 0xE0 && byte <= 0xEF)
		return (Lead){ 3, byte & 0x0F, byte == 0xE0 ? 0xA0 : 0x80,
			byte == 0xED ? 0x9F : 0xBF };
	if (byte >= 0xF0 && byte <= 0xF4)
		return (Lead){ 4, byte & 0x07, byte == 0xF0 ? 0x90 : 0x80,
			byte == 0xF4 ? 0x8F : 0xBF };
	return (Lead){ .bytes = 0 };
}

Utf8 utf8_next(const char *text, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;
	if (bytes[0] < 0x80)
		return (Utf8){ bytes[0], 1, true };
	Lead lead = lead_of(bytes[0]);
	if (!lead.bytes)
		return (Utf8){ UTF8_REPLACEMENT, 1, false };
	uint32_t point = lead.first;
	unsigned lowest = lead.lowest, highest = lead.highest;
	for (int i = 1; i < lead.bytes; i++) {
		if ((size_t)i == size || bytes[i] < lowest || bytes[i] > highest)
			return (Utf8){ UTF8_REPLACEMENT, i, false };
		point = point << 6 | (bytes[i] & 0x3Fu);
		lowest = 0x80, highest = 0xBF;
	}
	return (Utf8){ point, lead.bytes, true };
}

int utf8_put(char out[4], uint32_t point)
{
	if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
		point = UTF8_REPLACEMENT;
	int bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	static const unsigned lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (int i = bytes - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (point & 0x3F));
		point >>= 6;
	}
	out[0] = (char)(lead[bytes] | point);
	return bytes;
}

size_t utf8_invalid(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(text + at, size - at);
		if (!next.valid)
			return at;
		at += (size_t)next.bytes;
	}
	return size;
}

/* ---- what is shown ------------------------------------------------------------------ */

bool utf8_is_control(uint32_t point)
{
	return (point < 0x20 && point != '\n' && point != '\t') ||
	       (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
	       (point >= 0x2066 && point <= 0x2069) || point == 0xFFFE || point == 0xFFFF;
}

void utf8_clean(char *text)
{
	size_t size = strlen(text);
	char *out = text;
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(text + at, size - at);
		bool shown = next.valid && !utf8_is_control(next.point);
		if (shown)
			memmove(out, text + at, (size_t)next.bytes);
		else
			*out = '?';
		out += shown ? next.bytes : 1;
		at += (size_t)next.bytes;
	}
	*out = '\0';
}
