/* gguf.h: a language model in one file, as llama.cpp's world stores them: what is known
 * of the model (its sizes, its vocabulary), and its weights, often of 4 or 8 bits.
 *
 * The format (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), little-endian:
 *
 *     "GGUF"  u32 version: 2 or 3 (1, with counts of 32 bits, is read too)
 *     u64 number of tensors  u64 number of items
 *     each item     key, u32 type, value
 *     each tensor   name, u32 dimensions, u64 sizes (the last axis first), u32 type,
 *                   u64 offset from the beginning of the data
 *     zeros up to a multiple of the alignment ("general.alignment", else 32)
 *     the data: each tensor at its offset, a multiple of the alignment
 *
 * where a key, a name and a value of text are a u64 length and so many bytes of UTF-8. */
#ifndef TENSOR_FILE_GGUF_H
#define TENSOR_FILE_GGUF_H

#include "tensor/block_layout.h"
#include "tensor/file/file.h"

#include <stdint.h>

typedef enum GgufType {
	GGUF_U8,
	GGUF_I8,
	GGUF_U16,
	GGUF_I16,
	GGUF_U32,
	GGUF_I32,
	GGUF_F32,
	GGUF_BOOL,
	GGUF_STRING,
	GGUF_ARRAY,
	GGUF_U64,
	GGUF_I64,
	GGUF_F64,
} GgufType;

/* One thing that is known of the model: one value, or an array of them. */
typedef struct GgufItem {
	const char *key;
	GgufType type; /* of the value, or of each element; never GGUF_ARRAY */
	bool array;
	size_t count;              /* 1 where it is no array */
	const unsigned char *data; /* where the values stand, one after another */
	size_t at;                 /* of the item in the file, for messages */
} GgufItem;

enum { GGUF_MAX_DIMS = 4 };

typedef struct GgufTensor {
	const char *name;
	const BlockLayout *layout;
	int ndim;
	int shape[GGUF_MAX_DIMS];  /* as everywhere here: the last axis varies fastest */
	const unsigned char *data; /* in the mapped file, aligned as the file says */
	size_t bytes;
} GgufTensor;

typedef struct Gguf {
	const char *path;
	GgufItem *items; /* `item_count` of them, by key */
	int item_count;
	GgufTensor *tensors; /* `count` of them, by name */
	int count;
	size_t size; /* bytes of the file */
	bool narrow; /* version 1: lengths have 32 bits */
} Gguf;

/* Maps the file for as long as the arena and checks all of it: magic, version, counts,
 * types, UTF-8, keys and names that stand twice, sizes that overflow, rows that are no
 * whole blocks, offsets, alignment, tensors that overlap, and where the file ends. Fails
 * with the path, the byte, and what was expected. */
bool gguf_open(Gguf *gguf, Arena *arena, const char *path, Error *error);
/* The same for bytes that are in memory already, which are kept. */
bool gguf_parse(Gguf *gguf, Arena *arena, const char *path, Bytes bytes, Error *error);

const GgufTensor *gguf_tensor(const Gguf *gguf, const char *name); /* or NULL */
const GgufItem *gguf_item(const Gguf *gguf, const char *key);      /* or NULL */

/* The value of a key, in the arena where it is text. False, with the key, what it is to
 * be and what the file has, if it is missing or another type: any whole number of any
 * width is one from 0 to `most`; any number is a real one. */
bool gguf_whole(const Gguf *gguf, const char *key, int most, int *value, Error *error);
bool gguf_real(const Gguf *gguf, const char *key, double *value, Error *error);
bool gguf_flag(const Gguf *gguf, const char *key, bool *value, Error *error);
bool gguf_text(const Gguf *gguf, Arena *arena, const char *key, const char **value,
        Error *error);

/* Arrays, in the arena. */
bool gguf_texts(const Gguf *gguf, Arena *arena, const char *key,
        const char *const **values, int *count, Error *error);
bool gguf_reals(const Gguf *gguf, Arena *arena, const char *key, float **values,
        int *count, Error *error);
bool gguf_wholes(const Gguf *gguf, Arena *arena, const char *key, int **values,
        int *count, Error *error);

#endif
