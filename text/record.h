/* record.h: a struct kept in a file, written and read by one function, so that the two
 * cannot drift apart:
 *
 *     static void keep(Record *record, Point *point)
 *     {
 *             record_text(record, "name", &point->name);
 *             record_int(record, "x", &point->x, 0, 100);
 *     }
 *
 * A record is written as JSON, whose keys stand in that order, or as metadata of a model
 * (safetensors.h), whose keys stand in any; and it is read from either. A record that
 * writes changes nothing in the struct. After the first failure every call does nothing,
 * and what was read means nothing. */
#ifndef TEXT_RECORD_H
#define TEXT_RECORD_H

#include "layers/safetensors.h"
#include "tensor/file/json.h"

#include <stdint.h>
#include <stdio.h>

/* Numbers of a model are smaller than this: what is larger would overflow in it. */
#define RECORD_MOST 1e30

typedef struct Record {
	Arena *arena;   /* where what is read lives, and what is written as metadata */
	FILE *out;      /* JSON is written here, */
	Json *json;     /* or read from here, */
	Metadata *list; /* or metadata are added to these, */
	const Metadata *metadata; /* or found in these: one of the four is not NULL */
	const char *path;         /* for messages; JSON that is read has its own */
	Error *error;
	bool failed;
	int room;   /* of the list */
	bool first; /* of JSON: no value stands before the next one */
} Record;

bool record_reads(const Record *record);
/* JSON fails at the byte that was read last, metadata with the path alone. */
void record_fail(Record *record, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
/* The same in the words that all of them have: "key" is "text": expected ... */
void record_refuse(
        Record *record, const char *name, const char *text, const char *expected);
/* Whether there is something to read; where it writes, there is. */
bool record_has(const Record *record, const char *name);

/* Numbers must be finite and lie within their bounds, when read and when written. */
void record_int(Record *record, const char *name, int *value, int least, int most);
void record_real(
        Record *record, const char *name, double *value, double least, double most);
void record_count(Record *record, const char *name, uint64_t *value);
void record_flag(Record *record, const char *name, bool *value);
void record_text(Record *record, const char *name, const char **value);
void record_names(
        Record *record, const char *name, const char *const **names, int *count);
/* The place of a name among `count` names. */
void record_choice(Record *record, const char *name, int *value,
        const char *const names[], int count);
/* `count` numbers, with so many digits; read, they are a new array in the arena. */
void record_reals(
        Record *record, const char *name, const double **values, int count, int digits);

/* What a file of tensors is made of: parameters, and what `keep` says of them (NULL:
 * nothing). */
typedef struct RecordPart {
	const Params *params;
	void (*keep)(Record *record, void *context);
	void *context;
} RecordPart;

/* Writes the parts into one file (safetensors_save), tensors and metadata in their order;
 * scratch is a child of `arena`. */
bool record_save(Arena *arena, const RecordPart parts[], int count, const char *path,
        Error *error);

/* ---- of JSON alone ----------------------------------------------------------------- */

void record_hash(Record *record, const char *name, uint64_t *value); /* 16 digits */

/* Within an object the names are its own. Those that stand in a list have none: NULL, as
 * has a number of record_reals in a list. */
void record_open(Record *record, const char *name);
void record_close(Record *record);

/* A list of items of `size` bytes; read, there may be any number of them.
 *
 *     RecordList list = record_list(record, "points", p->points, p->count, sizeof(Point));
 *     for (Point *point; (point = record_next(record, &list));)
 *             keep(record, point);
 *     p->points = list.items;
 *     p->count = list.count; */
typedef struct RecordList {
	const char *name;
	void *items;
	int count, room, at;
	size_t size;
	bool fixed;
} RecordList;
RecordList record_list(
        Record *record, const char *name, const void *items, int count, size_t size);
/* The same where there must be just so many of them. */
RecordList record_list_of(
        Record *record, const char *name, const void *items, int count, size_t size);
/* The next item, read: all zero; NULL after the last. What an earlier call gave may have
 * moved. */
void *record_next(Record *record, RecordList *list);

#endif
