/* Every row of the table is held to the same: right gradients, gradient through every
 * modality, any number of modalities, the same bits alone and in a padded batch. A
 * strategy that a learner adds is tested with no other edit. */
#include "autograd/look/gradcheck.h"
#include "autograd/ops.h"
#include "emotionnet/fusion.h"
#include "emotionnet/train/objective.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <math.h>
#include <string.h>

enum { VOCABULARY = 11, MELS = 4, POINTS = 5, CLASSES = 3, EXAMPLES = 3 };

static const char *const kinds[] = { "cnn", "lstm" };

static ModelConfig small_config(const Fusion *fusion, const char *kind)
{
	return (ModelConfig){
		.reads = { .has = { true, true, true } },
		.fusion = fusion,
		.encoder[MODALITY_TEXT] = { .kind = encoder_called(MODALITY_TEXT, kind),
		        .in = VOCABULARY,
		        .embed = 3,
		        .hidden = 6 },
		.encoder[MODALITY_SPEECH] = { .kind = encoder_called(
		                                      MODALITY_SPEECH, kind),
		        .in = MELS,
		        .hidden = 4 },
		.encoder[MODALITY_FACE] = { .kind = &encoder_vectors,
		        .in = POINTS,
		        .hidden = 3 },
		.classes = CLASSES,
		.hidden = 8,
	};
}

/* Three utterances of different lengths; the second has no face, the others more than
 * one row of it, the last no sound. */
static Dataset small_data(Arena *arena)
{
	static const int words[EXAMPLES] = { 4, 2, 1 }, frames[EXAMPLES] = { 9, 13, 0 };
	Rng rng = rng_new(3);
	Dataset data = { .items = ARENA_ARRAY(arena, Example, EXAMPLES),
		.count = EXAMPLES,
		.width = { [MODALITY_SPEECH] = MELS, [MODALITY_FACE] = POINTS } };
	for (int i = 0; i < EXAMPLES; i++) {
		int *ids = ARENA_ARRAY(arena, int, 4),
		    *spans = ARENA_ARRAY(arena, int, 8);
		Tensor sound = tensor_new(arena, SHAPE(frames[i], MELS));
		for (size_t k = 0; k < tensor_count(sound); k++)
			sound.data[k] = (real)rng_normal(&rng);
		for (int w = 0; w < words[i]; w++) {
			ids[w] = 1 + rng_below(&rng, VOCABULARY - 1);
			spans[2 * w] = frames[i] * w / words[i];
			spans[2 * w + 1] = frames[i] * (w + 1) / words[i];
		}
		Tensor face = tensor_new(arena, SHAPE(i != 1 ? 2 + i : 0, POINTS));
		for (size_t k = 0; k < tensor_count(face); k++)
			face.data[k] = (real)rng_normal(&rng);
		data.items[i] = (Example){ .words = words[i],
			.ids = ids,
			.spans = spans,
			.steps = { [MODALITY_SPEECH] = sound, [MODALITY_FACE] = face },
			.label = i % CLASSES,
			.utterance = i };
	}
	return data;
}

typedef struct Problem {
	const EmotionNet *model;
	const Dataset *data;
	int count;
	Objective objective;
	Rng *rng; /* NULL: not training */
} Problem;

/* What a run without further options makes smaller. */
static const Objective plain = { .fused = 1, .own = 1 };

static Var *problem_loss(Tape *tape, const void *context)
{
	const Problem *problem = context;
	static const int chosen[EXAMPLES] = { 0, 1, 2 };
	Batch *batch = ARENA_NEW(tape->arena, Batch);
	*batch = batch_make(tape->arena, problem->data, chosen, problem->count, NULL);
	return objective_loss(
	        &problem->objective, problem->model, tape, batch, problem->rng);
}

static double gradient_size(const Params *params, const char *prefix)
{
	double size = 0;
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		for (size_t k = 0; p->grad.data && k < tensor_count(p->grad) &&
		                   !strncmp(p->name, prefix, strlen(prefix));
		        k++)
			size += (double)(p->grad.data[k] * p->grad.data[k]);
	}
	return size;
}

static void check_gradients(
        const Problem *problem, Arena *arena, const Params *params, const char *encoders)
{
	Var **learn = ARENA_ARRAY(arena, Var *, (size_t)params->count);
	int count = 0;
	for (int i = 0; i < params->count; i++)
		if (params->items[i]->grad.data)
			learn[count++] = params->items[i];
	GradcheckResult result = gradcheck(arena, problem_loss, problem, count, learn);
	ck_assert_msg(result.passed, "%s, %s: %s", problem->model->config.fusion->name,
	        encoders, result.text);
}

START_TEST(fusion_every_strategy_has_right_gradients)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		for (int k = 0; k < 2; k++) {
			const char *kind = kinds[k];
			Arena *arena = arena_new("test");
			Params params = params_new(arena);
			ModelConfig config = small_config(fusion, kind);
			Rng rng = rng_new(1);
			Dataset data = small_data(arena);
			Problem problem = { model_new(arena, &params, &config, &rng),
				&data, EXAMPLES, plain, NULL };
			check_gradients(&problem, arena, &params, kind);
			arena_free(arena);
		}
}
END_TEST

/* When training, the loss of the joint answer reaches what joins the answers, and
 * nothing before it. */
START_TEST(fusion_experts_learn_from_their_own_loss_alone)
{
	static const char *const experts[] = { "late", "weighted", "product",
		"stacking" };
	for (int e = 0; e < 4; e++) {
		const Fusion *fusion = fusion_find(experts[e]);
		Arena *arena = arena_new("test"), *step = arena_new("step");
		Tape tape = tape_new(step);
		Params params = params_new(arena);
		ModelConfig config = small_config(fusion, "cnn");
		Rng rng = rng_new(1);
		Dataset data = small_data(arena);
		Problem problem = { model_new(arena, &params, &config, &rng), &data, 2,
			{ .fused = 1 }, &rng };
		Var *loss = problem_loss(&tape, &problem);
		bool joins = fusion->held_out > 0;
		ck_assert_msg((loss != NULL) == joins, "%s", fusion->name);
		if (loss)
			tape_backward(&tape, loss);
		ck_assert_msg(gradient_size(&params, "text.") == 0, "%s", fusion->name);
		ck_assert_msg((gradient_size(&params, "fusion.combine.") > 0) == joins,
		        "%s", fusion->name);
		arena_free(step);
		arena_free(arena);
	}
}
END_TEST

/* The same utterances as a corpus may give them: every modality as vectors. Most give one
 * an utterance; where it is the only one, an LSTM has no step to look back to, so here
 * some have more. */
static Dataset vector_data(Arena *arena)
{
	Rng rng = rng_new(4);
	Dataset data = small_data(arena);
	for (int m = 0; m < MODALITIES; m++) {
		data.width[m] = 2 + m;
		for (int i = 0; i < EXAMPLES; i++) {
			bool lacks = i == m;
			Tensor vector =
			        tensor_new(arena, SHAPE(lacks ? 0 : 1 + i, 2 + m));
			for (size_t k = 0; k < tensor_count(vector); k++)
				vector.data[k] = (real)rng_normal(&rng);
			data.items[i].steps[m] = vector;
			data.items[i].words = 0;
		}
	}
	return data;
}

START_TEST(fusion_every_strategy_reads_vectors)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Arena *arena = arena_new("test");
		Params params = params_new(arena);
		ModelConfig config = small_config(fusion, "vector");
		for (int m = 0; m < MODALITIES; m++)
			config.encoder[m].in = 2 + m;
		Rng rng = rng_new(1);
		Dataset data = vector_data(arena);
		Problem problem = { model_new(arena, &params, &config, &rng), &data,
			EXAMPLES, plain, NULL };
		check_gradients(&problem, arena, &params, "vectors");
		arena_free(arena);
	}
}
END_TEST

/* Another answer to another sound, or face, of the first utterance. */
static void check_moves(const Problem *problem, Tape *tape, double before,
        ModalityKind kind, const char *fusion)
{
	tape_reset(tape);
	Tensor steps = problem->data->items[0].steps[kind];
	for (size_t k = 0; k < tensor_count(steps); k++)
		steps.data[k] += (real)0.5;
	double after = (double)problem_loss(tape, problem)->value.data[0];
	ck_assert_msg(before != after, "%s: the %s makes no difference", fusion,
	        modality_name(kind));
	for (size_t k = 0; k < tensor_count(steps); k++)
		steps.data[k] -= (real)0.5;
}

/* What each modality is made of must move the loss: word vectors by their gradient, sound
 * and face by another answer to another sound or face. */
START_TEST(fusion_every_strategy_uses_all_modalities)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Arena *arena = arena_new("test"), *step = arena_new("step");
		Tape tape = tape_new(step);
		Params params = params_new(arena);
		ModelConfig config = small_config(fusion, "cnn");
		Rng rng = rng_new(1);
		Dataset data = small_data(arena);
		Problem problem = { model_new(arena, &params, &config, &rng), &data,
			EXAMPLES, plain, NULL };
		Var *loss = problem_loss(&tape, &problem);
		double before = (double)loss->value.data[0];
		tape_backward(&tape, loss);
		ck_assert_msg(gradient_size(&params, "text.") > 1e-12,
		        "%s: no gradient to text", fusion->name);
		ck_assert_msg(gradient_size(&params, "fusion.") > 1e-12,
		        "%s: no gradient to fusion", fusion->name);
		const char *const encoders[] = { "speech.", "face." };
		for (int i = 0; i < 2 && !fusion->embed_only; i++)
			ck_assert_msg(gradient_size(&params, encoders[i]) > 1e-12,
			        "%s: no gradient to %s", fusion->name, encoders[i]);
		check_moves(&problem, &tape, before, MODALITY_SPEECH, fusion->name);
		check_moves(&problem, &tape, before, MODALITY_FACE, fusion->name);
		arena_free(step);
		arena_free(arena);
	}
}
END_TEST

START_TEST(fusion_every_strategy_takes_any_modalities)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		for (int set = 1; set < 1 << MODALITIES; set++) {
			Arena *arena = arena_new("test"), *step = arena_new("step");
			Tape tape = tape_new(step);
			Params params = params_new(arena);
			ModelConfig config = small_config(fusion, "lstm");
			for (int m = 0; m < MODALITIES; m++)
				config.reads.has[m] = set >> m & 1;
			Rng rng = rng_new(1);
			Dataset data = small_data(arena);
			Problem problem = { model_new(arena, &params, &config, &rng),
				&data, 2, plain, NULL };
			Var *loss = problem_loss(&tape, &problem);
			ck_assert(loss->value.data[0] > 0 && loss->value.data[0] < 100);
			arena_free(step);
			arena_free(arena);
		}
}
END_TEST

START_TEST(fusion_utterance_alone_and_in_batch_has_same_bits)
{
	static const int both[] = { 0, 1 };
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		for (int k = 0; k < 2; k++) {
			const char *kind = kinds[k];
			Arena *arena = arena_new("test");
			Tape tape = tape_new(arena_new("step"));
			tape.recording = false;
			Params params = params_new(arena);
			ModelConfig config = small_config(fusion, kind);
			Rng rng = rng_new(1);
			Dataset data = small_data(arena);
			EmotionNet *model = model_new(arena, &params, &config, &rng);
			Batch batch = batch_make(arena, &data, both, 2, NULL);
			Batch alone = batch_make(arena, &data, both, 1, NULL);
			Tensor of_two = tensor_slice(
			        model_logits(model, &tape, &batch, NULL)->value, 0, 1);
			Tensor of_one = model_logits(model, &tape, &alone, NULL)->value;
			ASSERT_TENSOR_SAME(of_one, of_two);
			arena_free(tape.arena);
			arena_free(arena);
		}
}
END_TEST

/* Adds up what the notes called `name` say of one number of utterance b, over the
 * modalities. */
static double sum_of_notes(const FusionView *view, const char *name, size_t number)
{
	double sum = 0;
	for (int n = 0; n < view->notes; n++)
		if (!strcmp(view->note[n].name, name))
			sum += (double)view->note[n].value->value.data[number];
	return sum;
}

static void check_looks(const FusionView *view, const FusionInput *in)
{
	for (int n = 0; n < view->notes; n++) {
		const FusionNote *note = &view->note[n];
		if (note->at < 0)
			continue;
		Tensor w = note->value->value;
		const int *of = in->modality[note->of].seq.lengths,
		          *at = in->modality[note->at].seq.lengths;
		for (int b = 0; b < in->batch; b++)
			for (int t = 0; t < w.shape[1]; t++) {
				const real *w_t = sequence_step(w, b, t);
				double sum = 0, beyond = 0;
				for (int u = 0; u < w.shape[2]; u++)
					*(u < at[b] ? &sum : &beyond) += (double)w_t[u];
				ck_assert_double_eq_tol(sum, t < of[b], 1e-5);
				ck_assert_double_eq(beyond, 0);
			}
	}
}

/* Gates of two modalities and weights add up to 1, so does what a step takes from all
 * that it looks at; and whoever looks gets the same bits as whoever does not. */
START_TEST(fusion_notes_are_shares_and_change_nothing)
{
	static const int both[] = { 0, 1 };
	int looks = 0, numbers = 0;
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Arena *arena = arena_new("test");
		Tape tape = tape_new(arena);
		Params params = params_new(arena);
		ModelConfig config = small_config(fusion, "lstm");
		config.reads.has[MODALITY_FACE] = false;
		Rng rng = rng_new(1);
		Dataset data = small_data(arena);
		EmotionNet *model = model_new(arena, &params, &config, &rng);
		Batch batch = batch_make(arena, &data, both, 2, NULL);
		Embedded embedded = model_embed(model, &tape, &batch, NULL);
		ModelOutput out =
		        model_forward(model, &tape, &batch, &embedded, NULL, true);
		ASSERT_TENSOR_SAME(model_logits(model, &tape, &batch, NULL)->value,
		        out.logits->value);
		check_looks(&out.view, &out.in);
		for (int n = 0; n < out.view.notes; n++) {
			const FusionNote *note = &out.view.note[n];
			bool share = !strcmp(note->name, "gate") ||
			             !strcmp(note->name, "weight");
			*(note->at < 0 ? &numbers : &looks) += 1;
			for (size_t i = 0; share && i < tensor_count(note->value->value);
			        i++)
				ck_assert_double_eq_tol(
				        sum_of_notes(&out.view, note->name, i), 1, 1e-6);
		}
		ck_assert_int_eq(
		        model_forward(model, &tape, &batch, &embedded, NULL, false)
		                .view.notes,
		        0);
		arena_free(arena);
	}
	ck_assert_int_ge(looks, 3);   /* both directions of cross, alignment */
	ck_assert_int_ge(numbers, 6); /* gated, weighted, gamma and beta */
}
END_TEST

/* Late fusion of a missing modality is the other one's own answer. (No face is read
 * here.) */
START_TEST(fusion_late_without_sound_is_text_alone)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Params params = params_new(arena);
	ModelConfig config = small_config(fusion_find("late"), "cnn");
	config.reads.has[MODALITY_FACE] = false;
	Rng rng = rng_new(1);
	Dataset data = small_data(arena);
	EmotionNet *model = model_new(arena, &params, &config, &rng);
	const int last = 2;
	Batch batch = batch_make(arena, &data, &last, 1, NULL);
	Tensor logits = model_logits(model, &tape, &batch, NULL)->value;
	Tensor weight = params_find(&params, "fusion.text.weight")->value;
	ck_assert_int_eq(weight.shape[0], CLASSES);
	Params text_params = params_new(arena);
	config.reads.has[MODALITY_SPEECH] = false;
	Rng again = rng_new(1);
	EmotionNet *text = model_new(arena, &text_params, &config, &again);
	for (int i = 0; i < text_params.count; i++)
		tensor_copy(text_params.items[i]->value,
		        params_find(&params, text_params.items[i]->name)->value);
	Tensor alone = model_logits(text, &tape, &batch, NULL)->value;
	ASSERT_TENSOR_CLOSE(logits, alone, 1e-6, 1e-6);
	arena_free(arena);
}
END_TEST

/* Shapley values ask for it (shapley.h): what it says of nobody. */
START_TEST(fusion_every_strategy_says_something_of_nothing)
{
	static const int one[] = { 0 };
	static const ModalitySet nothing[] = { { .has = { true, true, true } } };
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Arena *arena = arena_new("test");
		Tape tape = tape_new(arena);
		tape.recording = false;
		Params params = params_new(arena);
		ModelConfig config = small_config(fusion, "cnn");
		Rng rng = rng_new(1);
		Dataset data = small_data(arena);
		EmotionNet *model = model_new(arena, &params, &config, &rng);
		Batch batch = batch_make(arena, &data, one, 1, nothing);
		Tensor logits = model_logits(model, &tape, &batch, NULL)->value;
		for (int c = 0; c < CLASSES; c++)
			ck_assert_msg(isfinite((double)logits.data[c]),
			        "%s: logit %d of nothing is not finite", fusion->name, c);
		arena_free(arena);
	}
}
END_TEST

/* Parameters before the last layer, as the papers count them: text and speech 128
 * wide, 64 hidden. */
START_TEST(fusion_parameters_are_as_published)
{
	enum { D = 128, H = 64, C = 6 };
	const struct {
		const char *fusion, *prefix;
		size_t count;
	} published[] = {
		{ "middle", "fusion.hidden.", (D + D) * H + H },
		{ "weighted", "fusion.combine.", 2 },
		{ "product", "fusion.combine.", 0 },
		{ "stacking", "fusion.combine.", 2 * C * C + C },
		{ "gated", "fusion.", 2 * (D + D) * H },
		{ "tensor", "fusion.hidden.", (D + 1) * (D + 1) * H + H },
		{ "low-rank", "fusion.", 4 * (D + D + 2) * H + 4 + H },
		{ "bilinear", "fusion.", 5 * H * (D + D) },
		{ "film", "fusion.film.", 2 * D * (D + 1) },
		{ "cross", "fusion.text_to_speech.", 12 * H * H + 13 * H },
		{ "cross", "fusion.speech_to_text.", 12 * H * H + 13 * H },
		{ "alignment", "fusion.align.", D + D + 1 },
	};
	FusionDims dims = { .count = 2,
		.classes = C,
		.name = { "text", "speech" },
		.embed = { D, D },
		.seq = { D, D },
		.pooled = { D, D },
		.hidden = H };
	for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
		Arena *arena = arena_new("test");
		Params params = params_new(arena);
		Rng rng = rng_new(1);
		fusion_find(published[i].fusion)->build(arena, &params, &dims, &rng);
		size_t count = 0;
		const char *prefix = published[i].prefix;
		for (int p = 0; p < params.count; p++) {
			const Var *v = params.items[p];
			if (v->grad.data && strncmp(v->name, "fusion.out", 10) != 0 &&
			        !strncmp(v->name, prefix, strlen(prefix)))
				count += tensor_count(v->value);
		}
		ck_assert_msg(count == published[i].count, "%s: %zu, expected %zu",
		        published[i].fusion, count, published[i].count);
		arena_free(arena);
	}
}
END_TEST

/* Learnt alignment: whatever the word, the frames of sound stand in one order
 * (fusion.c says why). */
START_TEST(fusion_alignment_ranks_frames_alike_for_every_word)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Params params = params_new(arena);
	ModelConfig config = small_config(fusion_find("alignment"), "lstm");
	Rng rng = rng_new(1);
	Dataset data = small_data(arena);
	EmotionNet *model = model_new(arena, &params, &config, &rng);
	static const int first = 0;
	Batch batch = batch_make(arena, &data, &first, 1, NULL);
	Embedded embedded = model_embed(model, &tape, &batch, NULL);
	FusionView view = model_forward(model, &tape, &batch, &embedded, NULL, true).view;
	ck_assert_str_eq(view.note[0].name, "attention");
	Tensor weights = view.note[0].value->value; /* (1,T,U) */
	int T = weights.shape[1], U = weights.shape[2];
	ck_assert(T == 4 && U > 1);
	for (int j = 1; j < T; j++)
		for (int i = 1; i < U; i++) {
			const real *one = weights.data + i,
			           *other = one + (size_t)(j * U);
			ck_assert_int_eq(one[0] > one[-1], other[0] > other[-1]);
		}
	ck_assert(weights.data[0] != weights.data[U]); /* not all the same */
	arena_free(arena);
}
END_TEST

START_TEST(fusion_unknown_name_is_not_found)
{
	ck_assert_ptr_null(fusion_find("telepathy"));
	ck_assert_ptr_nonnull(fusion_find("middle"));
}
END_TEST

TEST_MAIN("fusion", fusion_every_strategy_has_right_gradients,
        fusion_experts_learn_from_their_own_loss_alone,
        fusion_parameters_are_as_published, fusion_every_strategy_reads_vectors,
        fusion_every_strategy_uses_all_modalities,
        fusion_every_strategy_takes_any_modalities,
        fusion_utterance_alone_and_in_batch_has_same_bits,
        fusion_notes_are_shares_and_change_nothing,
        fusion_late_without_sound_is_text_alone,
        fusion_every_strategy_says_something_of_nothing,
        fusion_alignment_ranks_frames_alike_for_every_word,
        fusion_unknown_name_is_not_found)
