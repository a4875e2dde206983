#include "tutorials/grader/results.h"
#include "tensor/file/file.h"
#include "tensor/file/json_write.h"
#include "tensor/utf8.h"

#include <stdlib.h>
#include <string.h>

int results_points(const Results *results)
{
	int points = 0;
	for (int i = 0; i < results->count; i++)
		points += results->all[i].points;
	return points;
}

int results_most(const Results *results)
{
	int most = 0;
	for (int i = 0; i < results->count; i++)
		most += results->all[i].most;
	return most;
}

static bool is_control(uint32_t point)
{
	return (point < 0x20 && point != '\n' && point != '\t') ||
	       (point >= 0x7f && point < 0xa0);
}

void results_clean(char *text, size_t size)
{
	size_t used = 0, length = strlen(text);
	char *from = malloc(length + 1);
	if (!from)
		error_out_of_memory("results", length);
	memcpy(from, text, length + 1);
	for (size_t i = 0; i < length && used + 4 < size;) {
		Utf8 character = utf8_next(from + i, length - i);
		uint32_t point = character.valid ? character.point : '?';
		if (!is_control(point))
			used += (size_t)utf8_put(text + used, point);
		i += (size_t)character.bytes;
	}
	text[used] = '\0';
	free(from);
}

/* The message, each line indented. */
static void print_message(FILE *out, const char *message)
{
	while (*message) {
		int length = (int)strcspn(message, "\n");
		fprintf(out, "         %.*s\n", length, message);
		message += length + (message[length] == '\n');
	}
}

void results_line(FILE *out, const Result *result, bool detailed)
{
	fprintf(out, "  %2d/%-2d  %s\n", result->points, result->most, result->title);
	if (detailed)
		print_message(out, result->message);
}

/* The check before this one that failed with the same words; NULL if none did. */
static const Result *same_before(const Results *results, int index)
{
	for (int i = 0; i < index; i++)
		if (results->all[index].message[0] &&
		        !strcmp(results->all[i].message, results->all[index].message))
			return &results->all[i];
	return NULL;
}

static void print_text(FILE *out, const void *what)
{
	const Results *results = what;
	for (int i = 0; i < results->count; i++) {
		const Result *before = same_before(results, i);
		results_line(out, &results->all[i], !before);
		if (before)
			fprintf(out, "         The same as in: %s.\n", before->title);
	}
	fprintf(out, "%d of %d points.\n", results_points(results),
	        results_most(results));
}

static void print_json(FILE *out, const void *what)
{
	const Results *results = what;
	fprintf(out, "{\"score\":%d,\"tests\":[", results_points(results));
	for (int i = 0; i < results->count; i++) {
		const Result *r = &results->all[i];
		fprintf(out, "%s\n{\"number\":\"%d\",\"name\":", i ? "," : "", i + 1);
		json_text(out, r->title);
		fprintf(out,
		        ",\"score\":%d,\"max_score\":%d,\"status\":\"%s\",\"output\":",
		        r->points, r->most, r->passed ? "passed" : "failed");
		json_text(out, r->message);
		fprintf(out, ",\"visibility\":\"visible\"}");
	}
	fprintf(out, "]}\n");
}

static bool write_file(const char *folder, const char *name,
        void (*print)(FILE *, const void *), const void *what)
{
	Arena *arena = arena_new("results");
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		error_out_of_memory("results", 0);
	print(out, what);
	fclose(out);
	Error error = { "" };
	FileWriter *writer =
	        file_open(arena, arena_format(arena, "%s/%s", folder, name), &error);
	if (writer)
		file_write(writer, text, size);
	bool written = writer && file_close(writer, &error);
	if (!written)
		fprintf(stderr, "grade: %s\n", error.text);
	free(text);
	arena_free(arena);
	return written;
}

bool results_write(const Results *results, const char *folder)
{
	bool text = write_file(folder, "results.txt", print_text, results);
	return write_file(folder, "results.json", print_json, results) && text;
}

static bool ends_line(const char *text)
{
	size_t length = strlen(text);
	return length > 0 && text[length - 1] == '\n';
}

static void print_refused_text(FILE *out, const void *message)
{
	fprintf(out, "%s%s0 points.\n", (const char *)message,
	        ends_line(message) ? "" : "\n");
}

static void print_refused_json(FILE *out, const void *message)
{
	fprintf(out, "{\"score\":0,\"output\":");
	json_text(out, message);
	fprintf(out, ",\"tests\":[]}\n");
}

bool results_write_refused(const char *message, const char *folder)
{
	bool text = write_file(folder, "results.txt", print_refused_text, message);
	return write_file(folder, "results.json", print_refused_json, message) && text;
}
