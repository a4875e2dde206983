#include "emotionnet/corpus/csv.h"
#include "tests/support/harness.h"

#include <stdlib.h>
#include <string.h>

static CsvReader reader_of(const char *text)
{
	CsvReader reader;
	Error error;
	Bytes bytes = { (const unsigned char *)text, strlen(text) };
	ck_assert_msg(csv_open(&reader, "t.csv", bytes, &error), "%s", error.text);
	return reader;
}

/* Each row as "line:[field][field]", bad ones as "message". */
static const char *all_rows(Arena *arena, CsvReader *reader)
{
	const char *all = "";
	for (;;) {
		CsvRow row;
		Error error;
		CsvResult result = csv_next(reader, &row, arena, &error);
		if (result == CSV_END)
			return all;
		if (result == CSV_BAD) {
			all = arena_format(arena, "%s\"%s\" ", all, error.text);
			continue;
		}
		all = arena_format(arena, "%s%d:", all, row.line);
		for (int i = 0; i < row.count; i++)
			all = arena_format(arena, "%s[%s]", all, row.fields[i]);
		all = arena_format(arena, "%s ", all);
	}
}

static void check(const char *text, const char *expected)
{
	Arena *arena = arena_new("test");
	CsvReader reader = reader_of(text);
	ck_assert_str_eq(all_rows(arena, &reader), expected);
	arena_free(arena);
}

START_TEST(csv_plain_rows_give_their_fields_and_lines)
{
	check("a,b\n1,2\n3,4\n", "1:[a][b] 2:[1][2] 3:[3][4] ");
	check("a,b\n1,2", "1:[a][b] 2:[1][2] "); /* no line end at the end */
	check("a,b\n,\n1,\n", "1:[a][b] 2:[][] 3:[1][] ");
	check("a,b\n1,", "1:[a][b] 2:[1][] ");
	check("a\r\nb\rc\n", "1:[a] 2:[b] 3:[c] ");
	check("\xEF\xBB\xBF"
	      "a,b\n",
	        "1:[a][b] ");
	check("", "");
	check("\n\r\n", "");
	check("a,b\n\n\r\n1,2\n\n", "1:[a][b] 4:[1][2] ");
}
END_TEST

START_TEST(csv_quoted_fields_hold_anything)
{
	check("\"a,b\",\"say \"\"hi\"\"\"\n", "1:[a,b][say \"hi\"] ");
	check("\"one\ntwo\r\nthree\",x\ny,z\n", "1:[one\ntwo\r\nthree][x] 4:[y][z] ");
	check("\"\",\"\"\"\"\n", "1:[][\"] ");
	check("a \"b\" c,d\n", "1:[a \"b\" c][d] "); /* plain quotes inside are text */
}
END_TEST

START_TEST(csv_wrong_number_of_columns_names_the_line_and_goes_on)
{
	check("a,b\n1,2,3\n4\n5,6\n",
	        "1:[a][b] \"t.csv:2: expected 2 columns as in the first row, found 3\" \"t.csv:3: expected 2 columns as in the first row, found 1\" 4:[5][6] ");
}
END_TEST

START_TEST(csv_unclosed_quote_names_its_line_and_costs_one)
{
	check("a,b\n1,\"2\n3,4\n",
	        "1:[a][b] \"t.csv:2: column 2: expected a closing quote before the end of the file, found none for the quote that opens on this line\" 3:[3][4] ");
	/* the quote opens on the row's second line */
	check("\"a\nb\",\"c\nd,e\n",
	        "\"t.csv:2: column 2: expected a closing quote before the end of the file, found none for the quote that opens on this line\" \"t.csv:2: column 2: expected a closing quote before the end of the file, found none for the quote that opens on this line\" 3:[d][e] ");
	check("\"",
	        "\"t.csv:1: column 1: expected a closing quote before the end of the file, found none for the quote that opens on this line\" ");
}
END_TEST

/* A quote that was forgotten takes the next one for its end, and what follows betrays
 * it. */
START_TEST(csv_text_after_a_closing_quote_names_the_line)
{
	check("a,b\n1,\"2\n3,\"4\"\n5,6\n",
	        "1:[a][b] \"t.csv:2: column 2: expected a comma or the end of the line after the closing quote. Hint: within quotes a quote is written twice\" 3:[3][4] 4:[5][6] ");
}
END_TEST

START_TEST(csv_bytes_that_are_no_text_name_the_row)
{
	check("a,b\n1,caf\xE9\n3,4\n",
	        "1:[a][b] \"t.csv:2: byte 9: expected UTF-8, found 0xE9. Hint: if a program on Windows wrote the file: iconv -f CP1252 -t UTF-8\" 3:[3][4] ");
	Arena *arena = arena_new("test");
	CsvReader reader;
	Error error;
	Bytes zero = { (const unsigned char *)"a\nb\0c\nd\n", 8 };
	ck_assert(csv_open(&reader, "t.csv", zero, &error));
	ck_assert_str_eq(all_rows(arena, &reader),
	        "1:[a] \"t.csv:2: expected text, found a byte that is 0\" 3:[d] ");
	Bytes utf16 = { (const unsigned char *)"\xFF\xFE"
		                               "a\0",
		4 };
	ck_assert(!csv_open(&reader, "t.csv", utf16, &error));
	ASSERT_CONTAINS(error.text, "t.csv: byte 0: expected UTF-8, found UTF-16");
	arena_free(arena);
}
END_TEST

START_TEST(csv_semicolons_and_tabs_are_read_where_there_is_no_comma)
{
	check("a;b\n1;\"2;3\"\n4,5;6\n", "1:[a][b] 2:[1][2;3] 3:[4,5][6] ");
	check("a\tb\n1\t2\n", "1:[a][b] 2:[1][2] ");
	check("a;b,c\n1,2\n", "1:[a;b][c] 2:[1][2] ");
	check("\"a,b\";c\n1;2\n", "1:[a,b][c] 2:[1][2] ");
	check("\"a;b\"\n1\n", "1:[a;b] 2:[1] ");
	check("sep=;\r\na,x;b\r\n1;2\r\n", "2:[a,x][b] 3:[1][2] ");
	check("sep=,", "");
	check("a;b\n\"1\"x;2\n",
	        "1:[a][b] \"t.csv:2: column 1: expected a semicolon or the end of the line after the closing quote. Hint: within quotes a quote is written twice\" ");
}
END_TEST

START_TEST(csv_empty_fields_behind_the_last_column_are_left_out)
{
	check("a,b\n1,2,,\n3,4,,5\n",
	        "1:[a][b] 2:[1][2] \"t.csv:3: expected 2 columns as in the first row, found 4\" ");
}
END_TEST

/* The same apostrophe as a byte of Windows-1252, as what Latin-1 makes of it, and as it
 * should be; told once. */
START_TEST(csv_marks_of_windows_are_read_as_meant_and_told)
{
	Arena *arena = arena_new("test");
	CsvReader reader =
	        reader_of("can\x92t,\xC2\x93so\x94\ncan\xC2\x92t,\xE2\x80\x99\n");
	char *told;
	size_t size;
	reader.warnings = open_memstream(&told, &size);
	ck_assert_str_eq(all_rows(arena, &reader), "1:[can’t][“so”] 2:[can’t][’] ");
	ck_assert_int_eq(fclose(reader.warnings), 0);
	ck_assert_str_eq(told,
	        "Note: t.csv:1: 0x92 is read as Windows-1252 has it: ’. Others are read likewise.\n");
	free(told);
	arena_free(arena);
	/* a byte that even Windows-1252 does not have */
	check("a\x81\n",
	        "\"t.csv:1: byte 1: expected UTF-8, found 0x81. Hint: if a program on Windows wrote the file: iconv -f CP1252 -t UTF-8\" ");
}
END_TEST

/* Wherever a file is cut, the reader ends, and the rows before the cut are there. */
START_TEST(csv_cut_at_every_byte_gives_the_rows_before)
{
	static const char whole[] = "a,b\n\"x\ny\",\"\"\"q\"\"\"\n\xC3\xA9,z\n";
	for (size_t size = 0; size < sizeof whole; size++) {
		Arena *arena = arena_new("test");
		unsigned char *copy = arena_copy(arena, whole, size);
		CsvReader reader;
		ck_assert(csv_open(&reader, "t.csv", (Bytes){ copy, size }, NULL));
		const char *rows = all_rows(arena, &reader);
		if (size >= 4)
			ck_assert(strncmp(rows, "1:[a][b] ", 9) == 0);
		if (size >= 19)
			ASSERT_CONTAINS(rows, "2:[x\ny][\"q\"] ");
		arena_free(arena);
	}
}
END_TEST

START_TEST(csv_written_rows_are_read_back_the_same)
{
	static const char *const rows[][3] = {
		{ "plain", "with space", "" },
		{ "comma,", "say \"hi\"", "line\nend" },
		{ "\r", "é’", "\"" },
	};
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/t.csv", harness_directory());
	FILE *out = fopen(path, "wb");
	ck_assert_ptr_nonnull(out);
	for (int i = 0; i < 3; i++)
		csv_write(out, 3, rows[i]);
	ck_assert_int_eq(fclose(out), 0);

	Bytes bytes;
	Error error;
	ck_assert(file_read(&bytes, arena, path, &error));
	ck_assert(
	        strncmp((const char *)bytes.data,
	                "plain,with space,\n\"comma,\",\"say \"\"hi\"\"\",\"line\nend\"\n",
	                48) == 0);
	CsvReader reader;
	ck_assert(csv_open(&reader, path, bytes, &error));
	for (int i = 0; i < 3; i++) {
		CsvRow row;
		ck_assert_int_eq(csv_next(&reader, &row, arena, &error), CSV_ROW);
		for (int k = 0; k < 3; k++)
			ck_assert_str_eq(row.fields[k], rows[i][k]);
	}
	arena_free(arena);
}
END_TEST

/* What csv_write makes of a row. */
static const char *written(Arena *arena, int count, const char *const fields[])
{
	const char *path = arena_format(arena, "%s/t.csv", harness_directory());
	FILE *out = fopen(path, "wb");
	ck_assert_ptr_nonnull(out);
	csv_write(out, count, fields);
	ck_assert_int_eq(fclose(out), 0);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	return (const char *)bytes.data;
}

START_TEST(csv_first_fields_that_would_be_misread_stand_in_quotes)
{
	Arena *arena = arena_new("test");
#define ASSERT_WRITTEN(expected, count, ...)                                             \
	ck_assert_str_eq(                                                                \
	        written(arena, count, (const char *const[]){ __VA_ARGS__ }), expected)
	ASSERT_WRITTEN("\"\"\n", 1, "");
	ASSERT_WRITTEN("\"a;b\"\n", 1, "a;b");
	ASSERT_WRITTEN("a;b,c\n", 2, "a;b", "c");
	ASSERT_WRITTEN("\"sep=\",\n", 2, "sep=", "");
	ASSERT_WRITTEN("a,sep=\n", 2, "a", "sep=");
	ASSERT_WRITTEN("\"\xEF\xBB\xBFid\",b\n", 2, "\xEF\xBB\xBFid", "b");
	arena_free(arena);
}
END_TEST

TEST_MAIN("csv", csv_plain_rows_give_their_fields_and_lines,
        csv_quoted_fields_hold_anything,
        csv_wrong_number_of_columns_names_the_line_and_goes_on,
        csv_unclosed_quote_names_its_line_and_costs_one,
        csv_text_after_a_closing_quote_names_the_line,
        csv_bytes_that_are_no_text_name_the_row,
        csv_semicolons_and_tabs_are_read_where_there_is_no_comma,
        csv_empty_fields_behind_the_last_column_are_left_out,
        csv_marks_of_windows_are_read_as_meant_and_told,
        csv_cut_at_every_byte_gives_the_rows_before,
        csv_written_rows_are_read_back_the_same,
        csv_first_fields_that_would_be_misread_stand_in_quotes)
