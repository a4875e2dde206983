/* predictions.c: see predictions.h. */
#include "emotionnet/command/predictions.h"

#include "emotionnet/corpus/csv.h"
#include "emotionnet/score/coverage.h"
#include "tensor/file/file.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST = 4 }; /* columns before the probabilities */

static void write_rows(FILE *out, Arena *arena, const Corpus *corpus,
        const Labels *labels, const Verdict *verdict, double abstain)
{
	int columns = FIRST + labels->count;
	const char **fields = ARENA_ARRAY(arena, const char *, (size_t)columns);
	static const char *const head[FIRST] = { "id", "speaker", "label", "answer" };
	memcpy(fields, head, sizeof head);
	for (int c = 0; c < labels->count; c++)
		fields[FIRST + c] = arena_format(arena, "p_%s", labels->names[c]);
	csv_write(out, columns, fields);
	for (int i = 0; i < verdict->data.count; i++) {
		ArenaMark mark = arena_mark(arena);
		const Example *example = &verdict->data.items[i];
		const Utterance *u = &corpus->utterances[example->utterance];
		Tensor p = tensor_row(verdict->probabilities, i);
		fields[0] = u->id;
		fields[1] = u->speaker;
		fields[2] = labels->names[example->label];
		fields[3] = answer_sure(p.data, labels->count, abstain)
		                    ? labels->names[tensor_argmax(p)]
		                    : NOT_SURE;
		for (int c = 0; c < labels->count; c++)
			fields[FIRST + c] =
			        arena_format(arena, "%.9g", (double)p.data[c]);
		csv_write(out, columns, fields);
		arena_rewind(arena, mark);
	}
}

/* What csv.h would not read again, row by row, is not written. */
static bool check_rows(
        const char *path, Arena *arena, Bytes bytes, int rows, Error *error)
{
	CsvReader reader;
	CsvRow row;
	int found = 0;
	CsvResult result = CSV_BAD;
	if (csv_open(&reader, path, bytes, error))
		while ((result = csv_next(&reader, &row, arena, error)) == CSV_ROW)
			found++;
	return result == CSV_END &&
	       (found == rows || error_set(error, "%s: expected %d rows, found %d", path,
	                                 rows, found));
}

bool predictions_write(const char *path, Arena *arena, const Corpus *corpus,
        const Labels *labels, const Verdict *verdict, double abstain, Error *error)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		return error_set(error, "%s: there is no memory for it", path);
	write_rows(out, arena, corpus, labels, verdict, abstain);
	bool good = !ferror(out);
	good = !fclose(out) && good;
	if (!good)
		error_set(error, "%s: there is no memory for it", path);
	Bytes bytes = { (const unsigned char *)text, size };
	good = good && check_rows(path, arena, bytes, 1 + verdict->data.count, error);
	FileWriter *writer = good ? file_open(arena, path, error) : NULL;
	if (writer)
		file_write(writer, text, size);
	good = writer && file_close(writer, error);
	free(text);
	return good;
}
