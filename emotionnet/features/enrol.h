/* enrol.h: whose voice it is. `--normalise speaker` brings every voice to one level: the
 * mean and deviation of each number over all clips of the speaker, not those of one clip,
 * which hold its emotion too. So a speaker must enrol before he is understood, the test's
 * speakers as well: clips of his are read first, without their labels. Whoever shows
 * figures that were got so says it (enrolled_print). */
#ifndef EMOTIONNET_FEATURES_ENROL_H
#define EMOTIONNET_FEATURES_ENROL_H

#include "emotionnet/features/frontend.h"

/* Who speaks in a set of examples. In `arena`, and as long as the examples stand where
 * they stood. */
typedef struct Enrolment {
	int speakers;
	/* those of speaker s: clips[first[s]] to clips[first[s + 1] - 1]; no copies */
	const Example **clips;
	int *first;      /* (speakers + 1) */
	double *seconds; /* (speakers) of his clips */
	int *who;        /* (N) the speaker of each example; -1: it has none of that */
	Enrolled told;
} Enrolment;

/* Clips are examples with sound, or with a face, as `kind` says. Each of nobody named is
 * of a speaker of its own. If the front end has reference clips, they and all examples
 * are of one speaker; `corpus` may then be NULL. */
Enrolment enrol(Arena *arena, const Frontend *frontend, const Dataset *data,
        const Corpus *corpus, ModalityKind kind);

/* The level of each speaker, in `arena`, over `what` of his clips: (T,width), such as
 * their frames. Of whom less than ENROL_ENOUGH seconds are heard, the emotion of these
 * would pass for his voice: his level leans to the average one, that of the training
 * split, as if ENROL_AVERAGE seconds of it had been heard before. (Chosen on EmoDB's
 * validation speakers; what it gains: tests/measure/README.md.) */
#define ENROL_ENOUGH  30.0
#define ENROL_AVERAGE 4.0
#define ENROL_VECTOR  3.0 /* seconds that a face counts as that is one vector */
typedef Tensor EnrolWhat(const Example *example);
Level *enrol_levels(Arena *arena, const Enrolment *enrolment, EnrolWhat *what, int width,
        Level average);

/* The reference clips, trimmed and read as `frontend` reads sound, not normalised: a set
 * for frontend->reference, in `arena`. Fails, naming the clip, if one is too short or
 * silent, or if all of them together last less than ENROL_SECONDS; of less than
 * ENROL_ENOUGH enrolled_print warns (tests/measure/README.md says what it costs). */
#define ENROL_SECONDS 1.0
#define ENROL_ENOUGH  30.0
typedef struct Reference {
	const char *name; /* for messages */
	Clip clip;        /* as it was read */
} Reference;
bool enrol_reference(Dataset *reference, Arena *arena, const Frontend *frontend,
        const Reference clips[], int count, Error *error);

/* "normalised by speaker: each speaker's own 3 to 5 clips of the split, without their
 * labels, were read first (enrolment)", one line; nothing where nobody enrolled. A second
 * line where reference clips are few. */
void enrolled_print(FILE *out, const Enrolled *told);
/* ,"enrolment":{"speakers":2,"clips":[3,5],"alone":0,"reference":0,"seconds":9.100000} */
void enrolled_print_json(FILE *out, const Enrolled *told);

#endif
