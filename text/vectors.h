/* vectors.h: published word vectors, for the words of a vocabulary.
 *
 * Three formats, told apart by their content:
 *
 *     GloVe            the 0.418 0.24968 ...          a word and its numbers on each line
 *     word2vec text    400000 300                     the same after a line "words width"
 *     word2vec binary  3000000 300\nthe ....          after that line: a word, a space, and its
 *                                                     numbers as little-endian 32-bit floats
 *
 * Only the vectors of words in the vocabulary are kept; what belongs to other words is
 * passed over unread, so a file of many gigabytes is read as fast as the disk gives it.
 * Words are compared as they stand: take vectors made from small letters. GloVe cuts
 * can't into ca n't as text/tokens.h does. */
#ifndef TEXT_VECTORS_H
#define TEXT_VECTORS_H

#include "tensor/file/file.h"
#include "tensor/tensor.h"
#include "text/vocabulary.h"

typedef struct Vectors {
	int width;        /* numbers a word */
	int count;        /* words that have a vector */
	const int *ids;   /* (count) of the vocabulary, in the order of the file */
	const real *rows; /* (count,width) */
	/* ids that have none, the most frequent first; not <pad>, not <unk> */
	const int *missing;
	int missing_count;
} Vectors;

/* Reads the file into the arena. Fails, with the byte or line, if it is none of the three
 * formats, is shorter than its first line says, or if the vector of a word that is needed
 * is malformed. A word that stands twice has its first vector. */
bool vectors_read(Vectors *vectors, Arena *arena, const char *path,
        const Vocabulary *vocabulary, Error *error);

/* The same from bytes in memory; `path` is for messages. */
bool vectors_parse(Vectors *vectors, Arena *arena, const char *path, Bytes bytes,
        const Vocabulary *vocabulary, Error *error);

/* Writes the vectors into the embedding table (ids,width); the rows of the other ids stay
 * as they are. Stops if the width differs or an id is beyond the table. */
void vectors_copy_at(Site site, const Vectors *vectors, Tensor table);
#define vectors_copy(...) vectors_copy_at(HERE, __VA_ARGS__)

#endif
