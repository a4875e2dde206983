/* report_cited.h: figures that others published on corpora that can be imported here. They
 * were not run by this program: whoever shows them says so. */
#ifndef EMOTIONNET_PAGE_REPORT_CITED_H
#define EMOTIONNET_PAGE_REPORT_CITED_H

typedef struct Cited {
	const char *corpus; /* the importer's name; "": it cannot be imported */
	const char *title;  /* of the corpus */
	const char *score;  /* "weighted F1" */
	const char *model;  /* who answered, and how it had learnt */
	const char *kind;   /* CITED_NETWORK or CITED_LANGUAGE */
	const char *figure; /* in per cent */
	const char *source;
} Cited;

#define CITED_NETWORK  "specialised"
#define CITED_LANGUAGE "language model"

extern const Cited cited[]; /* the last has corpus NULL */

#endif
