/* emoticon.h: faces made of punctuation: :-) ;P <3 ^_^ */
#ifndef TEXT_EMOTICON_H
#define TEXT_EMOTICON_H

#include "text/fold.h"

enum { EMOTICON_LONGEST = 4 };

/* The length in folded characters of the emoticon at text->at[at], 0 if there is none,
 * and its one spelling: no nose, the mouth once, its letter a capital (":-))" -> ":)",
 * ":p" -> ":P"). */
size_t emoticon_match(
        const FoldedText *text, size_t at, char spelling[EMOTICON_LONGEST + 1]);

#endif
