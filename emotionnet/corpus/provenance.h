/* provenance.h: what a corpus says about itself that every result must repeat. */
#ifndef EMOTIONNET_CORPUS_PROVENANCE_H
#define EMOTIONNET_CORPUS_PROVENANCE_H

#include "emotionnet/corpus/corpus.h"

typedef struct Provenance {
	const char *source;
	Leak leak;   /* speakers in the train split and in another */
	bool paired; /* sentences and clips were matched by label */
} Provenance;

bool corpus_paired(const Corpus *corpus); /* it has the column "paired" */
/* What is then to be said, a line. */
extern const char provenance_paired[];

/* Where voices or faces are read (`person`) and speakers of training are in the test, that
 * is an error unless allowed. In validation they may be: where there are two speakers,
 * nobody is left for it. */
bool provenance_check(Provenance *provenance, const Corpus *corpus, bool person,
        bool allow_leak, Error *error);
/* Says on `out` what must be said; nothing where all is well. */
void provenance_print(FILE *out, const Provenance *provenance);

#endif
