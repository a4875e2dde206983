/* json.h: reads JSON (RFC 8259) from memory, value by value, as its caller expects it.
 *
 * No tree is built and nothing recurses: the caller says what must come next, and
 * anything else is an error with its byte. After the first error every call does nothing
 * and returns nothing, so that a reader is straight code with one check at its end:
 *
 *     json_open(&json, '{');
 *     while (json_next(&json, '}')) {
 *             const char *key = json_key(&json);
 *             size_t value = json_size(&json);
 *             ...
 *     }
 *     if (!json_end(&json))
 *             return false; */
#ifndef TENSOR_FILE_JSON_H
#define TENSOR_FILE_JSON_H

#include "tensor/file/file.h"

typedef struct Json {
	const char *path; /* for messages */
	Bytes text;    /* UTF-8, with one 0 after its last byte, as file_read leaves it */
	size_t offset; /* of the text in its file, for messages */
	Arena *arena;  /* where strings are decoded to */
	Error *error;
	size_t at; /* the next byte to read; the rest are zero at first, too */
	bool first, failed;
} Json;

/* Expects `bracket`: '{' or '['. */
void json_open(Json *json, char bracket);
/* Is there another member or element? Expects a comma between two; false after `bracket`,
 * the closing one, and after an error. */
bool json_next(Json *json, char bracket);

const char *json_key(Json *json); /* "key": */
const char *json_string(
        Json *json);          /* valid UTF-8, decoded, without a 0 inside; "" on error */
size_t json_size(Json *json); /* a whole number that fits; 0 on error */
double json_real(Json *json); /* any finite number; 0 on error */

/* Expects nothing more than white space. True if there was no error at all. */
bool json_end(Json *json);

/* Fails at byte `at` of the text, unless it failed already, with a message of the
 * caller's own. */
void json_fail(Json *json, size_t at, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

#endif
