#include "tensor/file/npy.h"
#include "tensor/arena_peak.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A file in memory, of exactly its size, so that the sanitizer sees a read beyond it. */
static Bytes bytes_of(Arena *arena, const void *data, size_t size)
{
	return (Bytes){ .data = arena_copy(arena, data, size), .size = size };
}

/* Version 1 unless said otherwise: header text, then `size` bytes of numbers. */
static Bytes make(
        Arena *arena, int version, const char *header, const void *numbers, size_t size)
{
	unsigned char *data = arena_zeros(arena, 12 + strlen(header) + size);
	size_t field = version == 1 ? 2 : 4, length = strlen(header);
	memcpy(data, "\x93NUMPY", 6);
	data[6] = (unsigned char)version;
	data[8] = (unsigned char)(length % 256);
	data[9] = (unsigned char)(length / 256);
	memcpy(data + 8 + field, header, length);
	if (size)
		memcpy(data + 8 + field + length, numbers, size);
	return bytes_of(arena, data, 8 + field + length + size);
}

static void check_refused(Bytes bytes, const char *expected)
{
	Arena *arena = arena_new("refused");
	Tensor x;
	Error error;
	ck_assert(!npy_parse(&x, arena, "x.npy", bytes, &error));
	ASSERT_CONTAINS(error.text, expected);
	ck_assert_uint_eq(arena_live(arena), 0);
	ck_assert(!npy_parse(&x, arena, "x.npy", bytes, NULL));
	arena_free(arena);
}

static void check_header_refused(const char *header, const char *expected)
{
	Arena *arena = arena_new("test");
	check_refused(make(arena, 1, header, "", 0), expected);
	arena_free(arena);
}

/* numpy.save of numpy.array([[1, -2.5, 3e10]], '<f4'), byte for byte (NumPy 1.24). */
static const char saved[] =
        "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }                                                          \n"
        "\x00\x00\x80\x3f\x00\x00\x20\xc0\x76\x84\xdf\x50";

START_TEST(npy_parse_reads_what_numpy_saved)
{
	Arena *arena = arena_new("test");
	Tensor x;
	Error error;
	Bytes bytes = bytes_of(arena, saved, sizeof saved - 1);
	ck_assert_msg(npy_parse(&x, arena, "x.npy", bytes, &error), "%s", error.text);
	ck_assert_str_eq(tensor_shape_text(x).text, "(1,3)");
	ck_assert(x.data[0] == 1);
	ck_assert(x.data[1] == (real)-2.5);
	ck_assert((float)x.data[2] == 3e10f);
	arena_free(arena);
}
END_TEST

START_TEST(npy_parse_truncated_at_every_byte_is_refused)
{
	Arena *arena = arena_new("test");
	for (size_t size = 0; size < sizeof saved - 1; size++) {
		Bytes bytes = bytes_of(arena, saved, size);
		check_refused(bytes,
		        size < 6     ? "not a .npy file"
		        : size < 128 ? "the file ends within its header. Hint: it"
		                     : "expected 12 bytes for shape (1,3) of '<f4'");
	}
	arena_free(arena);
}
END_TEST

START_TEST(npy_parse_trailing_bytes_are_refused)
{
	Arena *arena = arena_new("test");
	check_refused(bytes_of(arena, saved, sizeof saved),
	        "x.npy: byte 128: expected 12 bytes for shape (1,3) of '<f4', but 13 were found. Hint: one file holds one array.");
	arena_free(arena);
}
END_TEST

/* Any byte may be anything: it is read or refused, but nothing else. */
START_TEST(npy_parse_any_changed_byte_is_survived)
{
	Arena *arena = arena_new("test");
	char changed[sizeof saved - 1];
	for (size_t at = 0; at < sizeof changed; at++)
		for (int value = 0; value < 256; value++) {
			memcpy(changed, saved, sizeof changed);
			changed[at] = (char)value;
			Tensor x;
			Error error = { "" };
			bool read = npy_parse(&x, arena, "x.npy",
			        bytes_of(arena, changed, sizeof changed), &error);
			ck_assert(read || strstr(error.text, "x.npy: "));
			arena_reset(arena);
		}
	arena_free(arena);
}
END_TEST

/* One number of a type, and what it is as a real. */
static void check_type(
        const char *descr, const void *number, size_t size, double expected)
{
	Arena *arena = arena_new("test");
	const char *header = arena_format(
	        arena, "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }", descr);
	Tensor x;
	Error error;
	bool read = npy_parse(
	        &x, arena, "x.npy", make(arena, 1, header, number, size), &error);
	ck_assert_msg(read, "%s", error.text);
	ck_assert_msg(x.data[0] == (real)expected, "'%s': %.17g, expected %.17g", descr,
	        (double)x.data[0], expected);
	arena_free(arena);
}

START_TEST(npy_parse_converts_every_type)
{
	check_type("<f4", &(float){ -0.1f }, 4, (double)-0.1f);
	check_type("<f8", &(double){ 0.1 }, 8, 0.1);
	check_type("|i1", &(int8_t){ -128 }, 1, -128);
	check_type("<i2", &(int16_t){ -300 }, 2, -300);
	check_type("<i4", &(int32_t){ INT32_MIN }, 4, INT32_MIN);
	check_type("<i8", &(int64_t){ -5 }, 8, -5);
	check_type("<i8", &(int64_t){ INT64_MIN }, 8, -0x1p63);
	check_type("<i8", &(int64_t){ (int64_t)1 << 40 }, 8, 0x1p40);
	check_type("|u1", &(uint8_t){ 255 }, 1, 255);
	check_type("<u2", &(uint16_t){ 65535 }, 2, 65535);
	check_type("<u4", &(uint32_t){ 0x80000000u }, 4, 0x1p31);
	check_type("<u8", &(uint64_t){ UINT64_MAX }, 8, 0x1p64);
	check_type("|b1", &(uint8_t){ 1 }, 1, 1);
}
END_TEST

START_TEST(npy_parse_versions_and_spellings_are_read)
{
	static const char *const headers[] = {
		"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }  \n",
		"{'descr': '<f4', 'fortran_order': False, 'shape': (1L, 2L), }",
		"  {\"shape\":(1,2),\"descr\":\"<f4\",\"fortran_order\":False}",
		"{'fortran_order' : False ,'descr' : '<f4','shape' :( 1 , 2 , ), }\n",
	};
	const float numbers[] = { 3, 4 };
	for (int i = 0; i < 4; i++)
		for (int version = 1; version <= 3; version++) {
			Arena *arena = arena_new("test");
			Tensor x;
			Error error;
			Bytes bytes = make(arena, version, headers[i], numbers, 8);
			ck_assert_msg(npy_parse(&x, arena, "x.npy", bytes, &error), "%s",
			        error.text);
			ck_assert_str_eq(tensor_shape_text(x).text, "(1,2)");
			ck_assert(x.data[1] == 4);
			arena_free(arena);
		}
}
END_TEST

START_TEST(npy_parse_scalar_and_empty_are_read)
{
	Arena *arena = arena_new("test");
	Tensor x;
	const float seven = 7;
	ck_assert(npy_parse(&x, arena, "x.npy",
	        make(arena, 1, "{'descr': '<f4', 'fortran_order': False, 'shape': ()}",
	                &seven, 4),
	        NULL));
	ck_assert_int_eq(x.ndim, 0);
	ck_assert(x.data[0] == 7);
	ck_assert(npy_parse(&x, arena, "x.npy",
	        make(arena, 1, "{'descr': '<f4', 'fortran_order': True, 'shape': (0,)}",
	                "", 0),
	        NULL));
	ck_assert_str_eq(tensor_shape_text(x).text, "(0)");
	arena_free(arena);
}
END_TEST

START_TEST(npy_parse_absurd_shapes_are_refused)
{
#define WITH_SHAPE(shape) "{'descr': '<f4', 'fortran_order': False, 'shape': " shape "}"
	check_header_refused(WITH_SHAPE("(65536, 65536)"),
	        "x.npy: shape (65536,65536) has more than 2147483647 elements");
	check_header_refused(WITH_SHAPE("(2147483647, 2147483647, 2147483647, 0)"),
	        "has more than 2147483647 elements");
	check_header_refused(WITH_SHAPE("(2147483648,)"),
	        "x.npy: byte 61: a dimension has more than 2147483647 elements");
	check_header_refused(WITH_SHAPE("(99999999999999999999999999999,)"),
	        "a dimension has more than 2147483647 elements");
	check_header_refused(WITH_SHAPE("(2147483647,)"),
	        "expected 8589934588 bytes for shape (2147483647) of '<f4', but 0 were found. Hint: it was cut off; write or copy it again.");
	check_header_refused(WITH_SHAPE("(-1, 2)"), "expected the size of a dimension");
	check_header_refused(WITH_SHAPE("(1, 1, 1, 1, 1)"),
	        "more than 4 dimensions. Hint: in Python, x.reshape(len(x), -1).");
}
END_TEST

START_TEST(npy_parse_what_is_not_supported_gets_a_hint)
{
#define WITH_TYPE(type) "{'descr': " type ", 'fortran_order': False, 'shape': (1,)}"
	check_header_refused("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2)}",
	        "x.npy: the array is in Fortran order, expected C order. Hint: in Python, numpy.ascontiguousarray(x).");
	check_header_refused(WITH_TYPE("'>f4'"),
	        "x.npy: numbers of type '>f4', expected little-endian floats of 4 or 8 bytes, integers or booleans. Hint: x.astype('<f4').");
	check_header_refused(WITH_TYPE("'<c8'"), "numbers of type '<c8'");
	check_header_refused(WITH_TYPE("'|O'"), "numbers of type '|O'");
	check_header_refused(WITH_TYPE("[('a', '<f4')]"),
	        "x.npy: byte 20: expected a type such as '<f4', found '['");
	Arena *arena = arena_new("test");
	check_refused(bytes_of(arena, "PK\x03\x04", 4),
	        "x.npy: byte 0: an .npz archive, expected a single array. Hint: in Python, numpy.save(path, archive[name]).");
	check_refused(bytes_of(arena, "RIFF....", 8),
	        "x.npy: byte 0: not a .npy file, which begins with \\x93NUMPY.");
	check_refused(make(arena, 4, "{}", "", 0), "byte 6: version 4, expected 1 to 3");
	arena_free(arena);
}
END_TEST

START_TEST(npy_parse_malformed_headers_name_the_byte)
{
	check_header_refused("", "x.npy: byte 10: expected a dictionary, found the end");
	check_header_refused("[]", "x.npy: byte 10: expected a dictionary, found '['");
	check_header_refused("{}", "x.npy: byte 10: the header has no 'descr'");
	check_header_refused("{'descr': '<f4'}", "has no 'fortran_order'");
	check_header_refused(
	        "{'descr': '<f4', 'fortran_order': False}", "has no 'shape'");
	check_header_refused("{'descr': '<f4', 'descr': '<f4'}",
	        "byte 27: expected 'descr', 'fortran_order' or 'shape', each once, found 'descr'");
	check_header_refused("{'colour': 3}", "each once, found 'colour'");
	check_header_refused("{descr: 3}", "each once, found 'd'");
	check_header_refused("{'descr' '<f4'}", "byte 19: expected a colon, found '''");
	check_header_refused("{'descr': '<f4",
	        "byte 24: expected a type such as '<f4', found the end of the header");
	check_header_refused(
	        "{'descr': '<f4 and more'}", "expected a type such as '<f4'");
	check_header_refused("{'fortran_order': 1}", "expected True or False, found '1'");
	check_header_refused(
	        "{'shape': 3}", "expected a shape such as (2, 3), found '3'");
	check_header_refused("{'shape': (3 4)}", "a comma or the end of the shape");
	check_header_refused("{'shape': (3)\x01",
	        "expected a comma or the end of the dictionary, found the byte 1");
	check_header_refused("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x",
	        "expected spaces until the header ends, found 'x'");
}
END_TEST

static const char *path_of(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

START_TEST(npy_write_is_read_again)
{
	static const int shapes[][TENSOR_MAX_DIMS] = { { 0 }, { 3 }, { 2, 5 },
		{ 2, 0, 3 }, { 2, 3, 4, 5 } };
	Arena *arena = arena_new("test");
	for (int ndim = 0; ndim <= TENSOR_MAX_DIMS; ndim++) {
		const char *path = path_of(arena, "x.npy");
		Tensor x = tensor_new(arena, ndim, shapes[ndim]), again;
		for (size_t i = 0; i < tensor_count(x); i++)
			x.data[i] = (real)1 / (real)(i + 1);
		Error error;
		ck_assert_msg(npy_write(path, x, &error), "%s", error.text);
		ck_assert_msg(npy_read(&again, arena, path, &error), "%s", error.text);
		ASSERT_TENSOR_SAME(again, x);
	}
	arena_free(arena);
}
END_TEST

/* The header takes a multiple of 64 bytes, so that the numbers can be mapped into
 * memory. */
START_TEST(npy_write_aligns_the_numbers)
{
	Arena *arena = arena_new("test");
	const char *path = path_of(arena, "x.npy");
	ck_assert(npy_write(path, tensor_full(arena, 1, SHAPE(2, 3)), NULL));
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	ck_assert_uint_eq(bytes.size, 128 + 6 * sizeof(real));
	ck_assert_mem_eq(bytes.data, "\x93NUMPY\x01\x00v\x00{'descr': '<f", 23);
	ASSERT_CONTAINS((const char *)bytes.data + 10,
	        "', 'fortran_order': False, 'shape': (2, 3, ), }   ");
	ck_assert_int_eq(bytes.data[127], '\n');
	arena_free(arena);
}
END_TEST

START_TEST(npy_write_full_disk_says_so)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_zeros(arena, SHAPE(3)), y;
	Error error;
	ck_assert(!npy_write("/dev/full", x, &error));
	ASSERT_CONTAINS(error.text, "/dev/full: cannot be written: No space left");
	ck_assert(!npy_write(path_of(arena, "none/x.npy"), x, &error));
	ASSERT_CONTAINS(error.text, "x.npy: cannot be opened for writing: No such file");
	ck_assert(!npy_read(&y, arena, path_of(arena, "none.npy"), &error));
	ASSERT_CONTAINS(error.text, "none.npy: cannot be opened: No such file");
	arena_free(arena);
}
END_TEST

TEST_MAIN("npy", npy_parse_reads_what_numpy_saved,
        npy_parse_truncated_at_every_byte_is_refused,
        npy_parse_trailing_bytes_are_refused, npy_parse_any_changed_byte_is_survived,
        npy_parse_converts_every_type, npy_parse_versions_and_spellings_are_read,
        npy_parse_scalar_and_empty_are_read, npy_parse_absurd_shapes_are_refused,
        npy_parse_what_is_not_supported_gets_a_hint,
        npy_parse_malformed_headers_name_the_byte, npy_write_is_read_again,
        npy_write_aligns_the_numbers, npy_write_full_disk_says_so)
