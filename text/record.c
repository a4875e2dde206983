/* record.c: a value is written or read in JSON or metadata: four ways, side by side.
 * Numbers have as many digits as it takes to read the same bits again: 17 of a double, 9
 * of a float. */
#include "text/record.h"

#include "tensor/file/json_write.h"
#include "text/list.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is wrong ----------------------------------------------------------------- */

bool record_reads(const Record *r)
{
	return r->json || r->metadata;
}

static bool has_failed(const Record *r)
{
	return r->json ? r->json->failed : r->failed;
}

void record_fail(Record *r, const char *format, ...)
{
	char what[ERROR_TEXT / 2];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	if (r->json)
		json_fail(r->json, r->json->at, "%s", what);
	else if (!r->failed)
		error_set(r->error, "%s: %s", r->path, what);
	r->failed = true;
}

/* What is not finite is not written: it could not be read again. */
static void check_written(Record *r, const char *name, double value)
{
	if (!isfinite(value))
		record_fail(r, "\"%s\" would be %g: expected a finite number",
		        name ? name : "an item", value);
}

void record_refuse(Record *r, const char *name, const char *text, const char *expected)
{
	record_fail(r, "%s\"%s\" is \"%.60s\": expected %s",
	        r->metadata ? "metadata " : "", name ? name : "an item", text, expected);
}

/* ---- before a value ---------------------------------------------------------------- */

static void begin(Record *r, const char *name)
{
	if (r->out) {
		if (!r->first)
			fputc(',', r->out);
		r->first = false;
		if (name)
			fprintf(r->out, "\"%s\":", name);
	}
	if (!r->json || !name)
		return;
	size_t at = r->json->at;
	if (!json_next(r->json, '}'))
		json_fail(r->json, at, "expected the key \"%s\", found no more", name);
	else if (strcmp(json_key(r->json), name))
		json_fail(r->json, at, "expected the key \"%s\"", name);
}

static void put(Record *r, const char *name, const char *value)
{
	r->list->items = arena_grow(
	        r->arena, r->list->items, r->list->count, &r->room, sizeof(MetadataItem));
	r->list->items[r->list->count++] = (MetadataItem){ name, value };
}

static const char *get(Record *r, const char *name)
{
	const char *value = metadata_find(r->metadata, name);
	if (!value)
		record_fail(r, "the metadata have no \"%s\"", name);
	return value && !r->failed ? value : "";
}

bool record_has(const Record *r, const char *name)
{
	return !r->metadata || metadata_find(r->metadata, name);
}

/* ---- numbers ----------------------------------------------------------------------- */

static void number(
        Record *r, const char *name, double *value, double least, double most, bool whole)
{
	const char *text = "";
	begin(r, name);
	if (r->out)
		fprintf(r->out, "%.17g", *value);
	if (r->list)
		put(r, name, arena_format(r->arena, "%.17g", *value));
	if (!record_reads(r)) {
		check_written(r, name, *value);
		return;
	}
	bool good = true;
	if (r->json) {
		*value = json_real(r->json);
	} else {
		char *end;
		text = get(r, name);
		*value = strtod(text, &end);
		good = *text && !*end;
	}
	if (has_failed(r))
		return;
	if (r->json)
		text = arena_format(r->arena, "%g", *value);
	bool bounded = least > -(double)INFINITY;
	const char *kind = whole ? "a whole number" : "a number";
	if (!good || !isfinite(*value) || !(*value >= least && *value <= most) ||
	        (whole && floor(*value) != *value))
		record_refuse(r, name, text,
		        bounded ? arena_format(r->arena, "%s from %.10g to %.10g", kind,
		                          least, most)
		                : kind);
}

void record_int(Record *r, const char *name, int *value, int least, int most)
{
	double wide = *value;
	number(r, name, &wide, least, most, true);
	if (record_reads(r))
		*value = has_failed(r) ? least : (int)wide;
}

void record_real(Record *r, const char *name, double *value, double least, double most)
{
	double wide = *value;
	number(r, name, &wide, least, most, false);
	if (record_reads(r))
		*value = has_failed(r) ? least : wide;
}

void record_count(Record *r, const char *name, uint64_t *value)
{
	begin(r, name);
	if (r->out)
		fprintf(r->out, "%" PRIu64, *value);
	if (r->json)
		*value = json_size(r->json);
}

static void write_reals(
        Record *r, const char *name, const double values[], int count, int digits)
{
	enum { MORE = 16 }; /* than digits: a sign, a point, an exponent, a blank */
	char *text = arena_alloc(r->arena, (size_t)count * (size_t)(digits + MORE) + 1);
	char *end = text;
	*end = '\0';
	for (int i = 0; i < count; i++) {
		check_written(r, name, values[i]);
		end += sprintf(end, "%s%.*g",
		        !i       ? ""
		        : r->out ? ","
		                 : " ",
		        digits, values[i]);
	}
	if (r->out)
		fprintf(r->out, "[%s]", text);
	else
		put(r, name, text);
}

void record_reals(
        Record *r, const char *name, const double **values, int count, int digits)
{
	begin(r, name);
	if (!record_reads(r)) {
		write_reals(r, name, *values, count, digits);
		return;
	}
	double *found = ARENA_ARRAY(r->arena, double, (size_t)count);
	const char *text = r->metadata ? get(r, name) : "", *rest = text;
	bool good = true;
	*values = found;
	if (r->json)
		json_open(r->json, '[');
	for (int i = 0; i < count && good; i++) {
		if (r->json) {
			good = json_next(r->json, ']');
			found[i] = good ? json_real(r->json) : 0;
		} else {
			char *end;
			found[i] = strtod(rest, &end);
			good = end > rest && fabs(found[i]) < RECORD_MOST;
			rest = end;
		}
	}
	if (r->json && (!good || json_next(r->json, ']')))
		record_fail(r, "expected %d numbers", count);
	else if (!good)
		record_refuse(r, name, text, arena_format(r->arena, "%d numbers", count));
}

/* ---- words ------------------------------------------------------------------------- */

void record_text(Record *r, const char *name, const char **value)
{
	begin(r, name);
	if (r->out)
		json_text(r->out, *value);
	if (r->list)
		put(r, name, *value);
	if (r->json)
		*value = json_string(r->json);
	if (r->metadata)
		*value = get(r, name);
}

void record_choice(
        Record *r, const char *name, int *value, const char *const names[], int count)
{
	const char *text = record_reads(r) ? "" : names[*value];
	record_text(r, name, &text);
	if (!record_reads(r))
		return;
	for (*value = 0; *value < count; ++*value)
		if (!strcmp(text, names[*value]))
			return;
	*value = 0;
	if (!has_failed(r))
		record_refuse(r, name, text, list_or(r->arena, names, count));
}

/* JSON: 1 or 0. Metadata: yes, or anything else. */
void record_flag(Record *r, const char *name, bool *value)
{
	int number = *value;
	const char *text = *value ? "yes" : "no";
	if (r->out || r->json)
		record_int(r, name, &number, 0, 1);
	else
		record_text(r, name, &text);
	if (record_reads(r))
		*value = r->json ? number : !strcmp(text, "yes");
}

void record_names(Record *r, const char *name, const char *const **names, int *count)
{
	if (r->list)
		put(r, name, list_join(r->arena, *names, *count, "\n"));
	if (r->metadata)
		*names = list_split(r->arena, get(r, name), '\n', count);
	if (r->list || r->metadata)
		return;
	RecordList list = record_list(r, name, *names, *count, sizeof **names);
	for (const char **one; (one = record_next(r, &list));)
		record_text(r, NULL, one);
	if (record_reads(r)) {
		*names = list.items;
		*count = list.count;
	}
}

/* 16 hexadecimal digits: JSON's own numbers do not hold 64 bits everywhere. */
void record_hash(Record *r, const char *name, uint64_t *value)
{
	char digits[17];
	const char *text = digits;
	snprintf(digits, sizeof digits, "%016" PRIx64, *value);
	record_text(r, name, &text);
	if (record_reads(r) && !has_failed(r) &&
	        (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16))
		record_refuse(r, name, text, "16 hexadecimal digits");
	if (record_reads(r))
		*value = has_failed(r) ? 0 : strtoull(text, NULL, 16);
}

/* ---- objects and lists ------------------------------------------------------------- */

static void open_bracket(Record *r, const char *name, char bracket)
{
	begin(r, name);
	if (r->out)
		fputc(bracket, r->out);
	if (r->json)
		json_open(r->json, bracket);
	r->first = true;
}

void record_open(Record *r, const char *name)
{
	open_bracket(r, name, '{');
}

void record_close(Record *r)
{
	if (r->out)
		fputc('}', r->out);
	r->first = false;
	if (r->json && json_next(r->json, '}'))
		record_fail(r, "expected no further key");
}

RecordList record_list(
        Record *r, const char *name, const void *items, int count, size_t size)
{
	open_bracket(r, name, '[');
	RecordList list = { .name = name, .size = size };
	if (r->out) {
		list.items = (void *)items;
		list.count = count;
	}
	return list;
}

RecordList record_list_of(
        Record *r, const char *name, const void *items, int count, size_t size)
{
	RecordList list = record_list(r, name, items, count, size);
	list.count = count;
	list.fixed = true;
	if (r->json)
		list.items = arena_array(r->arena, (size_t)count, size);
	return list;
}

void *record_next(Record *r, RecordList *list)
{
	bool more = r->json ? json_next(r->json, ']') : list->at < list->count;
	if (r->json && list->fixed && more != (list->at < list->count)) {
		record_fail(r, "\"%s\": expected %d of them", list->name, list->count);
		return NULL;
	}
	if (!more && r->out)
		fputc(']', r->out);
	if (!more) {
		r->first = false;
		return NULL;
	}
	if (r->json && !list->fixed) {
		list->items = arena_grow(
		        r->arena, list->items, list->count++, &list->room, list->size);
	}
	return (char *)list->items + (size_t)list->at++ * list->size;
}

/* ---- a file of tensors ------------------------------------------------------------- */

bool record_save(
        Arena *arena, const RecordPart parts[], int count, const char *path, Error *error)
{
	Arena *scratch = arena_child(arena, "file of tensors");
	Metadata metadata = { 0 };
	Record record = {
		.arena = scratch, .list = &metadata, .path = path, .error = error
	};
	Params tensors = params_new(scratch);
	for (int p = 0; p < count; p++) {
		if (parts[p].keep)
			parts[p].keep(&record, parts[p].context);
		for (int i = 0; i < parts[p].params->count; i++)
			params_add_view(&tensors, NULL, parts[p].params->items[i]);
	}
	bool saved = !record.failed && safetensors_save(&tensors, &metadata, path, error);
	arena_free(scratch);
	return saved;
}
