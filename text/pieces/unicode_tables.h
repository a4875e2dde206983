/* unicode_tables.h: the tables that unicode.c searches. Each is one row of numbers after
 * another, by growing first number. */
#ifndef TEXT_PIECES_UNICODE_TABLES_H
#define TEXT_PIECES_UNICODE_TABLES_H

#include "text/pieces/unicode.h"

typedef struct UnicodeTable {
	const uint32_t *rows;
	int count; /* of rows */
} UnicodeTable;

extern const UnicodeTable unicode_classes[UNICODE_CLASSES]; /* first, last */
extern const UnicodeTable unicode_capitals; /* first, last, step, distance */
extern const UnicodeTable unicode_orders;   /* first, last, combining class */
extern const UnicodeTable unicode_parts;    /* letter, base, mark */
extern const UnicodeTable unicode_twins;    /* character, the one it stands for */

/* A mark of unicode_parts with this bit is never put together with its base again. */
#define UNICODE_APART 0x80000000u

#endif
