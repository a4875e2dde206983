/* frames.h: from an utterance's sound to its log-mel frames, with its pitch if wanted,
 * brought to a common level. */
#ifndef EMOTIONNET_FEATURES_FRAMES_H
#define EMOTIONNET_FEATURES_FRAMES_H

#include "audio/clip.h"
#include "audio/functionals/functionals.h"
#include "audio/mel/mel.h"
#include "audio/resample_plan.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/features/remarks.h"
#include "emotionnet/features/vary.h"
#include "tensor/tensor.h"
#include "text/record.h"

enum { FRAMES_RATE = 16000 };    /* every clip is brought to this rate first */
#define FRAMES_LEAST_SECONDS 0.1 /* that max_seconds may be */

/* What of a clip is read. */
typedef enum Hears {
	HEARS_FRAMES,
	HEARS_BOTH,       /* frames, and beside them the functionals of the clip */
	HEARS_FUNCTIONALS /* these alone (audio/functionals/), as a single frame */
} Hears;

typedef struct FrameSettings {
	Hears hears;
	MelSettings mel;
	const MelPlan *plan;                /* of `mel` at FRAMES_RATE */
	const FunctionalsPlan *functionals; /* NULL where none are heard */
	ResamplePlans *rates;               /* to FRAMES_RATE, of all clips so far */
	double max_seconds;                 /* a longer clip is cut */
	bool pitch;  /* each frame's mel bands are followed by FRAMES_PITCH numbers */
	bool trim;   /* silence before and after the voice is cut off first */
	bool causal; /* they are as a stream can have them (causal.h) */
} FrameSettings;

/* Writes or reads all that the frames depend on: for a checkpoint, and for the key of the
 * cache. A new setting is a field above and a line there. */
void frames_keep(Record *record, FrameSettings *settings);

/* Makes the plans, in the arena: before the first clip. */
void frames_plan(Arena *arena, FrameSettings *settings);

/* How high the voice is (YIN, audio/voice/pitch.h): octaves above 110 Hz; octaves above the
 * clip's own mean; and how periodic the sound is, 0 to 1. The first two are 0 where it is
 * not voiced. Mel bands tell pitch badly: they are wider than the distance between two
 * harmonics of most voices. */
enum { FRAMES_PITCH = 3 };
int frames_width(const FrameSettings *settings); /* numbers a frame */
/* functionals beside the frames, or what stands for them where the frames are causal */
int frames_whole(const FrameSettings *settings);
const char *frames_whole_name(Arena *arena, const FrameSettings *settings, int index);

typedef enum Normalise {
	/* each mel band by its mean and deviation over the training split */
	NORMALISE_CORPUS,
	/* ... over all that its speaker says in the split (enrol.h) */
	NORMALISE_SPEAKER,
	/* ... by its own over the utterance: forgets level and channel */
	NORMALISE_UTTERANCE,
	/* ... over what was heard so far, the last seconds above all: what a stream can
	 * do */
	NORMALISE_RUNNING,
	NORMALISES
} Normalise;
extern const char *const normalise_names[]; /* "corpus", ..., NULL */

/* (T,frames_width) as they come, not normalised, in the arena. *cut: the clip was too
 * long. */
Tensor frames_of_clip(Arena *arena, Clip clip, const FrameSettings *settings, bool *cut);

double frames_seconds(Clip clip, const FrameSettings *settings); /* that count */

/* The clip without the silence around the voice, if the settings want that; *begin: the
 * seconds that its beginning lost. The same samples, not copied. */
Clip frames_trim(Arena *scratch, Clip clip, const FrameSettings *settings, double *begin);

/* The same for an utterance of a corpus: read from its wav or made by the corpus, or
 * taken from the cache (NULL: none). Only the frames stay in `arena`; everything else is
 * made in `scratch`. Fails if the sound cannot be read. */
typedef struct FrameSource {
	const Corpus *corpus;
	const FrameSettings *settings;
	const VarySettings *vary;
	const char *cache; /* a folder, or NULL */
	/* cache_settings() of the settings, and the folder is there; NULL: not known */
	const char *kept;
	int utterance, copy; /* of the corpus; 0: the clip itself */
} FrameSource;
typedef struct Heard {
	Tensor frames, whole; /* whole: frames_beside */
	double begin;         /* seconds of the clip before the first frame ... */
	double seconds;       /* ... and from there on, at most max_seconds */
	int rate;             /* of the clip, up to FRAMES_RATE */
	Remarks remarks;
} Heard;
bool frames_of_utterance(Heard *heard, Arena *arena, Arena *scratch,
        const FrameSource *source, Error *error);

/* The functionals beside the frames, (1,frames_whole), as they come: NaN where nothing could
 * be measured. In the arena; without rows if none are heard. */
Tensor frames_beside(Arena *arena, Clip clip, const FrameSettings *settings);

/* Mean and 1/deviation of each band over all frames of `count` tensors (T_i,mels); NaN
 * counts as not there. */
void frames_statistics(Arena *scratch, const Tensor *frames, int count, int mels,
        real *mean, real *scale);

/* x = (x - mean) * scale in place; over the utterance, its own mean and scale are taken
 * instead, and running, those of the frames so far. `memory`: the frames that a running
 * mean looks back, frames_memory. */
void frames_normalise(Arena *scratch, Tensor frames, Normalise over, const real *mean,
        const real *scale, double memory);
double frames_memory(const FrameSettings *settings);

/* Functionals that have been normalised, in place: what could not be measured is as in the
 * mean of all, 0; and nothing is further from it than FUNCTIONALS_MOST deviations. A
 * number measured in few frames, such as the jitter of one voiced stretch, is now and then
 * far out, and a linear layer would answer by that number alone. */
#define FUNCTIONALS_MOST 5
void functionals_tame(Tensor functionals);

#endif
