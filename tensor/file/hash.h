/* hash.h: one number for many bytes, to tell whether two things are the same. */
#ifndef TENSOR_FILE_HASH_H
#define TENSOR_FILE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a (Fowler, Noll & Vo 1991), 64 bits: begin with HASH_BEGIN, then hand on what
 * came out. */
#define HASH_BEGIN ((uint64_t)0xcbf29ce484222325u)
uint64_t hash_bytes(uint64_t hash, const void *data, size_t size);

/* A text with its end, as bytes; several, one after the other. */
uint64_t hash_text(uint64_t hash, const char *text);
uint64_t hash_texts(uint64_t hash, const char *const texts[], int count);

/* Another number of the same bytes, eight at a time: not the same on every machine, for
 * what is told apart within one process. */
uint64_t hash_quick(uint64_t hash, const void *data, size_t size);

#endif
