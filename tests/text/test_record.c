/* One function writes a struct and reads it again, as JSON and as metadata. */
#include "text/record.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Point {
	int x;
	double y;
} Point;

typedef struct Thing {
	const char *name;
	int size, colour;
	double weight;
	bool good;
	const char *const *tags;
	int tag_count;
	const double *numbers; /* (3) */
	/* of JSON alone */
	uint64_t seed, hash;
	Point *points;
	int point_count;
} Thing;

static const char *const colours[] = { "red", "green" };

static void keep(Record *r, Thing *thing)
{
	record_text(r, "name", &thing->name);
	record_int(r, "size", &thing->size, 0, 9);
	record_choice(r, "colour", &thing->colour, colours, 2);
	record_real(r, "weight", &thing->weight, -(double)INFINITY, (double)INFINITY);
	record_flag(r, "good", &thing->good);
	record_names(r, "tags", &thing->tags, &thing->tag_count);
	record_reals(r, "numbers", &thing->numbers, 3, 17);
}

static void keep_more(Record *r, Thing *thing)
{
	keep(r, thing);
	record_count(r, "seed", &thing->seed);
	record_hash(r, "hash", &thing->hash);
	RecordList list = record_list(
	        r, "points", thing->points, thing->point_count, sizeof(Point));
	for (Point *point; (point = record_next(r, &list));) {
		record_open(r, NULL);
		record_int(r, "x", &point->x, -5, 5);
		record_real(r, "y", &point->y, 0, 1);
		record_close(r);
	}
	thing->points = list.items;
	thing->point_count = list.count;
	record_close(r);
}

static const char *const tags[] = { "a \"b\"", "c" };
static const double numbers[] = { 1.0 / 3, -0.1, 1e22 };
static Point points[] = { { -5, 0.25 }, { 5, 1 } };

static Thing some_thing(void)
{
	return (Thing){ .name = "ünn\n",
		.size = 9,
		.colour = 1,
		.weight = 2.0 / 3,
		.good = true,
		.tags = tags,
		.tag_count = 2,
		.numbers = numbers,
		.seed = UINT64_MAX,
		.hash = 0xfedcba9876543210,
		.points = points,
		.point_count = 2 };
}

static void check_same(const Thing *found)
{
	Thing thing = some_thing();
	ck_assert_str_eq(found->name, thing.name);
	ck_assert_int_eq(found->size, thing.size);
	ck_assert_int_eq(found->colour, thing.colour);
	ASSERT_CLOSE(found->weight, thing.weight, 0, 0);
	ck_assert(found->good);
	ck_assert_int_eq(found->tag_count, 2);
	ck_assert_str_eq(found->tags[0], tags[0]);
	ck_assert_mem_eq(found->numbers, numbers, sizeof numbers);
}

static char *written(Arena *arena)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	Thing thing = some_thing();
	Record record = { .out = out, .arena = arena, .first = true };
	record_open(&record, NULL);
	keep_more(&record, &thing);
	fclose(out);
	char *copy = arena_string(arena, text);
	free(text);
	return copy;
}

static bool read_json(Thing *found, Arena *arena, const char *text, Error *error)
{
	Json json = { .path = "a.json",
		.text = { (const unsigned char *)text, strlen(text) },
		.arena = arena,
		.error = error };
	Record record = { .json = &json, .arena = arena };
	*found = (Thing){ 0 };
	json_open(&json, '{');
	keep_more(&record, found);
	return json_end(&json);
}

START_TEST(record_comes_back_from_json_to_the_bit)
{
	Arena *arena = arena_new("test");
	Error error;
	Thing found;
	ck_assert_msg(read_json(&found, arena, written(arena), &error), "%s", error.text);
	check_same(&found);
	ck_assert(found.seed == UINT64_MAX && found.hash == 0xfedcba9876543210);
	ck_assert_int_eq(found.point_count, 2);
	ck_assert_int_eq(found.points[1].x, 5);
	arena_free(arena);
}
END_TEST

START_TEST(record_comes_back_from_metadata)
{
	Arena *arena = arena_new("test");
	Metadata metadata = { 0 };
	Record write = { .list = &metadata, .arena = arena };
	Thing thing = some_thing(), found = { 0 };
	keep(&write, &thing);
	ck_assert_int_eq(metadata.count, 7);
	Error error = { "" };
	Record read = {
		.metadata = &metadata, .arena = arena, .path = "m", .error = &error
	};
	ck_assert(record_has(&read, "size") && !record_has(&read, "length"));
	keep(&read, &found);
	ck_assert_msg(!read.failed, "%s", error.text);
	check_same(&found);
	metadata.items[1].value = "10";
	keep(&read, &found);
	ck_assert(read.failed);
	ck_assert_str_eq(error.text,
	        "m: metadata \"size\" is \"10\": expected a whole number from 0 to 9");
	arena_free(arena);
}
END_TEST

/* What could not be read again is not written. */
START_TEST(record_writes_no_number_that_is_not_finite)
{
	Arena *arena = arena_new("test");
	Metadata metadata = { 0 };
	Error error = { "" };
	Thing thing = some_thing();
	const double bad[] = { 1, (double)INFINITY, 2 };
	Record write = {
		.list = &metadata, .arena = arena, .path = "m", .error = &error
	};
	thing.weight = (double)NAN;
	keep(&write, &thing);
	ck_assert(write.failed);
	ck_assert_str_eq(
	        error.text, "m: \"weight\" would be nan: expected a finite number");
	thing.weight = 1;
	thing.numbers = bad;
	write.failed = false;
	keep(&write, &thing);
	ck_assert(write.failed);
	ASSERT_CONTAINS(error.text, "\"numbers\" would be inf");
	metadata.items[3].value = "inf";
	Record read = {
		.metadata = &metadata, .arena = arena, .path = "m", .error = &error
	};
	keep(&read, &thing);
	ck_assert_str_eq(
	        error.text, "m: metadata \"weight\" is \"inf\": expected a number");
	arena_free(arena);
}
END_TEST

/* Each part of the text, spoilt, is refused in words that name it. */
START_TEST(record_spoilt_is_refused)
{
	static const struct {
		const char *old, *new, *message;
	} cases[] = {
		{ "\"size\":9", "\"size\":10", "expected a whole number from 0 to 9" },
		{ "\"size\":9", "\"size\":0.5", "expected a whole number" },
		{ "\"green\"", "\"blue\"",
		        "\"colour\" is \"blue\": expected red or green" },
		{ "\"weight\"", "\"height\"", "expected the key \"weight\"" },
		{ ",1e+22]", "]", "expected 3 numbers" },
		{ "fedc", "FEDC", "expected 16 hexadecimal digits" },
		{ "\"y\":1}", "\"y\":1,\"z\":1}", "expected no further key" },
		{ "\"y\":1}", "\"y\":2}",
		        "\"y\" is \"2\": expected a number from 0 to 1" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Arena *arena = arena_new("test");
		Error error = { "" };
		Thing found;
		const char *text = written(arena), *at = strstr(text, cases[i].old);
		ck_assert_msg(at, "%s", cases[i].old);
		const char *spoilt = arena_format(arena, "%.*s%s%s", (int)(at - text),
		        text, cases[i].new, at + strlen(cases[i].old));
		ck_assert(!read_json(&found, arena, spoilt, &error));
		ASSERT_CONTAINS(error.text, cases[i].message);
		arena_free(arena);
	}
}
END_TEST

TEST_MAIN("record", record_comes_back_from_json_to_the_bit,
        record_comes_back_from_metadata, record_writes_no_number_that_is_not_finite,
        record_spoilt_is_refused)
