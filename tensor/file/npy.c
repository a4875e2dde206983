/* A .npy file is
 *
 *     "\x93NUMPY", major and minor version     8 bytes
 *     the header's length                      2 bytes little-endian; 4 from version 2 on
 *     the header (npy_header.h)                spaces fill it up to a multiple of 64 bytes, "\n" ends it
 *     the numbers                              in row-major order, as the header says */
#include "tensor/file/npy.h"
#include "tensor/file/npy_header.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

_Static_assert(
        __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "npy_write writes memory as it is");

static const char magic[] = "\x93NUMPY";
enum { MAGIC = sizeof magic - 1, ALIGNMENT = 64 };

static uint64_t little_endian(const unsigned char *bytes, size_t size)
{
	uint64_t value = 0;
	for (size_t i = 0; i < size; i++)
		value |= (uint64_t)bytes[i] << 8 * i;
	return value;
}

/* Where the header lies in the file. */
static bool find_header(
        size_t *begin, size_t *end, const char *name, Bytes bytes, Error *error)
{
	if (bytes.size >= 2 && !memcmp(bytes.data, "PK", 2))
		return error_set(error,
		        "%s: byte 0: an .npz archive, expected a single array. Hint: in Python, numpy.save(path, archive[name]).",
		        name);
	if (bytes.size < MAGIC || memcmp(bytes.data, magic, MAGIC))
		return error_set(error,
		        "%s: byte 0: not a .npy file, which begins with \\x93NUMPY. Hint: in Python, numpy.save(path, x).",
		        name);
	int version = bytes.size > MAGIC ? bytes.data[MAGIC] : 1;
	if (version < 1 || version > 3)
		return error_set(error, "%s: byte %d: version %d, expected 1 to 3", name,
		        MAGIC, version);
	size_t field = version == 1 ? 2 : 4;
	const unsigned char *length = bytes.data + MAGIC + 2;
	*begin = MAGIC + 2 + field;
	if (bytes.size < *begin || little_endian(length, field) > bytes.size - *begin)
		return error_set(error,
		        "%s: byte %zu: the file ends within its header. Hint: it was cut off; write or copy it again.",
		        name, bytes.size);
	*end = *begin + (size_t)little_endian(length, field);
	return true;
}

typedef struct Type {
	char kind;   /* f float, i integer, u without sign, b boolean */
	size_t size; /* 0: not one of these */
} Type;

static Type type_of(const char *descr)
{
	static const char *const known[] = { "<f4", "<f8", "|i1", "<i2", "<i4", "<i8",
		"|u1", "<u2", "<u4", "<u8", "|b1" };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (!strcmp(descr, known[i]))
			return (Type){ descr[1], (size_t)(descr[2] - '0') };
	return (Type){ .size = 0 };
}

static real number(Type type, uint64_t bits)
{
	float single;
	double precise;
	uint32_t low = (uint32_t)bits;
	uint64_t sign = (uint64_t)1 << (8 * type.size - 1);
	switch (type.kind) {
	case 'f':
		memcpy(&single, &low, sizeof single);
		memcpy(&precise, &bits, sizeof precise);
		return type.size == sizeof single ? (real)single : (real)precise;
	case 'i': /* two's complement: the highest bit counts negative */
		return (real)(int64_t)((bits ^ sign) - sign);
	default:
		return (real)bits;
	}
}

/* The number of elements. Nothing is multiplied before it is known not to overflow. */
static bool count_elements(size_t *count, const char *name, Tensor shape, Error *error)
{
	*count = 1;
	for (int d = 0; d < shape.ndim; d++) {
		size_t size = (size_t)shape.shape[d];
		if (size && *count > (size_t)INT_MAX / size)
			return error_set(error, "%s: shape %s has more than %d elements",
			        name, tensor_shape_text(shape).text, INT_MAX);
		*count *= size;
	}
	return true;
}

/* What this library can hold, and as many bytes as there should be. */
static bool check(const NpyHeader *header, const char *name, size_t begin,
        size_t expected, size_t found, Error *error)
{
	if (header->fortran_order && header->shape.ndim > 1)
		return error_set(error,
		        "%s: the array is in Fortran order, expected C order. Hint: in Python, numpy.ascontiguousarray(x).",
		        name);
	if (!type_of(header->descr).size)
		return error_set(error,
		        "%s: numbers of type '%s', expected little-endian floats of 4 or 8 bytes, integers or booleans. Hint: x.astype('<f4').",
		        name, header->descr);
	if (found != expected)
		return error_set(error,
		        "%s: byte %zu: expected %zu bytes for shape %s of '%s', but %zu were found. Hint: %s.",
		        name, begin, expected, tensor_shape_text(header->shape).text,
		        header->descr, found,
		        found < expected ? "it was cut off; write or copy it again"
		                         : "one file holds one array");
	return true;
}

bool npy_parse(Tensor *out, Arena *arena, const char *name, Bytes bytes, Error *error)
{
	size_t begin = 0, end = 0, count = 0;
	NpyHeader header = { .fortran_order = false };
	if (!find_header(&begin, &end, name, bytes, error) ||
	        !npy_header_parse(&header, name, bytes, begin, end, error) ||
	        !count_elements(&count, name, header.shape, error))
		return false;
	Type type = type_of(header.descr);
	if (!check(&header, name, end, count * type.size, bytes.size - end, error))
		return false;
	const unsigned char *numbers = bytes.data + end;
	*out = tensor_new(arena, header.shape.ndim, header.shape.shape);
	for (size_t i = 0; i < count; i++)
		out->data[i] =
		        number(type, little_endian(numbers + i * type.size, type.size));
	return true;
}

bool npy_read(Tensor *out, Arena *arena, const char *path, Error *error)
{
	Arena *file = arena_new("a .npy file");
	Bytes bytes;
	bool done = file_read(&bytes, file, path, error) &&
	            npy_parse(out, arena, path, bytes, error);
	arena_free(file);
	return done;
}

bool npy_write(const char *path, Tensor x, Error *error)
{
	char shape[TENSOR_MAX_DIMS * 14 + 1] = "", header[4 * ALIGNMENT];
	for (int d = 0; d < x.ndim; d++) {
		size_t used = strlen(shape);
		snprintf(shape + used, sizeof shape - used, "%d, ", x.shape[d]);
	}
	int length = snprintf(header, sizeof header,
	        "{'descr': '<f%d', 'fortran_order': False, 'shape': (%s), }",
	        (int)sizeof(real), shape);
	int begin = MAGIC + 4;
	int end = (begin + length + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	int field = end - begin;

	Arena *arena = arena_new("a .npy file");
	FileWriter *writer = file_open(arena, path, error);
	if (writer) {
		file_print(writer, "%s%c%c%c%c", magic, 1, 0, field % 256, field / 256);
		file_print(writer, "%s%*s", header, field - length, "\n");
		file_write(writer, x.data, tensor_count(x) * sizeof(real));
	}
	bool done = writer && file_close(writer, error);
	arena_free(arena);
	return done;
}
