/* safetensors.h: tensors by name in one file, as PyTorch's world stores models.
 *
 * The format (https://huggingface.co/docs/safetensors): the length N of the header, 8
 * bytes, little-endian; N bytes of JSON, which may end in spaces,
 *
 *     {"__metadata__": {"key": "value", ...},
 *      "text.lstm.weight_ih_l0": {"dtype": "F32", "shape": [512, 128], "data_offsets": [0, 262144]}, ...}
 *
 * then the numbers, row-major and little-endian, each tensor at its offsets, without a
 * gap. No code is run to load it, and every size can be checked against the file's
 * length beforehand.
 *
 * What this library writes has the CRC-32 of the file in its metadata, as "crc32": eight
 * hexadecimal digits, of all bytes but these eight. */
#ifndef TENSOR_FILE_SAFETENSORS_H
#define TENSOR_FILE_SAFETENSORS_H

#include "tensor/file/file.h"
#include "tensor/real.h"

/* What else belongs to a model: its vocabulary, its settings. Keys are unique, all is
 * UTF-8. */
typedef struct MetadataItem {
	const char *key, *value;
} MetadataItem;
typedef struct Metadata {
	MetadataItem *items;
	int count;
} Metadata;

const char *metadata_find(const Metadata *metadata, const char *key); /* or NULL */

enum { SAFETENSORS_MAX_DIMS = 8 }; /* of a tensor that may be in a file */

typedef struct SafetensorsType {
	const char *name; /* "F32" */
	size_t size;      /* bytes of one number */
	void (*to_real)(
	        real *out, const unsigned char *bytes, size_t count); /* or NULL */
} SafetensorsType;

typedef struct SafetensorsEntry {
	const char *name;
	const SafetensorsType *type;
	int ndim;
	size_t shape[SAFETENSORS_MAX_DIMS];
	size_t begin,
	        end; /* of its bytes, counted from the first byte after the header */
	size_t at;   /* where the header describes it, for messages */
} SafetensorsEntry;

typedef struct SafetensorsFile {
	const char *path;
	SafetensorsEntry *entries; /* `count` of them, by name */
	int count;
	Metadata metadata; /* by key */
	Bytes data;        /* what follows the header */
	bool summed;       /* it has a checksum, and that is right */
} SafetensorsFile;

/* Maps the file for as long as the arena and checks all of it: the header's length, its
 * JSON, types, names that stand twice, that shapes, offsets and the file's length
 * agree, without overlap or gap, and the checksum if there is one. Fails with the path,
 * the byte and what was expected. */
bool safetensors_open(
        SafetensorsFile *file, Arena *arena, const char *path, Error *error);
/* The same for bytes that are in memory already; they are kept. `path` is for
 * messages. */
bool safetensors_parse(
        SafetensorsFile *file, Arena *arena, const char *path, Bytes bytes, Error *error);

/* The header alone, as it would stand before `data_size` bytes: what saving checks its
 * own with. */
bool safetensors_header(SafetensorsFile *file, Arena *arena, const char *path,
        Bytes header, size_t data_size, Error *error);

/* Where the header has the eight digits of the checksum; NULL if it has none. */
#define SAFETENSORS_SUM "crc32"
enum { SAFETENSORS_DIGITS = 8 };
char *safetensors_digits(Bytes header);

const SafetensorsEntry *safetensors_find(
        const SafetensorsFile *file, const char *name); /* NULL if there is none */

/* Forgets all tensors whose names begin with `prefix`: those that a load leaves where
 * they are, knowingly. */
void safetensors_leave_out(SafetensorsFile *file, const char *prefix);

#endif
