/* Every row that is read is whole and UTF-8; written and read again it is the same. */
#include "emotionnet/corpus/csv.h"
#include "tests/fuzz/fuzz.h"
#include "tensor/utf8.h"

#include <string.h>

static void check_round_trip(Arena *arena, const CsvRow *row)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	FUZZ_CHECK(out);
	csv_write(out, row->count, row->fields);
	FUZZ_CHECK(fclose(out) == 0);

	CsvReader reader;
	CsvRow again;
	Error error;
	Bytes bytes = { (const unsigned char *)text, size };
	FUZZ_CHECK(csv_open(&reader, "again", bytes, &error));
	FUZZ_CHECK(csv_next(&reader, &again, arena, &error) == CSV_ROW);
	FUZZ_CHECK(again.count == row->count);
	for (int i = 0; i < row->count; i++)
		FUZZ_CHECK(strcmp(again.fields[i], row->fields[i]) == 0);
	FUZZ_CHECK(csv_next(&reader, &again, arena, &error) == CSV_END);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	CsvReader reader;
	CsvRow row;
	Error error;
	CsvResult result = CSV_END;
	if (csv_open(&reader, "fuzz", (Bytes){ data, size }, &error))
		do {
			int line = reader.line;
			result = csv_next(&reader, &row, arena, &error);
			FUZZ_CHECK(reader.line >= line);
			if (result != CSV_ROW)
				continue;
			FUZZ_CHECK(row.count == reader.columns && row.line >= line);
			for (int i = 0; i < row.count; i++) {
				size_t length = strlen(row.fields[i]);
				FUZZ_CHECK(utf8_invalid(row.fields[i], length) == length);
			}
			check_round_trip(arena, &row);
		} while (result != CSV_END);
	arena_free(arena);
	return 0;
}
