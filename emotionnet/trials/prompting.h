/* prompting.h: rows of a comparison that a language model answers without having learnt the
 * task: from a prompt alone, or from a prompt with a few examples; and what its states know
 * (probe.h). */
#ifndef EMOTIONNET_TRIALS_PROMPTING_H
#define EMOTIONNET_TRIALS_PROMPTING_H

#include "emotionnet/corpus/corpus.h"
#include "emotionnet/language/session.h"
#include "emotionnet/language/prompts.h"
#include "layers/work.h"

#include <stdatomic.h>

/* A language model that rows share; several threads may ask it at once. */
typedef struct LanguageRows LanguageRows;

/* Opens it, in the arena: a GGUF file or a folder (language.h). */
LanguageRows *language_rows_open(Arena *arena, const char *path, Error *error);

const LanguageFile *language_rows_file(const LanguageRows *rows);
const Language *language_rows_model(const LanguageRows *rows);
uint64_t language_rows_hash(const LanguageRows *rows); /* of the file */
const Params *language_rows_params(const LanguageRows *rows);
bool language_rows_asks(const LanguageRows *rows); /* a BERT cannot be asked */

/* What stands after each of `count` utterances' texts in a prompt, by the utterance's place in
 * the corpus (prosody.h); NULL: nothing. Kept, not copied. The hash is of all of it. */
void language_rows_hear(LanguageRows *rows, const char *const *words, int count);
const char *const *language_rows_heard(const LanguageRows *rows);
uint64_t language_rows_heard_hash(const LanguageRows *rows);

/* What answering took: seconds of processors, and bytes at the peak. */
typedef struct AskedCosts {
	double cpu_seconds;
	uint64_t memory;
} AskedCosts;

/* What `make` makes of the model, in an arena that lasts as long as the rows, once for a key
 * (a hash of all that it depends on): who asks for the same meanwhile waits. *costs, unless
 * NULL, are what making it took. NULL where make was stopped; then nothing is kept. */
typedef const void *LanguageMake(const void *context, Arena *kept, AskedCosts *costs);
const void *language_rows_once(LanguageRows *rows, uint64_t key, LanguageMake *make,
        const void *context, AskedCosts *costs);

/* What is asked. */
typedef struct Asked {
	int prompt;      /* of `prompts` */
	bool less_empty; /* minus what it says of an empty text */
	/* examples with their labels that stand before the text, in this order */
	const char *const *shots;
	const int *shot_labels;
	int shot_count;
	const Labels *labels;
} Asked;

/* Whether the model can read the prompt with no text in it, and its tokens spell the labels:
 * to be asked before the two functions below. */
bool prompting_fits(const LanguageRows *rows, const Asked *asked, Error *error);

/* For each of these texts and each label: the mean log-probability of the label's tokens
 * after the prompt, as a probability among the labels, (count,labels). Texts are cut where
 * the model cannot read more; of the examples, the last ones are left out. Without examples,
 * the same questions are put to it once; *costs are those of that time. False: *stop became
 * true (NULL: it cannot). */
bool prompting_answer(LanguageRows *rows, const Asked *asked, const char *const texts[],
        int count, Pool *pool, const atomic_bool *stop, float *probabilities,
        AskedCosts *costs);

/* What these texts take together, counted: once what stands before them is read. */
TapeWork prompting_work(const LanguageRows *rows, const Asked *asked,
        const char *const texts[], int count);

/* The milliseconds that each of these texts takes, once what stands before it is read. */
void prompting_time(LanguageRows *rows, const Asked *asked, const char *const texts[],
        int count, Pool *pool, double milliseconds[]);

#endif
