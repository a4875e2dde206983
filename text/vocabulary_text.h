/* vocabulary_text.h: a vocabulary as text, and back. */
#ifndef TEXT_VOCABULARY_TEXT_H
#define TEXT_VOCABULARY_TEXT_H

#include "text/vocabulary.h"

/* All words, one a line, in order of their ids: what a checkpoint keeps, and a file to
 * read. */
const char *vocabulary_to_text(Arena *arena, const Vocabulary *vocabulary);

/* The inverse. `source` is what messages call it. Fails if the text does not begin with
 * <pad> and <unk>, or has an empty line or a word twice. */
bool vocabulary_from_text(Vocabulary *vocabulary, Arena *arena, const char *source,
        const char *text, Error *error);

#endif
