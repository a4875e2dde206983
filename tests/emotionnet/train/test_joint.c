/* What joint training may ask for besides the fused answer's loss: gradients held
 * back, encoders alone first. */
#include "emotionnet/train/emotions.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <math.h>
#include <string.h>

/* Text is ahead: s_t = 1.8, s_a = 0.6, rho_t = 3, k_t = 1 - tanh(0.5 x 3) = 0.0948517;
 * speech is left alone. */
START_TEST(modulation_slows_down_who_is_ahead)
{
	Arena *arena = arena_new("test");
	ModelConfig config = {
		.reads.has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true }
	};
	Modulation modulation = modulation_new(arena, &config, 3, 0.5);
	const real text[] = { (real)0.9, (real)0.5, (real)0.4 };
	const real speech[] = { (real)0.3, (real)0.2, (real)0.1 };
	memcpy(modulation.scores[0], text, sizeof text);
	memcpy(modulation.scores[1], speech, sizeof speech);
	ASSERT_CLOSE(modulation_factor(&modulation, 0, 3), 0.09485174635, 1e-6, 0);
	ASSERT_CLOSE(modulation_factor(&modulation, 1, 3), 1, 0, 0);
	arena_free(arena);
}
END_TEST

/* Over many numbers the gradient's mean is scaled, and the noise has its deviation. */
START_TEST(modulation_adds_noise_as_wide_as_the_gradient)
{
	enum { N = 20000 };
	Arena *arena = arena_new("test");
	ModelConfig config = {
		.reads.has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true }
	};
	Modulation modulation = modulation_new(arena, &config, 1, 0.5);
	modulation.scores[0][0] = 1;
	modulation.scores[1][0] = (real)0.5;
	Params params = params_new(arena);
	Var *of_text = params_add(&params, NULL, "text.w", SHAPE(N));
	Var *of_fusion = params_add(&params, NULL, "fusion.w", SHAPE(N));
	for (int i = 0; i < N; i++)
		of_text->grad.data[i] = of_fusion->grad.data[i] = i % 2 ? 5 : 1;
	Rng rng = rng_new(1);
	modulate(&modulation, &params, 1, &rng);
	double mean = 0, square = 0, k = 1 - tanh(1);
	for (int i = 0; i < N; i++) {
		double noise = (double)of_text->grad.data[i] - k * (i % 2 ? 5 : 1);
		mean += noise / N;
		square += noise * noise / N;
		ASSERT_CLOSE(of_fusion->grad.data[i], i % 2 ? 5 : 1, 0, 0);
	}
	ASSERT_CLOSE(mean, 0, 0.06, 0); /* four deviations of a mean: 0.057 */
	ASSERT_CLOSE(sqrt(square), 2, 0.06, 0);
	arena_free(arena);
}
END_TEST

typedef struct Run {
	Arena *arena;
	Params params;
	ModelConfig config;
	Dataset training, none;
	Trainer *trainer;
} Run;

static Run *run_new(const char *fusion, const TrainOptions *options, Pool *pool)
{
	Arena *arena = arena_new("test");
	Run *run = ARENA_NEW(arena, Run);
	Rng rng = rng_new(2);
	*run = (Run){ .arena = arena,
		.params = params_new(arena),
		.config = utterances_model(fusion, "lstm", "cnn"),
		.training = utterances_new(arena, 32, &rng) };
	memcpy(run->none.width, run->training.width, sizeof run->none.width);
	run->config.heads = train_needs_heads(options);
	model_new(arena, &run->params, &run->config, &rng);
	run->trainer = trainer_new(
	        &run->params, &run->config, &run->training, &run->none, options, pool);
	return run;
}

static void run_free(Run *run)
{
	trainer_free(run->trainer);
	arena_free(run->arena);
}

/* The parameters under a prefix have moved from `before`. */
static bool moved(const Run *run, const Params *before, const char *prefix)
{
	for (int i = 0; i < run->params.count; i++) {
		const Var *now = run->params.items[i], *then = before->items[i];
		if (!strncmp(now->name, prefix, strlen(prefix)) &&
		        memcmp(now->value.data, then->value.data,
		                tensor_count(now->value) * sizeof(real)) != 0)
			return true;
	}
	return false;
}

static Params snapshot(const Run *run)
{
	Params copy = params_new(run->arena);
	for (int i = 0; i < run->params.count; i++) {
		const Var *p = run->params.items[i];
		Var *c = params_add_buffer(
		        &copy, NULL, p->name, p->value.ndim, p->value.shape);
		tensor_copy(c->value, p->value);
	}
	return copy;
}

static void train_epoch(Run *run)
{
	int epoch = run->trainer->at.epoch;
	while (run->trainer->at.epoch == epoch)
		ck_assert(trainer_step(run->trainer));
}

START_TEST(pretraining_moves_encoders_and_freezing_stops_them)
{
	TrainOptions options = train_defaults();
	options.epochs = 2;
	options.pretrain = 1;
	options.freeze_encoders = true;
	Pool *pool = pool_new(2);
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Run *run = run_new(fusion->name, &options, pool);
		size_t size = params_size(&run->params); /* none is lost by freezing */
		Params first = snapshot(run);
		train_epoch(run);
		ck_assert_msg(moved(run, &first, "text."), "%s", fusion->name);
		ck_assert_msg(moved(run, &first, "heads."), "%s", fusion->name);
		ck_assert_msg(!moved(run, &first, "fusion."), "%s", fusion->name);
		Params second = snapshot(run);
		train_epoch(run);
		ck_assert_msg(!moved(run, &second, "text."), "%s", fusion->name);
		ck_assert_msg(!moved(run, &second, "speech."), "%s", fusion->name);
		ck_assert_msg(moved(run, &second, "fusion."), "%s", fusion->name);
		trainer_free(run->trainer);
		ck_assert_uint_eq(params_size(&run->params), size);
		arena_free(run->arena);
	}
	pool_free(pool);
}
END_TEST

/* A head whose loss counts moves the encoder elsewhere; one that only listens does
 * not. */
START_TEST(heads_change_encoders_only_if_they_weigh)
{
	TrainOptions options = train_defaults();
	options.epochs = 1;
	Pool *pool = pool_new(1);
	Run *plain = run_new("middle", &options, pool);
	train_epoch(plain);
	options.auxiliary = 0.5;
	Run *weighs = run_new("middle", &options, pool);
	train_epoch(weighs);
	Params of_plain = snapshot(plain);
	ck_assert(moved(weighs, &of_plain, "text."));
	ck_assert(moved(weighs, &of_plain, "speech."));
	run_free(plain);
	run_free(weighs);
	pool_free(pool);
}
END_TEST

/* What is held out of the experts' losses is the same share in every epoch, and not
 * all. */
START_TEST(stacking_learns_to_join_on_what_experts_do_not_see)
{
	TrainOptions options = train_defaults();
	options.epochs = 1;
	Pool *pool = pool_new(1);
	Run *run = run_new("stacking", &options, pool);
	Params first = snapshot(run);
	const Emotions *emotions = run->trainer->lesson.state;
	double share = 0;
	while (run->trainer->at.epoch == 0) {
		ck_assert(trainer_step(run->trainer));
		for (int i = 0; i < options.batch; i++)
			share += (double)emotions->held_out[i] / 32;
	}
	ck_assert(share > 0.03 && share < 0.45);
	ck_assert(moved(run, &first, "fusion.combine."));
	ck_assert(moved(run, &first, "text."));
	run_free(run);
	pool_free(pool);
}
END_TEST

/* A sound that is no number, and a rate that throws the weights beyond all numbers: the
 * first step with such a loss or weight is the last, and what was kept stays. */
START_TEST(training_that_diverges_stops_and_says_where)
{
	TrainOptions options = train_defaults();
	options.epochs = 40;
	Pool *pool = pool_new(2);
	Run *run = run_new("middle", &options, pool);
	Example *item = &run->training.items[5];
	item->steps[MODALITY_SPEECH].data[0] = (real)INFINITY;
	for (int i = 0; i < 4 && trainer_step(run->trainer);)
		i++;
	ck_assert(run->trainer->diverged);
	ck_assert_int_eq(run->trainer->at.epoch, 0);
	ASSERT_CONTAINS(run->trainer->why.text, "training diverged in epoch 1, step ");
	ASSERT_CONTAINS(run->trainer->why.text, "\"speech\"");
	ASSERT_CONTAINS(run->trainer->why.text, "saw it");
	ck_assert(!trainer_step(run->trainer));
	run_free(run);

	options.optimiser.name = "sgd";
	options.optimiser.momentum = 0.99;
	options.rate = 1e9;
	options.clip = 0;
	run = run_new("middle", &options, pool);
	while (trainer_step(run->trainer))
		;
	ck_assert(run->trainer->diverged);
	ASSERT_CONTAINS(run->trainer->why.text,
	        "Hint: a smaller --rate (it is 1e+09), or --clip 5");
	for (int i = 0; i < run->trainer->kept.count; i++) {
		Tensor kept = run->trainer->kept.items[i]->value;
		for (size_t k = 0; k < tensor_count(kept); k++)
			ck_assert(isfinite(kept.data[k]));
	}
	run_free(run);
	pool_free(pool);
}
END_TEST

/* Finite weights, a finite loss, and an answer to the validation split that is none. */
START_TEST(training_whose_answers_are_no_numbers_diverges)
{
	TrainOptions options = train_defaults();
	options.epochs = 3;
	Pool *pool = pool_new(1);
	Run *run = run_new("middle", &options, pool);
	Dataset validation = run->training;
	validation.items = ARENA_ARRAY(run->arena, Example, 1);
	validation.items[0] = run->training.items[0];
	validation.count = 1;
	Tensor *speech = &validation.items[0].steps[MODALITY_SPEECH];
	*speech = tensor_clone(run->arena, *speech);
	speech->data[0] = (real)NAN;
	run->trainer->validation = &validation;
	while (trainer_step(run->trainer))
		;
	ck_assert(run->trainer->diverged);
	ASSERT_CONTAINS(run->trainer->why.text, "training diverged in epoch 1, step ");
	ASSERT_CONTAINS(run->trainer->why.text,
	        "the validation split: the model's answer is no number");
	run_free(run);
	pool_free(pool);
}
END_TEST

TEST_MAIN("joint", training_whose_answers_are_no_numbers_diverges,
        training_that_diverges_stops_and_says_where, modulation_slows_down_who_is_ahead,
        modulation_adds_noise_as_wide_as_the_gradient,
        pretraining_moves_encoders_and_freezing_stops_them,
        heads_change_encoders_only_if_they_weigh,
        stacking_learns_to_join_on_what_experts_do_not_see)
