/* model.c: builds an encoder for each modality and a fusion over them, and runs them. */
#include "emotionnet/model.h"

#include "autograd/ops.h"
#include "layers/pool.h"

/* Each part draws its first values from a stream of its own, so that the text encoder
 * starts the same whether or not there is a speech encoder beside it. */
static const uint64_t streams[MODALITIES] = {
	[MODALITY_TEXT] = 1, [MODALITY_SPEECH] = 2, [MODALITY_FACE] = 4
};
enum { STREAM_FUSION = 3, STREAM_HEADS = 5, STREAM_BESIDE = 6 };

/* ---- building ---------------------------------------------------------------------- */

static void add_heads(
        EmotionNet *model, Params *params, const FusionDims *dims, const Rng *rng)
{
	Rng draws = rng_split(rng, STREAM_HEADS);
	for (int m = 0; m < dims->count; m++) {
		bool embed_only = model->config.fusion->embed_only;
		int width = embed_only ? dims->embed[m] : dims->pooled[m];
		const char *name = arena_format(params->arena, "heads.%s", dims->name[m]);
		model->head[m] = linear_new(params, name, width, dims->classes, &draws);
	}
}

static void add_dims(FusionDims *dims, const Encoder *encoder)
{
	int m = dims->count++;
	dims->name[m] = encoder->name;
	dims->embed[m] = encoder->embed;
	dims->seq[m] = encoder->seq;
	dims->pooled[m] = encoder->pooled;
}

EmotionNet *model_new(
        Arena *arena, Params *params, const ModelConfig *config, const Rng *rng)
{
	if (!modalities_count(config->reads))
		error_stop(HERE, "model_new",
		        "a model reads text, speech or face, not none of them");
	EmotionNet *model = ARENA_NEW(arena, EmotionNet);
	model->config = *config;
	FusionDims dims = {
		.classes = config->classes,
		.hidden = config->hidden,
		.dropout = config->dropout,
	};
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		if (!config->reads.has[kind])
			continue;
		Rng draws = rng_split(rng, streams[kind]);
		model->encoder[kind] = encoder_new(arena, params, modality_name(kind),
		        &config->encoder[kind], config->fusion->embed_only, &draws);
		add_dims(&dims, &model->encoder[kind]);
	}
	EncoderConfig beside = config->encoder[MODALITY_SPEECH];
	if (config->reads.has[MODALITY_SPEECH] && beside.whole) {
		Rng draws = rng_split(rng, STREAM_BESIDE);
		beside.kind = beside.kind->beside;
		beside.in = beside.whole;
		beside.hidden /= 2; /* few numbers, of which each tells much */
		model->beside = encoder_new(arena, params, "speech.functionals", &beside,
		        config->fusion->embed_only, &draws);
		add_dims(&dims, &model->beside);
	}
	Rng draws = rng_split(rng, STREAM_FUSION);
	model->fusion = config->fusion->build(arena, params, &dims, &draws);
	if (config->heads)
		add_heads(model, params, &dims, rng);
	return model;
}

/* ---- running ----------------------------------------------------------------------- */

/* Where no words tell which steps belong together: (B,T,2). Of two modalities in time each
 * step of the first has its own share of the other; else it has all of it. */
static const int *other_spans(Arena *arena, Sequence first, Sequence other, bool in_time)
{
	int batch = first.x->value.shape[0], time = first.x->value.shape[1];
	int *spans = ARENA_ARRAY(arena, int, 2 * (size_t)batch * (size_t)time);
	for (int b = 0; b < batch; b++) {
		int *span = spans + 2 * (size_t)b * (size_t)time;
		long long steps = other.lengths[b], of = in_time ? first.lengths[b] : 1;
		for (int t = 0; t < first.lengths[b]; t++, span += 2) {
			span[0] = in_time ? (int)(t * steps / of) : 0;
			span[1] = in_time ? (int)((t + 1) * steps / of) : (int)steps;
			span[1] += span[1] == span[0];
		}
	}
	return spans;
}

/* A missing modality is a zero vector to fusion, whatever its encoder made of the
 * empty step. */
static Modality modality(const EmotionNet *model, Tape *tape, const Batch *batch,
        ModalityKind kind, const Encoder *encoder, Sequence embedded, Rng *rng)
{
	Modality m = {
		.name = encoder->name,
		.embed = embedded,
		.present = tape_constant(tape, batch->has[kind], "present"),
	};
	if (model->config.fusion->embed_only)
		return m;
	Encoded encoded = encoder->config.kind->encode(encoder, tape, embedded, rng);
	m.seq = encoded.seq;
	m.pooled = encoded.pooled;
	if (batch->lacks[kind])
		m.pooled = op_mul(tape, m.pooled, m.present);
	return m;
}

/* One step an utterance: (B,1,K). */
static Sequence embed_beside(Tape *tape, const Batch *batch)
{
	int *lengths = ARENA_ARRAY(tape->arena, int, (size_t)batch->size);
	for (int b = 0; b < batch->size; b++)
		lengths[b] = 1;
	return (Sequence){ tape_constant(tape, batch->whole, "functionals"), lengths };
}

Embedded model_embed(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng)
{
	Embedded embedded = { 0 };
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (model->config.reads.has[kind])
			embedded.of[embedded.count++] = encoder_embed(
			        &model->encoder[kind], tape, batch, kind, rng);
	if (model->beside.config.kind)
		embedded.of[embedded.count++] = embed_beside(tape, batch);
	return embedded;
}

ModelOutput model_forward(const EmotionNet *model, Tape *tape, const Batch *batch,
        const Embedded *embedded, Rng *rng, bool inside)
{
	const ModelConfig *config = &model->config;
	bool words = config->reads.has[MODALITY_TEXT] &&
	             config->encoder[MODALITY_TEXT].kind->reads == READS_WORDS;
	FusionInput in = { .batch = batch->size, .rng = rng };
	bool frames[MAX_MODALITIES] = { false };
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		if (!config->reads.has[kind])
			continue;
		int m = in.count++;
		in.modality[m] = modality(model, tape, batch, kind, &model->encoder[kind],
		        embedded->of[m], rng);
		frames[m] = config->encoder[kind].kind->reads == READS_FRAMES;
		if (words && frames[m])
			in.modality[m].spans = batch->spans[kind];
	}
	if (model->beside.config.kind) {
		int m = in.count++;
		in.modality[m] = modality(model, tape, batch, MODALITY_SPEECH,
		        &model->beside, embedded->of[m], rng);
	}
	for (int m = 1; m < in.count; m++)
		if (!in.modality[m].spans)
			in.modality[m].spans = other_spans(tape->arena, embedded->of[0],
			        embedded->of[m], frames[0] && frames[m]);
	FusionView view = { .inside = inside };
	in.view = &view;
	Var *logits = config->fusion->logits(model->fusion, tape, &in);
	in.view = NULL;
	return (ModelOutput){ logits, in, view };
}

Var *model_head(
        const EmotionNet *model, Tape *tape, const ModelOutput *out, int m, bool probe)
{
	const Modality *modality = &out->in.modality[m];
	Var *x = modality->pooled ? modality->pooled : pool_mean(tape, modality->embed);
	if (probe)
		x = tape_constant(tape, x->value, "probed");
	return linear_forward(&model->head[m], tape, x);
}

Var *model_logits(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng)
{
	Embedded embedded = model_embed(model, tape, batch, rng);
	return model_forward(model, tape, batch, &embedded, rng, false).logits;
}
