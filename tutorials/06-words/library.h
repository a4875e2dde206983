/* library.h: the same reader of the library's layers. */
#ifndef TUTORIALS_WORDS_LIBRARY_H
#define TUTORIALS_WORDS_LIBRARY_H

#include "tutorials/06-words/reader.h"

/* Begins with the numbers of `from` and trains with the same sentences in the same order;
 * the accuracy on `test`. */
double library_accuracy(
        const Reader *from, int words, Sentences train, const Plan *plan, Sentences test);

#endif
