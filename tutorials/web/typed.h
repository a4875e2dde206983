/* typed.h: comes before a warm-up whose answers are numbers and texts that one works out. In a page
 * without a C compiler they are typed: each check reads a line, in place of what stands in the file. */
#ifndef TUTORIALS_TYPED_H
#define TUTORIALS_TYPED_H

#include "tutorials/lesson/warmup.h"

/* The next line of the keyboard, empty after the last. The text lives until the next call. */
const char *typed_text(void);
double typed_number(void); /* not a number: NAN */

#undef WARMUP_ANSWER
#undef WARMUP_TEXT
#define WARMUP_ANSWER(what, found, ...)                                                  \
	warmup_number(what, ((void)(found), typed_number()), false,                      \
	        (const WarmupNumber[]){ __VA_ARGS__, { .end = true } })
#define WARMUP_TEXT(what, found, ...)                                                    \
	warmup_text(what, ((void)(found), typed_text()),                                 \
	        (const WarmupText[]){ __VA_ARGS__, { .end = true } })

#endif
