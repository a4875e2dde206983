/* frontend.h: from utterances to numbers: words to ids, sound to log-mel frames, the
 * corpus's own vectors as they are, labels to classes.
 *
 * What it learns (the vocabulary, the mean and deviation of each mel band and of each
 * number of a vector, the set of labels) it learns from the training split alone. The
 * checkpoint keeps all of it, so that a prediction sees just what training saw. */
#ifndef EMOTIONNET_FEATURES_FRONTEND_H
#define EMOTIONNET_FEATURES_FRONTEND_H

#include "emotionnet/batch.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/features/frames.h"
#include "tensor/threads.h"
#include "text/ngrams.h"
#include "text/tokens.h"
#include "text/vocabulary.h"

enum {
	FRONTEND_WORDS = 10000,    /* of a text, at most */
	FRONTEND_NGRAMS = 1 << 18, /* known ones, at most: the most frequent */
};

/* What each number of a step is brought by to a common level: x' = (x - mean) * scale. */
typedef struct Level {
	const real *mean, *scale; /* (F) each; NULL: not known */
} Level;

/* Of whose clips a split was normalised by speaker (enrol.h). */
typedef struct Enrolled {
	int speakers;    /* who have two clips or more; 0: it was not */
	int least, most; /* clips of a speaker */
	int alone;       /* clips of nobody named, or his only one */
	int reference;   /* of the clips, those of --reference */
	double seconds;  /* of all these clips */
} Enrolled;

typedef struct Frontend {
	/* chosen */
	ModalitySet reads;
	ModalitySet vectors; /* those of them that are read as the corpus's own vectors */
	int numbers[MODALITIES]; /* that a vector must have; 0: as many as the first */
	bool characters;         /* text is cut into characters instead of words */
	/* ... or into the tokens of a language model, whose numbers the ids then are */
	const struct Tokeniser *tokeniser;
	int min_count, max_words; /* of either; at most FRONTEND_WORDS */
	NgramSettings ngrams; /* of words; words 0: none, the vocabulary is of words */
	FrameSettings frames;
	Normalise normalise;
	Normalise faces;   /* vectors and tracks: over the corpus or the speaker */
	VarySettings vary; /* of the training split */
	/* whose voices a pre-trained encoder has heard (corpus/heard.h), or NULL */
	const char *heard;
	/* further clips of the one speaker who is heard (enrol.h), or NULL */
	const Dataset *reference;
	/* learnt */
	Labels labels; /* chosen, where frontend_fit finds any: those of all folds */
	Vocabulary vocabulary;
	int rate; /* the least that a clip had, up to FRAMES_RATE; 0: none was heard */
	int width[MODALITIES]; /* F of the steps: mel bands, or numbers of a vector */
	/* (F) of a face in time: what its numbers are (emotionnet/face/track.h) */
	const char *const *face_names;
	const real *mean[MODALITIES],
	        *scale[MODALITIES]; /* (F): x' = (x - mean) * scale */
	Level whole;                /* (K) of functionals beside the frames */
} Frontend;

/* How to go about it. */
typedef struct FrontendRun {
	Pool *pool;
	/* a folder where log-mel frames are kept, keyed by clip and settings; NULL: none
	 * */
	const char *cache;
	/* (utterances, 1 + copies) what was heard of each: a sound that is there is
	 * copied, one that is not is read and put there, where it lives as long as the
	 * examples it was read for; NULL: all is read anew */
	Heard *heard;
	/* leave out, name and count what cannot be read or has an unknown label */
	bool skip_bad;
	FILE *warnings; /* where skipped utterances are named; NULL: nowhere */
	int skipped;    /* counted: left out */
	int rate;       /* the least that a clip had, up to FRAMES_RATE; 0: none yet */
	Remarks remarks;
	Enrolled enrolled[SPLIT_COUNT];
	/* clips of the other splits that are in the train split too, and one of them */
	int repeated;
	const char *repeated_id;
} FrontendRun;

/* Learns from the training split and makes the examples of all three. The examples live
 * until dataset_free; what was learnt, in `arena`. */
bool frontend_fit(Frontend *frontend, Dataset data[SPLIT_COUNT], Arena *arena,
        const Corpus *corpus, FrontendRun *run, Error *error);

/* Reads all of a corpus whose utterances are in the training split, as it comes: nothing is
 * learnt but how wide it is, nothing normalised, and words are not looked at. */
bool frontend_read(Frontend *frontend, Dataset *data, Arena *arena, const Corpus *corpus,
        FrontendRun *run, Error *error);

/* Makes the examples of one split with what was learnt before. Both fail if a split is to be
 * normalised by speaker and nobody in it has two clips. */
bool frontend_apply(const Frontend *frontend, Dataset *data, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error);

/* One example from a sentence (NULL: none) and a sound (NULL: none), in the arena; the
 * label is -1. The sound has been trimmed by frames_trim. Adds what is to be said of it to
 * the remarks. Fails if the sound is too short for a frame, or if it is to be normalised
 * by speaker and there are no reference clips. */
bool frontend_example(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const Clip *clip, Remarks *remarks, Error *error);

/* The sound of an example, as it comes: the first half of that. */
bool frontend_hear(const Frontend *frontend, Example *example, Arena *arena,
        const Clip *clip, Remarks *remarks, Error *error);

/* Adds to that example the vector that "FILE.npy:ROW" names (rows.h), for a modality
 * that is read so; or the face in time of a file (face_track.h). */
bool frontend_vector(const Frontend *frontend, Example *example, Arena *arena,
        ModalityKind kind, const char *row, Error *error);
bool frontend_track(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, Error *error);

/* Whether words are read as words and sound as sound, not as the corpus's own vectors
 * of them. */
bool frontend_reads_words(const Frontend *frontend);
bool frontend_reads_sound(const Frontend *frontend);
bool frontend_reads_frames(const Frontend *frontend); /* of it, not functionals alone */
bool frontend_reads_vector(const Frontend *frontend, ModalityKind kind);
bool frontend_reads_track(const Frontend *frontend); /* a face in time (faces.h) */
bool frontend_by_speaker(const Frontend *frontend);  /* sound is normalised so */
bool frontend_faces_by_speaker(const Frontend *frontend);

/* A text as it is cut, in the arena. Of a language model's tokens *ids are their numbers. */
Tokens frontend_tokens(
        const Frontend *frontend, Arena *arena, const char *text, int **ids);

/* Tells a set how wide its examples' steps and functionals are. */
void frontend_widths(const Frontend *frontend, Dataset *data);

/* Gives an example other words, in the arena; `times` of the column word_times, or NULL.
 * Its sound, whose steps the words are laid over, stays. */
void frontend_reword(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const char *times);

/* Gives an example another sound, in the arena, of the length of its own (trimmed by
 * frames_trim): its words stay where they are. */
void frontend_resound(
        const Frontend *frontend, Example *example, Arena *arena, Clip clip);

/* The share of the tokens of a set that the vocabulary does not have; NaN if there are
 * no tokens. */
double frontend_unknown_share(const Dataset *data);

#endif
