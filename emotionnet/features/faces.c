/* faces.c: see faces.h. */
#include "emotionnet/features/faces.h"

#include "emotionnet/corpus/face_track.h"

#include <math.h>

/* ---- the track --------------------------------------------------------------------- */

bool faces_track(Track *track, bool *there, Arena *arena, const Corpus *corpus,
        int utterance, Error *error)
{
	const char *text =
	        corpus_extra(corpus, &corpus->utterances[utterance], FACE_TRACK_COLUMN);
	*there = corpus->face || (text && *text);
	if (corpus->face)
		return corpus->face(corpus, utterance, arena, track, error);
	return !*there || track_read(track, arena, text, error);
}

static void keep_names(Frontend *frontend, Arena *arena, const Track *track)
{
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)track->width);
	for (int f = 0; f < track->width; f++)
		names[f] = arena_string(arena, track->names[f]);
	frontend->face_names = names;
	frontend->width[MODALITY_FACE] = track->width;
}

bool faces_learn(Frontend *frontend, Arena *arena, const Corpus *corpus, Error *error)
{
	Arena *scratch = arena_new("a face");
	Error first = { "" };
	bool found = false;
	for (int i = 0; i < corpus->count && !found; i++) {
		Track track;
		Error why;
		bool there;
		if (corpus->utterances[i].split != SPLIT_TRAIN)
			continue;
		if (!faces_track(&track, &there, scratch, corpus, i, &why))
			first = *first.text ? first : why;
		else if ((found = there))
			keep_names(frontend, arena, &track);
		arena_reset(scratch);
	}
	arena_free(scratch);
	if (found)
		return true;
	return error_set(error,
	        *first.text
	                ? "%s: %s"
	                : "%s: no utterance of the train split has a " FACE_TRACK_COLUMN
	                  "%s",
	        corpus->source, first.text);
}

/* ---- steps ------------------------------------------------------------------------- */

/* The middle of frame t of the sound is at t hops and this, in seconds. */
static double first_middle(const FrameSettings *frames)
{
	const StftSettings *stft = &frames->mel.stft;
	return stft->padding == STFT_WHOLE ? stft->window / 2.0 / FRAMES_RATE : 0;
}

static TrackSteps steps_of(const Frontend *frontend, const Example *example,
        const Track *track, FaceTimes times)
{
	const FrameSettings *frames = &frontend->frames;
	double hop = (double)frames->mel.stft.hop / FRAMES_RATE;
	int sound = example->steps[MODALITY_SPEECH].shape[0];
	if (frontend_reads_frames(frontend) && sound)
		return (TrackSteps){ .first = times.start + example->begin +
			                      first_middle(frames) * times.speed,
			.hop = hop * times.speed,
			.count = sound };
	double last = track->seconds[track->count - 1];
	double end = times.end > 0 && times.end < last ? times.end : last;
	double seconds = fmin(end - times.start, frames->max_seconds);
	return (TrackSteps){ .first = times.start,
		.hop = hop,
		.count = seconds >= 0 ? 1 + (int)(seconds / hop) : 0 };
}

static bool any_known(Tensor steps)
{
	for (int t = 0; t < steps.shape[0]; t++)
		if (!isnan((double)tensor_row(steps, t).data[0]))
			return true;
	return false;
}

/* Another program, or other columns of the same. */
static bool check_names(const Frontend *frontend, const Track *track, Error *error)
{
	Track trained = { .names = frontend->face_names,
		.width = frontend->width[MODALITY_FACE] };
	return track_alike(track, &trained) ||
	       error_set(error,
	               "expected a face with the numbers of the training, %d from \"%s\" to \"%s\", found %d from \"%s\" to \"%s\"",
	               trained.width, trained.names[0], trained.names[trained.width - 1],
	               track->width, track->names[0], track->names[track->width - 1]);
}

bool faces_steps(const Frontend *frontend, Example *example, Arena *arena,
        const Track *track, FaceTimes times, Error *error)
{
	if (!check_names(frontend, track, error))
		return false;
	Tensor steps =
	        track_steps(arena, track, steps_of(frontend, example, track, times));
	if (any_known(steps))
		example->steps[MODALITY_FACE] = steps;
	return true;
}

bool faces_read(const Frontend *frontend, Example *example, Arena *arena,
        const Corpus *corpus, Error *error)
{
	const Utterance *utterance = &corpus->utterances[example->utterance];
	Track track;
	bool there;
	FaceTimes times = {
		.start = utterance->start, .end = utterance->end, .speed = 1
	};
	if (example->copy)
		times.speed =
		        vary_speed(&frontend->vary, example->utterance, example->copy);
	Error why;
	if (!faces_track(&track, &there, arena, corpus, example->utterance, &why) ||
	        (there && !faces_steps(frontend, example, arena, &track, times, &why)))
		return error_set(error, FACE_TRACK_COLUMN " %s", why.text);
	return true;
}

void faces_fill(Tensor steps)
{
	for (size_t i = 0; i < tensor_count(steps); i++)
		if (isnan((double)steps.data[i]))
			steps.data[i] = 0;
}

double faces_seconds(const Frontend *frontend, const Example *example)
{
	return (double)example->steps[MODALITY_FACE].shape[0] *
	       frontend->frames.mel.stft.hop / FRAMES_RATE;
}
