#include "emotionnet/model.h"

#include "autograd/ops.h"

/* Each part draws its first values from a stream of its own, so that the text encoder starts the same
 * whether or not there is a speech encoder beside it. */
enum { STREAM_TEXT = 1, STREAM_SPEECH, STREAM_FUSION };

EmotionNet *model_new(
        Arena *arena, Params *params, const ModelConfig *config, const Rng *rng)
{
	if (!config->text && !config->speech)
		error_stop(HERE, "model_new",
		        "a model reads text or speech or both, not neither");
	EmotionNet *model = ARENA_NEW(arena, EmotionNet);
	model->config = *config;
	bool embed_only = config->fusion->embed_only;
	FusionDims dims = {
		.classes = config->classes,
		.hidden = config->hidden,
		.dropout = config->dropout,
	};
	if (config->text) {
		Rng draws = rng_split(rng, STREAM_TEXT);
		model->text = text_encoder_new(
		        params, &config->text_encoder, embed_only, &draws);
		dims.name[dims.count] = "text";
		dims.embed[dims.count] = config->text_encoder.embed;
		dims.seq[dims.count] = model->text.seq;
		dims.pooled[dims.count++] = model->text.pooled;
	}
	if (config->speech) {
		Rng draws = rng_split(rng, STREAM_SPEECH);
		if (!embed_only)
			model->speech = speech_encoder_new(
			        params, &config->speech_encoder, &draws);
		dims.name[dims.count] = "speech";
		dims.embed[dims.count] = config->speech_encoder.in;
		dims.seq[dims.count] = model->speech.seq;
		dims.pooled[dims.count++] = model->speech.pooled;
	}
	Rng draws = rng_split(rng, STREAM_FUSION);
	model->fusion = config->fusion->build(arena, params, &dims, &draws);
	return model;
}

/* A missing modality is a zero vector to fusion, whatever its encoder made of the empty step. */
static Modality modality(Tape *tape, const char *name, Sequence embed, Encoded encoded,
        Tensor has, bool lacks)
{
	Modality m = {
		.name = name,
		.embed = embed,
		.seq = encoded.seq,
		.pooled = encoded.pooled,
		.present = tape_constant(tape, has, "present"),
	};
	if (lacks && m.pooled)
		m.pooled = op_mul(tape, m.pooled, m.present);
	return m;
}

Embedded model_embed(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng)
{
	Embedded embedded = { 0 };
	if (model->config.text)
		embedded.of[embedded.count++] = text_embed(&model->text, tape, batch->ids,
		        batch->size, batch->words, batch->text_lengths, rng);
	if (model->config.speech)
		embedded.of[embedded.count++] =
		        (Sequence){ tape_constant(tape, batch->frames, "speech.frames"),
			        batch->speech_lengths };
	return embedded;
}

Var *model_logits_of(const EmotionNet *model, Tape *tape, const Batch *batch,
        const Embedded *embedded, Rng *rng)
{
	const ModelConfig *config = &model->config;
	bool encodes = !config->fusion->embed_only;
	FusionInput in = { .batch = batch->size, .rng = rng };
	if (config->text) {
		Sequence words = embedded->of[in.count];
		Encoded encoded = { 0 };
		if (encodes)
			encoded = text_encode(&model->text, tape, words);
		in.modality[in.count++] = modality(
		        tape, "text", words, encoded, batch->has_text, batch->lacks_text);
	}
	if (config->speech) {
		Sequence frames = embedded->of[in.count];
		Encoded encoded = { 0 };
		if (encodes)
			encoded = speech_encode(&model->speech, tape, frames, rng);
		Modality m = modality(tape, "speech", frames, encoded, batch->has_speech,
		        batch->lacks_speech);
		m.spans = in.count ? batch->spans : NULL;
		in.modality[in.count++] = m;
	}
	return config->fusion->logits(model->fusion, tape, &in);
}

Var *model_logits(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng)
{
	Embedded embedded = model_embed(model, tape, batch, rng);
	return model_logits_of(model, tape, batch, &embedded, rng);
}
