#include "layers/safetensors.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- help -------------------------------------------------------------------------- */

static const char *path_of(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

/* A file of this header and `size` bytes of data, all of them 1. */
static Bytes file_of(Arena *arena, const char *header, size_t size)
{
	uint64_t length = strlen(header);
	unsigned char *data = arena_alloc(arena, sizeof length + length + size);
	memcpy(data, &length, sizeof length);
	memcpy(data + sizeof length, header, length);
	memset(data + sizeof length + length, 1, size);
	return (Bytes){ data, sizeof length + length + size };
}

static Params model(Arena *arena)
{
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Var *weight = params_add(&params, "text.fc", "weight", SHAPE(2, 3));
	Var *scale = params_add(&params, NULL, "scale", SCALAR);
	params_add(&params, NULL, "nothing", SHAPE(0, 4));
	Var *odd = params_add(&params, NULL, "caf\xc3\xa9 \"1\"\\\n", SHAPE(5));
	params_init_normal(&params, weight, 1, &rng);
	params_init_normal(&params, scale, 1, &rng);
	const real special[] = { -(real)0.0, (real)1e-40, (real)NAN, (real)INFINITY,
		(real)1e30 };
	memcpy(odd->value.data, special, sizeof special);
	return params;
}

/* ---- a good file ------------------------------------------------------------------- */

START_TEST(safetensors_roundtrip_keeps_every_bit)
{
	Arena *arena = arena_new("test");
	Params params = model(arena), empty = model(arena);
	for (int i = 0; i < empty.count; i++)
		tensor_fill(empty.items[i]->value, 9);
	MetadataItem items[] = { { "labels", "joy\nsad \"very\"\t\\" },
		{ "caf\xc3\xa9", "\xf0\x9f\x98\x80 \x01" }, { "none", "" } };
	Metadata metadata = { items, 3 };
	const char *path = path_of(arena, "model.safetensors");
	Error error = { .text = "" };
	ck_assert_msg(
	        safetensors_save(&params, &metadata, path, &error), "%s", error.text);
	SafetensorsFile file;
	ck_assert_msg(safetensors_open(&file, arena, path, &error), "%s", error.text);
	ck_assert_msg(safetensors_load(&file, &empty, &error), "%s", error.text);
	for (int i = 0; i < params.count; i++)
		ASSERT_TENSOR_SAME(empty.items[i]->value, params.items[i]->value);
	ck_assert_int_eq(file.metadata.count, 3);
	for (int i = 0; i < 3; i++)
		ck_assert_str_eq(
		        metadata_find(&file.metadata, items[i].key), items[i].value);
	ck_assert_ptr_null(metadata_find(&file.metadata, "note"));
	arena_free(arena);
}
END_TEST

/* The header, padded so that the numbers begin at a multiple of eight, then the
 * numbers. */
START_TEST(safetensors_save_writes_these_bytes)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *p = params_add(&params, "fc", "weight", SHAPE(1, 2));
	p->value.data[0] = 1;
	p->value.data[1] = -2;
	Metadata metadata = { (MetadataItem[]){ { "k", "v" } }, 1 };
	const char *path = path_of(arena, "model.safetensors");
	ck_assert(safetensors_save(&params, &metadata, path, NULL));
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));

	ck_assert_uint_gt(bytes.size, 64);
	char header[160];
	int length = snprintf(header, sizeof header,
	        "{\"__metadata__\":{\"crc32\":\"%.8s\",\"k\":\"v\"},\"fc.weight\":{\"dtype\":\"F%d\",\"shape\":[1,2],\"data_offsets\":[0,%d]}}",
	        (const char *)bytes.data + 34, (int)sizeof(real) * 8,
	        (int)sizeof(real) * 2);
	while (length % 8)
		header[length++] = ' ';
	ck_assert_uint_eq(bytes.size, 8 + (size_t)length + 2 * sizeof(real));
	ck_assert_uint_eq(bytes.data[0], (unsigned)length);
	ck_assert_mem_eq(bytes.data + 8, header, (size_t)length);
	ck_assert_mem_eq(bytes.data + 8 + length, p->value.data, 2 * sizeof(real));
	arena_free(arena);
}
END_TEST

/* Each bit of a file, one at a time: it is refused, or, where it was the name of the
 * checksum, read without one. */
START_TEST(safetensors_changed_in_any_bit_is_noticed)
{
	Arena *arena = arena_new("test");
	Params params = model(arena);
	const char *path = path_of(arena, "model.safetensors");
	ck_assert(safetensors_save(&params, NULL, path, NULL));
	Bytes whole;
	SafetensorsFile file;
	ck_assert(file_read(&whole, arena, path, NULL));
	ck_assert(safetensors_parse(&file, arena, path, whole, NULL));
	ck_assert(file.summed);
	unsigned char *bytes = arena_copy(arena, whole.data, whole.size + 1);
	int unnoticed = 0, named = 0;
	for (size_t bit = 0; bit < 8 * whole.size; bit++) {
		ArenaMark mark = arena_mark(arena);
		Error error = { "" };
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		bool read = safetensors_parse(
		        &file, arena, path, (Bytes){ bytes, whole.size }, &error);
		ck_assert(!read || !file.summed);
		unnoticed += read;
		named += strstr(error.text, "damaged: its checksum is ") != NULL;
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		arena_rewind(arena, mark);
	}
	ck_assert_int_le(unnoticed, 5 * 8);
	ck_assert_int_ge(named, (int)(3 * 8 * sizeof(real)));
	arena_free(arena);
}
END_TEST

START_TEST(safetensors_no_parameters_and_no_metadata_is_a_file_too)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	const char *path = path_of(arena, "empty.safetensors");
	ck_assert(safetensors_save(&params, NULL, path, NULL));
	SafetensorsFile file;
	Error error;
	ck_assert_msg(safetensors_open(&file, arena, path, &error), "%s", error.text);
	ck_assert_msg(safetensors_load(&file, &params, &error), "%s", error.text);
	ck_assert_int_eq(file.metadata.count, 0);
	arena_free(arena);
}
END_TEST

/* What another reader finds in the file at `path`, which knows the format by its
 * specification alone. */
static void read_in_python(const char *path, char *found, size_t room)
{
	char command[512];
	snprintf(command, sizeof command,
	        "PYTHONUTF8=1 python3 tests/golden/read_safetensors.py '%s' 2>&1", path);
	FILE *out = popen(command, "r");
	ck_assert_ptr_nonnull(out);
	found[fread(found, 1, room - 1, out)] = '\0';
	ck_assert_msg(pclose(out) == 0, "%s", found);
}

START_TEST(safetensors_saved_reads_the_same_in_python)
{
	if (system("python3 -c 'import json, struct' >/dev/null 2>&1") != 0) {
		puts("safetensors: not read in Python: python3 is not there");
		return;
	}
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *weight = params_add(&params, "text.fc", "weight", SHAPE(2, 3));
	Var *odd = params_add(&params, NULL, "caf\xc3\xa9 \"1\"\\", SCALAR);
	params_add(&params, NULL, "nothing", SHAPE(0, 4));
	const real numbers[] = { (real)1.5, (real)-0.25, (real)0x1p100, (real)0x1p-20, 0,
		1 };
	memcpy(weight->value.data, numbers, sizeof numbers);
	odd->value.data[0] = -3;
	MetadataItem items[] = { { "note", "\"na\xc3\xafve\"\ttab" }, { "empty", "" } };
	Metadata metadata = { items, 2 };
	Error error = { .text = "" };
	const char *path = path_of(arena, "model");
	ck_assert_msg(
	        safetensors_save(&params, &metadata, path, &error), "%s", error.text);
	char found[2048];
	read_in_python(path, found, sizeof found);
	const char *type = sizeof(real) == 4 ? "F32" : "F64";
	ASSERT_CONTAINS(
	        found, arena_format(arena,
	                       "note = \"na\xc3\xafve\"\ttab\nempty = \n"
	                       "text.fc.weight %s (2,3) : 1.5 -0.25 1.2676506e+30 "
	                       "9.53674316e-07\n"
	                       "caf\xc3\xa9 \"1\"\\ %s () : -3\nnothing %s (0,4) :\n"
	                       "the safetensors package: ",
	                       type, type, type));
	arena_free(arena);
}
END_TEST

/* Written by tests/golden/make_safetensors.py, as Python's library would, from a
 * PyTorch model. */
START_TEST(safetensors_pytorch_state_loads_in_all_types)
{
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	Error error = { .text = "" };
	ck_assert_msg(safetensors_open(
	                      &file, arena, "tests/golden/pytorch.safetensors", &error),
	        "%s", error.text);
	ck_assert_str_eq(metadata_find(&file.metadata, "format"), "pt");
	ck_assert_str_eq(metadata_find(&file.metadata, "note"), "caf\xc3\xa9 \"1\"");

	Params params = params_new(arena);
	Var *weight = params_add(&params, "fc", "weight", SHAPE(2, 3));
	Var *bias = params_add(&params, "fc", "bias", SHAPE(2));
	params_add(&params, "norm", "weight", SHAPE(4));
	params_add(&params, "norm", "bias", SHAPE(4));
	Var *half = params_add(&params, NULL, "half", SHAPE(10));
	Var *brain = params_add(&params, NULL, "brain", SHAPE(5));
	Var *twice = params_add(&params, NULL, "double", SHAPE(2, 1));
	Var *scalar = params_add(&params, NULL, "scalar", SCALAR);
	ck_assert_msg(safetensors_load(&file, &params, &error), "%s", error.text);

	ASSERT_CLOSE(weight->value.data[1], -1.25, 0, 0);
	ASSERT_CLOSE(bias->value.data[1], 1.25, 0, 0);
	ASSERT_CLOSE(scalar->value.data[0], 0.5, 0, 0);
	real doubles[] = { (real)1.5, (real)-0x1p-20 };
	ASSERT_TENSOR_SAME(twice->value, tensor_view(doubles, SHAPE(2, 1)));
	real halves[] = { (real)1.5, (real)-0.25, 65504, (real)0x1p-14, (real)0x1p-24, 0,
		-(real)0.0, (real)INFINITY, -(real)INFINITY };
	ASSERT_TENSOR_SAME(
	        tensor_slice(half->value, 0, 9), tensor_view(halves, SHAPE(9)));
	ck_assert(isnan(half->value.data[9]));
	real brains[] = { (real)1.5, (real)-0.25, (real)0x1p100, (real)0x1p-130,
		(real)INFINITY };
	ASSERT_TENSOR_SAME(brain->value, tensor_view(brains, SHAPE(5)));
	arena_free(arena);
}
END_TEST

/* Without memory of its own a parameter shares the file's where the type is the
 * machine's, and else gets some; writing to it leaves the file as it was. */
START_TEST(safetensors_load_of_params_to_load_shares_the_file)
{
	Arena *arena = arena_new("test");
	const char *path = path_of(arena, "shared.safetensors");
	Params params = model(arena), loaded = params_new_to_load(arena);
	Metadata none = { 0 };
	SafetensorsFile file;
	Error error = { .text = "" };
	for (int i = 0; i < params.count; i++)
		params_add(&loaded, NULL, params.items[i]->name,
		        params.items[i]->value.ndim, params.items[i]->value.shape);
	ck_assert(safetensors_save(&params, &none, path, &error));
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < loaded.count; i++)
			loaded.items[i]->value.data = NULL;
		ck_assert_msg(
		        safetensors_open(&file, arena, path, &error), "%s", error.text);
		ck_assert_msg(safetensors_load(&file, &loaded, &error), "%s", error.text);
		for (int i = 0; i < params.count; i++)
			ASSERT_TENSOR_SAME(
			        loaded.items[i]->value, params.items[i]->value);
		const unsigned char *first = (const void *)loaded.items[0]->value.data;
		bool inside = first >= file.data.data &&
		              first < file.data.data + file.data.size;
		size_t size = safetensors_find(&file, "text.fc.weight")->type->size;
		ck_assert_int_eq(inside, size == sizeof(real));
		tensor_fill(loaded.items[0]->value, 7);
	}

	Params half = params_new_to_load(arena);
	Var *brain = params_add(&half, NULL, "brain", SHAPE(5));
	ck_assert(safetensors_open(
	        &file, arena, "tests/golden/pytorch.safetensors", &error));
	const char *others[] = { "fc", "norm", "half", "double", "scalar" };
	for (int i = 0; i < 5; i++)
		safetensors_leave_out(&file, others[i]);
	ck_assert_msg(safetensors_load(&file, &half, &error), "%s", error.text);
	ASSERT_CLOSE(brain->value.data[1], -0.25, 0, 0);
	arena_free(arena);
}
END_TEST

/* ---- files that are refused -------------------------------------------------------- */

START_TEST(safetensors_cut_at_any_byte_is_refused)
{
	Arena *arena = arena_new("test");
	Params params = model(arena);
	const char *path = path_of(arena, "model.safetensors");
	ck_assert(safetensors_save(&params, NULL, path, NULL));
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	for (size_t size = 0; size < bytes.size; size++) {
		ArenaMark mark = arena_mark(arena);
		Bytes cut = { arena_copy(arena, bytes.data, size), size };
		SafetensorsFile file;
		Error error = { .text = "" };
		ck_assert(!safetensors_parse(&file, arena, "cut", cut, &error));
		ASSERT_CONTAINS(error.text, "cut: ");
		arena_rewind(arena, mark);
	}
	Bytes longer = { bytes.data, bytes.size + 1 }; /* file_read leaves a 0 there */
	SafetensorsFile file;
	Error error;
	ck_assert(!safetensors_parse(&file, arena, "long", longer, &error));
	ASSERT_CONTAINS(error.text, "bytes of data follow the header, expected");
	arena_free(arena);
}
END_TEST

#define T "\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]"

START_TEST(safetensors_hostile_header_is_refused_with_its_byte)
{
	static const struct {
		const char *header;
		size_t data;
		const char *expected;
	} cases[] = {
		{ "", 0, "byte 8: expected the header to begin with '{'" },
		{ " {}", 0, "byte 8: expected the header to begin with '{'" },
		{ "[]", 0, "byte 8: expected the header to begin with '{'" },
		{ "{", 0, "byte 9: expected '\"', found the end of the text" },
		{ "{}{}", 0, "byte 10: expected nothing more, found '{'" },
		{ "{}", 1, "byte 10: 1 bytes of data follow the header, expected 0" },
		{ "{\"a\":[]}", 0, "byte 13: expected '{', found '['" },
		{ "{\"a\":{}}", 0, "byte 9: \"a\" lacks dtype, shape or data_offsets" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8,
		        "byte 9: \"a\" lacks dtype, shape or data_offsets" },
		{ "{\"a\":{" T ",\"x\":1}}", 8,
		        "\"x\": expected dtype, shape and data_offsets, once each" },
		{ "{\"a\":{" T ",\"shape\":[2]}}", 8, "\"shape\": expected dtype" },
		{ "{\"a\":{" T "},\"a\":{" T "}}", 8, "\"a\" overlaps \"a\"" },
		{ "{\"a\":{" T
		  "},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
		        16, "\"a\" stands twice" },
		{ "{\"a\":{" T
		  "},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
		        12,
		        "\"b\" overlaps \"a\": it begins at 4 of the data, expected 8" },
		{ "{\"a\":{" T
		  "},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[12,20]}}",
		        20,
		        "a gap before \"b\": it begins at 12 of the data, expected 8" },
		{ "{\"a\":{" T "}}", 12,
		        "12 bytes of data follow the header, expected 8" },
		{ "{\"a\":{" T "}}", 7,
		        "\"a\" is to lie in bytes 0 to 8 of the data, which has 7" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8,
		        "\"a\" is to lie in bytes 8 to 0 of the data" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8,
		        "\"a\" takes 12 bytes by its shape and dtype, 8 by its offsets" },
		{ "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8,
		        "\"a\" takes 4 bytes by its shape and dtype, 8 by its offsets" },
		{ "{\"a\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8,
		        "dtype \"F33\" is not known" },
		{ "{\"a\":{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,8]}}", 8,
		        "byte 22: expected '\"', found '3'" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
		        8, "the shape of \"a\" overflows" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
		        8, "the number does not fit" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8,
		        "expected a whole number, found '-'" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}",
		        8, "more than 8 dimensions" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}", 8,
		        "data_offsets need a begin and an end, found 3" },
		{ "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}}", 8,
		        "data_offsets need a begin and an end, found 1" },
		{ "{\"__metadata__\":{\"k\":1}}", 0,
		        "byte 29: expected '\"', found '1'" },
		{ "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0,
		        "byte 33: \"k\" stands twice in the metadata" },
		{ "{\"__metadata__\":{\"k\":\"1\",\"a\":\"\",\"k\":\"2\",\"z\":\"\"}}", 0,
		        "byte 40: \"k\" stands twice in the metadata" },
		{ "{\"__metadata__\":{},\"__metadata__\":{}}", 0,
		        "byte 27: \"__metadata__\" stands twice" },
		{ "{\"\xff\":{" T "}}", 8, "a string cannot hold byte 0xff here" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		SafetensorsFile file;
		Error error = { .text = "" };
		Bytes bytes = file_of(arena, cases[i].header, cases[i].data);
		ck_assert_msg(!safetensors_parse(&file, arena, "a", bytes, &error),
		        "accepted: %s", cases[i].header);
		ASSERT_CONTAINS(error.text, cases[i].expected);
	}
	arena_free(arena);
}
END_TEST

/* What is unusual but right: any order, an empty tensor, a scalar, types that we do
 * not compute with. */
START_TEST(safetensors_unusual_header_is_accepted)
{
	static const char *const header =
	        "{ \"b\" : {\"data_offsets\":[12,20],\"shape\":[],\"dtype\":\"I64\"},\"none\":{\"dtype\":\"F32\",\"shape\":[99999999999,0,99999999999],\"data_offsets\":[12,12]}, \"a\":{\"dtype\":\"BF16\",\"shape\":[1,2,3],\"data_offsets\":[0,12]}}   ";
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	Error error = { .text = "" };
	ck_assert_msg(
	        safetensors_parse(&file, arena, "a", file_of(arena, header, 20), &error),
	        "%s", error.text);
	ck_assert_int_eq(file.count, 3);
	ck_assert_uint_eq(safetensors_find(&file, "b")->begin, 12);
	ck_assert_ptr_null(safetensors_find(&file, "c"));
	arena_free(arena);
}
END_TEST

START_TEST(safetensors_deep_or_huge_header_is_refused)
{
	enum { DEEP = 1000000 };
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	Error error;
	char *deep = arena_alloc(arena, DEEP + 1);
	memset(deep, '{', DEEP);
	deep[DEEP] = '\0';
	ck_assert(!safetensors_parse(
	        &file, arena, "deep", file_of(arena, deep, 0), &error));
	ASSERT_CONTAINS(error.text, "byte 9: expected '\"', found '{'");

	static const uint64_t lengths[] = { UINT64_MAX, (uint64_t)1 << 63, 100000001, 3 };
	for (int i = 0; i < 4; i++) {
		unsigned char bytes[10] = { 0 };
		memcpy(bytes, &lengths[i], 8);
		ck_assert(!safetensors_parse(
		        &file, arena, "huge", (Bytes){ bytes, 10 }, &error));
		ASSERT_CONTAINS(error.text, "huge: byte 0: a header of");
		ASSERT_CONTAINS(error.text, "does not fit: 2 bytes follow");
	}
	arena_free(arena);
}
END_TEST

START_TEST(safetensors_foreign_file_is_refused)
{
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	Error error;
	ck_assert(!safetensors_open(&file, arena, "tests/golden/sample.txt", &error));
	ASSERT_CONTAINS(error.text, "tests/golden/sample.txt: byte 0: a header of");
	ASSERT_CONTAINS(error.text, "Hint: is it a safetensors file?");
	ck_assert(!safetensors_open(&file, arena, "/dev/null", &error));
	ASSERT_CONTAINS(error.text, "/dev/null: expected a file, found a device");
	ck_assert(!safetensors_open(&file, arena, "no/such", &error));
	ASSERT_CONTAINS(error.text, "no/such: cannot be opened");
	arena_free(arena);
}
END_TEST

/* Any single byte of a good file, replaced: it is refused, or it loads; nothing else
 * happens. */
START_TEST(safetensors_damaged_byte_does_no_harm)
{
	Arena *arena = arena_new("test");
	Params params = model(arena);
	const char *path = path_of(arena, "model.safetensors");
	ck_assert(safetensors_save(&params, NULL, path, NULL));
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	static const unsigned char values[] = { 0, '"', '\\', '{', '9', ']', ',', 0xff };
	int refused = 0;
	for (size_t i = 0; i < bytes.size; i++)
		for (size_t v = 0; v < sizeof values; v++) {
			ArenaMark mark = arena_mark(arena);
			unsigned char *copy = arena_copy(arena, bytes.data, bytes.size);
			copy[i] = values[v];
			SafetensorsFile file;
			Error error = { .text = "" };
			bool good = safetensors_parse(&file, arena, "damaged",
			                    (Bytes){ copy, bytes.size }, &error) &&
			            safetensors_load(&file, &params, &error);
			ck_assert(good == (error.text[0] == '\0'));
			refused += !good;
			arena_rewind(arena, mark);
		}
	ck_assert_int_gt(refused, 1000);
	arena_free(arena);
}
END_TEST

/* ---- models that do not fit -------------------------------------------------------- */

START_TEST(safetensors_load_lists_all_that_does_not_fit)
{
	static const char *const header =
	        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]},\"c\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[16,24]},\"d\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}";
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	Error error = { .text = "" };
	ck_assert(safetensors_parse(
	        &file, arena, "m.safetensors", file_of(arena, header, 32), &error));
	Params params = params_new(arena);
	Var *a = params_add(&params, NULL, "a", SHAPE(2));
	params_add(&params, NULL, "b", SHAPE(2, 1));
	params_add(&params, NULL, "c", SHAPE(2));
	params_add(&params, "x", "y", SHAPE(3));
	ck_assert(!safetensors_load(&file, &params, &error));
	ck_assert_str_eq(error.text,
	        "m.safetensors: does not fit the model; nothing was loaded\n"
	        "another shape: \"b\" (1,2), expected (2,1)\n"
	        "another type: \"c\" I32, expected F32, F64, F16 or BF16\n"
	        "missing: \"x.y\" (3)\n"
	        "unexpected: \"d\" (2)");
	ASSERT_TENSOR_SAME(a->value, tensor_zeros(arena, SHAPE(2)));
	arena_free(arena);
}
END_TEST

/* Only what begins so: "train" and "xtrain.a" do not. */
START_TEST(safetensors_leave_out_forgets_by_prefix)
{
	Arena *arena = arena_new("test");
	Params saved = params_new(arena), wanted = params_new(arena);
	static const char *const names[] = { "a", "train", "train.a", "train.z",
		"xtrain.a", "z" };
	for (int i = 0; i < 6; i++)
		params_add(&saved, NULL, names[i], SHAPE(1))->value.data[0] = (real)i;
	const char *path = path_of(arena, "m.safetensors");
	ck_assert(safetensors_save(&saved, NULL, path, NULL));
	SafetensorsFile file;
	Error error;
	ck_assert(safetensors_open(&file, arena, path, &error));
	static const int left[] = { 0, 1, 4, 5 };
	for (int i = 0; i < 4; i++)
		params_add(&wanted, NULL, names[left[i]], SHAPE(1));
	ck_assert(!safetensors_load(&file, &wanted, &error));
	safetensors_leave_out(&file, "train.");
	ck_assert_msg(safetensors_load(&file, &wanted, &error), "%s", error.text);
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(wanted.items[i]->value.data[0], left[i], 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(safetensors_load_counts_what_there_is_no_room_for)
{
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	Error error = { .text = "" };
	ck_assert(safetensors_parse(&file, arena, "a", file_of(arena, "{}", 0), &error));
	Params params = params_new(arena);
	for (int i = 100; i < 200; i++)
		params_add(&params, "p", arena_format(arena, "%d", i), SHAPE(3));
	ck_assert(!safetensors_load(&file, &params, &error));
	ASSERT_CONTAINS(error.text, "missing: \"p.100\" (3)\nmissing: \"p.101\" (3)\n");
	int told = 0, more = 0;
	for (const char *at = error.text; (at = strstr(at, "missing")); at++)
		told++;
	const char *rest = strstr(error.text, "\nand ");
	ck_assert_ptr_nonnull(rest);
	ck_assert_int_eq(sscanf(rest, "\nand %d more", &more), 1);
	ck_assert_int_gt(told, 10);
	ck_assert_int_eq(told + more, 100);
	arena_free(arena);
}
END_TEST

/* ---- what cannot be written -------------------------------------------------------- */

START_TEST(safetensors_save_to_a_full_disk_says_so)
{
	Arena *arena = arena_new("test");
	Params params = model(arena);
	Error error = { .text = "" };
	ck_assert(!safetensors_save(&params, NULL, "/dev/full", &error));
	ASSERT_CONTAINS(error.text, "/dev/full");
	ASSERT_CONTAINS(error.text, "No space left");
	ck_assert(!safetensors_save(
	        &params, NULL, path_of(arena, "no/such/folder"), &error));
	ASSERT_CONTAINS(error.text, "no/such/folder");
	arena_free(arena);
}
END_TEST

START_TEST(safetensors_save_what_could_not_be_read_keeps_the_old_file)
{
	Arena *arena = arena_new("test");
	Params params = model(arena);
	const char *path = path_of(arena, "model.safetensors");
	Error error = { .text = "" };
	ck_assert(safetensors_save(&params, NULL, path, &error));
	MetadataItem twice[] = { { "k", "1" }, { "k", "2" } };
	ck_assert(!safetensors_save(&params, &(Metadata){ twice, 2 }, path, &error));
	ASSERT_CONTAINS(error.text, "\"k\" stands twice in the metadata");
	SafetensorsFile file;
	ck_assert_msg(safetensors_open(&file, arena, path, &error), "%s", error.text);
	arena_free(arena);
}
END_TEST

/* The path of a corpus, say, may be Latin-1: what is no UTF-8 is marked as such. */
START_TEST(safetensors_saves_what_is_not_utf8_as_a_replacement_character)
{
	Arena *arena = arena_new("test");
	Params params = model(arena);
	const char *path = path_of(arena, "latin1.safetensors");
	Error error = { .text = "" };
	MetadataItem latin1[] = { { "corpus", "caf\xe9.csv" } };
	ck_assert(safetensors_save(&params, &(Metadata){ latin1, 1 }, path, &error));
	SafetensorsFile file;
	ck_assert_msg(safetensors_open(&file, arena, path, &error), "%s", error.text);
	ck_assert_str_eq(metadata_find(&file.metadata, "corpus"), "caf\xef\xbf\xbd.csv");
	arena_free(arena);
}
END_TEST

TEST_MAIN("safetensors", safetensors_saves_what_is_not_utf8_as_a_replacement_character,
        safetensors_roundtrip_keeps_every_bit, safetensors_save_writes_these_bytes,
        safetensors_changed_in_any_bit_is_noticed,
        safetensors_no_parameters_and_no_metadata_is_a_file_too,
        safetensors_saved_reads_the_same_in_python,
        safetensors_pytorch_state_loads_in_all_types,
        safetensors_load_of_params_to_load_shares_the_file,
        safetensors_cut_at_any_byte_is_refused,
        safetensors_hostile_header_is_refused_with_its_byte,
        safetensors_unusual_header_is_accepted,
        safetensors_deep_or_huge_header_is_refused, safetensors_foreign_file_is_refused,
        safetensors_damaged_byte_does_no_harm,
        safetensors_load_lists_all_that_does_not_fit,
        safetensors_load_counts_what_there_is_no_room_for,
        safetensors_leave_out_forgets_by_prefix, safetensors_save_to_a_full_disk_says_so,
        safetensors_save_what_could_not_be_read_keeps_the_old_file)
