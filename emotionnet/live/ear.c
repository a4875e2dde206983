/* ear.c: an answer is the forward pass of the model over a batch of one. Of a causal model the
 * speech encoder is not run there: its steps and their summary come from the stream. */
#include "emotionnet/live/ear.h"

#include "autograd/fast/kept.h"
#include "emotionnet/encoder_causal.h"
#include "emotionnet/features/causal.h"
#include "emotionnet/features/dataset.h"
#include "emotionnet/features/faces.h"
#include "emotionnet/features/level.h"
#include "emotionnet/live/live.h"
#include "emotionnet/train/evaluate.h"
#include "tensor/reduce.h"

#include <math.h>
#include <string.h>

enum { PIXELS = LIVE_PICTURE * LIVE_PICTURE };

struct Ear {
	const Checkpoint *checkpoint;
	Params params; /* a replica */
	EmotionNet *model;
	Tape tape;      /* of one answer */
	Arena *scratch; /* of one push */
	Arena *kept;    /* the example of the last answer */
	Example example;
	/* where it streams: */
	FrameStream *frames;
	CausalStream *stream;
	Encoder whole, running; /* the speech encoder: over a clip; from the stream */
	Tensor steps;           /* (most,F) the normalised frames of the turn */
	long long pushed;       /* samples of the turn */
};

/* ---- what a stream says in an encoder's place -------------------------------------- */

static Encoded running_encode(const Encoder *encoder, Tape *tape, Sequence x, Rng *rng)
{
	Tensor steps, pooled;
	(void)x;
	(void)rng;
	causal_stream_answer(encoder->state, &steps, &pooled);
	int *length = ARENA_ARRAY(tape->arena, int, 1);
	*length = steps.shape[0];
	steps = tensor_reshape(steps, SHAPE(1, steps.shape[0], steps.shape[1]));
	pooled = tensor_reshape(pooled, SHAPE(1, pooled.shape[0]));
	return (Encoded){ { tape_constant(tape, steps, "steps"), length },
		tape_constant(tape, pooled, "summary") };
}

static const EncoderKind running = { .name = "running",
	.summary = "what a stream has encoded",
	.reads = READS_FRAMES,
	.encode = running_encode };

/* ---- building ---------------------------------------------------------------------- */

static bool can_stream(const Checkpoint *checkpoint)
{
	const Frontend *frontend = &checkpoint->frontend;
	return frontend_reads_sound(frontend) && frontend->frames.causal &&
	       encoder_causal(checkpoint->config.encoder[MODALITY_SPEECH].kind) &&
	       (frontend->normalise == NORMALISE_RUNNING ||
	               frontend->normalise == NORMALISE_CORPUS);
}

static void stream_new(Ear *ear, Arena *arena, double longest)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	const ModelConfig *config = &ear->checkpoint->config;
	int most = (int)ceil(longest * FRAMES_RATE / frontend->frames.mel.stft.hop) + 1;
	ear->frames = frame_stream_new(arena, &frontend->frames, frontend->normalise,
	        frontend->mean[MODALITY_SPEECH], frontend->scale[MODALITY_SPEECH]);
	ear->steps = tensor_zeros(arena, SHAPE(most, frames_width(&frontend->frames)));
	if (config->fusion->embed_only)
		return; /* it reads the frames themselves */
	ear->whole = ear->running = ear->model->encoder[MODALITY_SPEECH];
	ear->stream = causal_stream_new(arena, &ear->whole, most);
	ear->running.config.kind = &running;
	ear->running.state = ear->stream;
}

/* An answer to a moment of silence: what the first answer must make and later ones find made
 * (packed weights, memory) is there before anybody speaks. */
static void warm_up(Ear *ear, Arena *arena)
{
	enum { MOMENT = FRAMES_RATE / 2 };
	ArenaMark mark = arena_mark(arena);
	ModalitySet has;
	real *silence = ARENA_ARRAY(arena, real, MOMENT);
	real *unused =
	        ARENA_ARRAY(arena, real, (size_t)ear->checkpoint->frontend.labels.count);
	EarGiven given = {
		.clip = { .samples = silence, .count = MOMENT, .rate = FRAMES_RATE }
	};
	ear_push(ear, silence, MOMENT);
	ear_answer(ear, unused, &has, &given);
	ear_restart(ear);
	arena_rewind(arena, mark);
}

Ear *ear_new(Arena *arena, const Checkpoint *checkpoint, double longest)
{
	Ear *ear = ARENA_NEW(arena, Ear);
	ear->checkpoint = checkpoint;
	ear->params = params_replica(arena, &checkpoint->params);
	ear->model = model_replica(arena, &ear->params, &checkpoint->config);
	ear->tape = tape_new(arena_child(arena, "answer"));
	ear->tape.recording = false;
	ear->tape.kept = kept_new(arena);
	ear->scratch = arena_child(arena, "frames");
	ear->kept = arena_child(arena, "turn");
	ear->example = dataset_example(&checkpoint->frontend, -1, -1);
	if (can_stream(checkpoint))
		stream_new(ear, arena, longest);
	if (ear->frames)
		warm_up(ear, arena);
	return ear;
}

bool ear_reads(const Ear *ear, ModalityKind modality)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	switch (modality) {
	case MODALITY_TEXT:
		return frontend_reads_words(frontend);
	case MODALITY_SPEECH:
		return frontend_reads_sound(frontend);
	case MODALITY_FACE:
		return frontend_reads_vector(frontend, MODALITY_FACE) &&
		       !frontend_faces_by_speaker(frontend) &&
		       frontend->width[MODALITY_FACE] == PIXELS;
	case MODALITIES:
		break;
	}
	return false;
}

bool ear_reads_film(const Ear *ear, const Track *film)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	Track trained = { .names = frontend->face_names,
		.width = frontend->width[MODALITY_FACE] };
	return frontend_reads_track(frontend) && !frontend_faces_by_speaker(frontend) &&
	       track_alike(&trained, film);
}

bool ear_streams(const Ear *ear)
{
	return ear->frames != NULL;
}

bool ears_check(const Ensemble *ensemble, Ear *const ears[], Error *error)
{
	for (int m = 0; m < ensemble->count; m++) {
		const Frontend *frontend = &ensemble->models[m].frontend;
		bool any = false;
		for (ModalityKind k = 0; k < MODALITIES; k++)
			any |= ear_reads(ears[m], k);
		if (frontend_by_speaker(frontend))
			return error_set(error,
			        "%s normalises by speaker, of whom it would have to hear several clips first. Hint: train --streaming, or --normalise utterance",
			        ensemble->paths[m]);
		if (!any)
			return error_set(error,
			        "%s reads rows of a corpus, not sound, words or pictures as they come",
			        ensemble->paths[m]);
	}
	return true;
}

/* ---- hearing ----------------------------------------------------------------------- */

static int frames_so_far(const Ear *ear)
{
	long long window = frame_stream_window(ear->frames);
	long long hop = frame_stream_hop(ear->frames);
	return ear->pushed < window ? 0 : (int)(1 + (ear->pushed - window) / hop);
}

void ear_restart(Ear *ear)
{
	ear->pushed = 0;
	if (ear->frames)
		frame_stream_restart(ear->frames);
	if (ear->stream)
		causal_stream_restart(ear->stream);
}

void ear_push(Ear *ear, const real *samples, int count)
{
	int before = frames_so_far(ear);
	arena_reset(ear->scratch);
	Tensor frames =
	        frame_stream_push(ear->frames, ear->scratch, samples, count, NULL);
	ear->pushed += count;
	memcpy(ear->steps.data + (size_t)before * (size_t)ear->steps.shape[1],
	        frames.data, tensor_count(frames) * sizeof(real));
	if (ear->stream)
		causal_stream_push(ear->stream, frames);
}

long long ear_heard(const Ear *ear, long long count)
{
	if (!ear_streams(ear))
		return count;
	int frames = frames_so_far(ear);
	return frames ? frame_stream_window(ear->frames) +
	                        (frames - 1LL) * frame_stream_hop(ear->frames)
	              : 0;
}

/* ---- answering --------------------------------------------------------------------- */

/* The sound of the turn: the frames that have come, or the clip read anew. False where it is
 * too short. */
static bool give_sound(Ear *ear, Example *example, Clip clip)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	if (ear_streams(ear)) {
		example->steps[MODALITY_SPEECH] =
		        tensor_slice(ear->steps, 0, frames_so_far(ear));
		example->seconds = (double)ear->pushed / FRAMES_RATE;
		if (!frames_so_far(ear))
			return false;
		if (frames_whole(&frontend->frames)) {
			example->whole = frame_stream_statistics(ear->frames, ear->kept);
			level_beside(frontend, example->whole, ear->kept);
		}
		return true;
	}
	Remarks unused = { { 0 } };
	Error why;
	double begin;
	clip = frames_trim(ear->kept, clip, &frontend->frames, &begin);
	if (!frontend_hear(frontend, example, ear->kept, &clip, &unused, &why))
		return false;
	example->begin = begin;
	level_example(frontend, example, MODALITY_SPEECH, ear->kept);
	return true;
}

static void give_face(Ear *ear, Example *example, const unsigned char *face)
{
	Tensor pixels = tensor_new(ear->kept, SHAPE(1, PIXELS));
	for (int i = 0; i < PIXELS; i++)
		pixels.data[i] = face[i];
	example->steps[MODALITY_FACE] = pixels;
	level_example(&ear->checkpoint->frontend, example, MODALITY_FACE, ear->kept);
}

/* Of the film only what has been seen by now. */
static void give_film(Ear *ear, Example *example, const EarGiven *given)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	Track seen = *given->film;
	FaceTimes times = { .start = given->begin, .end = given->end, .speed = 1 };
	Error why;
	while (seen.count && seen.seconds[seen.count - 1] > given->end)
		seen.count--;
	if (seen.count && faces_steps(frontend, example, ear->kept, &seen, times, &why))
		level_example(frontend, example, MODALITY_FACE, ear->kept);
}

/* Whether what there is will do for this model. */
static bool enough(const Ear *ear, const Example *example, ModalitySet *has)
{
	int there = 0, wanted = modalities_count(ear->checkpoint->config.reads);
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		has->has[m] =
		        ear->checkpoint->config.reads.has[m] && example_has(example, m);
		there += has->has[m];
	}
	return there == wanted || (there && checkpoint_copes(ear->checkpoint));
}

static bool run(Ear *ear, real *probabilities)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	Dataset one = { .items = &ear->example, .count = 1 };
	frontend_widths(frontend, &one);
	tape_reset(&ear->tape);
	Batch batch = batch_make(ear->tape.arena, &one, (int[]){ 0 }, 1, NULL);
	if (ear->stream)
		ear->model->encoder[MODALITY_SPEECH] =
		        batch.lacks[MODALITY_SPEECH] ? ear->whole : ear->running;
	Var *logits = model_logits(ear->model, &ear->tape, &batch, NULL);
	Tensor p = tensor_new(ear->tape.arena, SHAPE(1, frontend->labels.count));
	tensor_softmax(p, logits->value);
	memcpy(probabilities, p.data, tensor_count(p) * sizeof(real));
	return real_finite(p.data, tensor_count(p));
}

bool ear_answer(Ear *ear, real *probabilities, ModalitySet *has, const EarGiven *given)
{
	const Frontend *frontend = &ear->checkpoint->frontend;
	Example *example = &ear->example;
	arena_reset(ear->kept);
	*example = dataset_example(frontend, -1, -1);
	if (given->clip.count && ear_reads(ear, MODALITY_SPEECH) &&
	        !give_sound(ear, example, given->clip))
		*example = dataset_example(frontend, -1, -1);
	if (given->film && ear_reads_film(ear, given->film))
		give_film(ear, example, given);
	if (given->text && ear_reads(ear, MODALITY_TEXT))
		frontend_reword(frontend, example, ear->kept, given->text, NULL);
	if (given->face && ear_reads(ear, MODALITY_FACE))
		give_face(ear, example, given->face);
	return enough(ear, example, has) && run(ear, probabilities);
}

const Example *ear_example(const Ear *ear)
{
	return &ear->example;
}
