/* What every strategy of the table is held to: integrated gradients add up to the score,
 * Shapley values are exact, and pieces that are said to carry the score do carry it. On
 * utterances whose words and sound are known to: noise, one word and a few loud frames
 * of the label excepted. */
#include "autograd/look/gradcheck.h"
#include "autograd/ops.h"
#include "emotionnet/explain/note_check.h"
#include "emotionnet/explain/occlusion.h"
#include "emotionnet/train/train.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <math.h>

enum {
	EPOCHS = 10,
	TEST = 30,
	FEW = 12, /* of them, where more would say the same */
	TRAINING = 64,
	LOUD = 4,
	PARTS = 7, /* that words or frames are cut into, at most */
	BANDS = UTTERANCE_MELS / UTTERANCE_CLASSES
};

/* The label's word in one place, its bands loud in a few frames; no other word is a
 * label's. */
static void plant(Example *example, Rng *rng)
{
	int *ids = (int *)example->ids;
	for (int w = 0; w < example->words; w++)
		if (ids[w] <= UTTERANCE_CLASSES)
			ids[w] += UTTERANCE_CLASSES;
	if (example->words)
		ids[rng_below(rng, example->words)] = 1 + example->label;
	int frames = example->steps[MODALITY_SPEECH].shape[0];
	int begin = frames ? rng_below(rng, frames - LOUD + 1) : 0;
	for (int t = begin; frames && t < begin + LOUD; t++)
		for (int m = 0; m < BANDS; m++)
			tensor_row(example->steps[MODALITY_SPEECH], t)
			        .data[example->label * BANDS + m] += 3;
}

static Dataset planted(Arena *arena, int count, uint64_t seed)
{
	Rng rng = rng_new(seed);
	Dataset data = utterances_new(arena, count, &rng);
	for (int i = 0; i < count; i++)
		plant(&data.items[i], &rng);
	return data;
}

typedef struct Trained {
	Arena *arena;
	ModelConfig config;
	Params params;
	Dataset test;
} Trained;

/* After so many epochs; none: with its first weights. */
static Trained trained(const char *fusion, const char *kind, int epochs)
{
	Arena *arena = arena_new("test");
	Trained t = { .arena = arena,
		.config = utterances_model(fusion, kind, kind),
		.params = params_new(arena),
		.test = planted(arena, TEST, 2) };
	Dataset training = planted(arena, TRAINING, 1),
	        none = { .width[MODALITY_SPEECH] = UTTERANCE_MELS };
	Rng rng = rng_new(5);
	model_new(arena, &t.params, &t.config, &rng);
	if (!epochs)
		return t;
	TrainOptions options = train_defaults();
	options.epochs = epochs;
	options.rate = 0.02;
	options.modality_dropout = 0.2;
	Pool *pool = pool_new(1);
	Progress quiet = progress_new(true);
	train(&t.params, &t.config, &training, &none, &options, pool, &quiet);
	pool_free(pool);
	return t;
}

static Question about(const Trained *t, int example)
{
	return (Question){ &t->test, example, t->test.items[example].label };
}

static bool has_both(const Trained *t, int example)
{
	const Example *e = &t->test.items[example];
	return e->words > 1 && e->steps[MODALITY_SPEECH].shape[0] > 0;
}

/* ---- the score --------------------------------------------------------------------- */

typedef struct LogOdds {
	Var *logits;
	int label;
} LogOdds;

static Var *log_odds_sum(Tape *tape, const void *context)
{
	const LogOdds *problem = context;
	return op_sum(tape, log_odds(tape, problem->logits, problem->label));
}

START_TEST(log_odds_by_hand_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena_child(arena, "step"));
	const real z[] = { 1, 2, 3, 50, -50, 0 };
	Params params = params_new(arena);
	Var *logits = params_add(&params, NULL, "z", SHAPE(2, 3));
	tensor_copy(logits->value, tensor_from(arena, z, 6, SHAPE(2, 3)));
	Tensor scores = log_odds(&tape, logits, 1)->value;
	ASSERT_CLOSE(scores.data[0], 2 - log(exp(1) + exp(3)), 1e-6, 1e-6);
	ASSERT_CLOSE(scores.data[1], -100, 1e-6, 1e-6); /* p is 0 in any float */
	for (int label = 0; label < 3; label++) {
		LogOdds problem = { logits, label };
		logits->value.data[3] = 5;
		logits->value.data[4] = -5;
		GradcheckResult result =
		        gradcheck(arena, log_odds_sum, &problem, 1, params.items);
		ck_assert_msg(result.passed, "%s", result.text);
	}
	Var *one = tape_constant(&tape, tensor_full(arena, 7, SHAPE(1, 1)), "one");
	ASSERT_CLOSE(log_odds(&tape, one, 0)->value.data[0], 7, 0, 0);
	ASSERT_STOPS("class 3: expected 0 to 2", log_odds(&tape, logits, 3));
	arena_free(arena);
}
END_TEST

START_TEST(explainer_scores_are_the_models)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Trained t = trained(fusion->name, "cnn", 0);
		Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
		Pool *pool = pool_new(1);
		Shards *shards = model_shards(t.arena, pool, &t.params, &t.config, TEST);
		Tensor p = predict_all(t.arena, shards, &t.test, UTTERANCE_CLASSES, NULL);
		for (int i = 0; i < FEW; i++) {
			Question question = about(&t, i);
			Versions *two = explainer_versions(explainer, &question, 2, NULL);
			Tensor scores =
			        explainer_scores(explainer, &question, two)->value;
			const real *p_i = tensor_row(p, i).data;
			double others = 0; /* a difference to 1 would cancel */
			for (int c = 0; c < UTTERANCE_CLASSES; c++)
				others += c == question.label ? 0 : (double)p_i[c];
			ASSERT_CLOSE(scores.data[0],
			        log((double)p_i[question.label] / others), 1e-4, 1e-4);
			ck_assert(scores.data[0] == scores.data[1]);
		}
		shards_free(shards);
		pool_free(pool);
		arena_free(t.arena);
	}
}
END_TEST

/* ---- integrated gradients ---------------------------------------------------------- */

static Attribution check_gradients(
        const Trained *t, Explainer *explainer, const Question *question)
{
	Attribution a = integrated_gradients(explainer, t->arena, question);
	double sum = 0, change = a.score - a.baseline;
	for (int m = 0; m < a.count; m++)
		for (size_t k = 0; k < tensor_count(a.of[m]); k++)
			sum += (double)a.of[m].data[k];
	ck_assert_msg(a.complete, "%s, utterance %d: %g after %d steps, expected %g",
	        t->config.fusion->name, question->example, a.sum, a.steps, change);
	ASSERT_CLOSE(sum, change, COMPLETENESS_LEAST, COMPLETENESS);
	return a;
}

/* Of trained CNNs, below, where something depends on it; here with first weights. */
START_TEST(gradients_of_every_strategy_over_lstms_add_up_to_the_score)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Trained t = trained(fusion->name, "lstm", 0);
		Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
		for (int i = 0; i < 4; i++) {
			Question question = about(&t, i);
			check_gradients(&t, explainer, &question);
		}
		arena_free(t.arena);
	}
}
END_TEST

/* Functionals beside the frames go along the same path, and are the last part. */
START_TEST(gradients_of_functionals_beside_frames_are_a_part_of_their_own)
{
	enum { FUNCTIONALS = 5 };
	Trained t = { .arena = arena_new("test"),
		.config = utterances_model("middle", "cnn", "cnn+functionals") };
	t.params = params_new(t.arena);
	t.test = planted(t.arena, TEST, 2);
	t.test.whole = FUNCTIONALS;
	t.config.encoder[MODALITY_SPEECH].whole = FUNCTIONALS;
	Rng rng = rng_new(5);
	for (int i = 0; i < TEST; i++) {
		Example *example = &t.test.items[i];
		bool speaks = example->steps[MODALITY_SPEECH].shape[0] > 0;
		example->whole = tensor_new(t.arena, SHAPE(speaks, FUNCTIONALS));
		for (int k = 0; speaks && k < FUNCTIONALS; k++)
			example->whole.data[k] = (real)rng_normal(&rng);
	}
	model_new(t.arena, &t.params, &t.config, &rng);
	Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
	for (int i = 0; i < FEW; i++) {
		Question question = about(&t, i);
		Attribution a = check_gradients(&t, explainer, &question);
		ck_assert_int_eq(a.count, 3);
		ck_assert_int_eq(a.of[2].shape[1], FUNCTIONALS);
		double size = 0;
		for (int k = 0; k < FUNCTIONALS; k++)
			size += fabs((double)a.of[2].data[k]);
		ck_assert((size > 1e-6) == (t.test.items[i].whole.shape[0] > 0));
	}
	arena_free(t.arena);
}
END_TEST

START_TEST(gradients_are_those_of_the_same_question_alone)
{
	Trained t = trained("middle", "cnn", 0);
	Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
	Question first = about(&t, 1), other = about(&t, 2);
	Attribution once = integrated_gradients(explainer, t.arena, &first);
	integrated_gradients(explainer, t.arena, &other);
	Attribution again = integrated_gradients(explainer, t.arena, &first);
	for (int m = 0; m < once.count; m++)
		ASSERT_TENSOR_SAME(once.of[m], again.of[m]);
	Pieces words = pieces_cut(t.arena, explainer, &first, MODALITY_TEXT, 1, 0);
	double sum = 0;
	for (int i = 0; i < words.count; i++)
		sum += attribution_piece(&once, &words.items[i]);
	Pieces patches = pieces_cut(t.arena, explainer, &first, MODALITY_SPEECH, 3, 5);
	for (int i = 0; i < patches.count; i++)
		sum += attribution_piece(&once, &patches.items[i]);
	ASSERT_CLOSE(sum, once.sum, 1e-5, 1e-5);
	arena_free(t.arena);
}
END_TEST

/* ---- what carries the score -------------------------------------------------------- */

/* How many random orders an attribution's order beats, over utterances. If it were no
 * better than random, each number from 0 to R would be as likely for each utterance:
 * R/2 in the mean, with a variance of R(R+2)/12, whatever the model. */
typedef struct Beaten {
	int count, utterances;
} Beaten;

/* How far that is above the mean of chance, in its deviations. */
static double beyond_chance(Beaten beaten)
{
	double R = CHECK_ORDERS, n = beaten.utterances;
	return (beaten.count - n * R / 2) / sqrt(n * R * (R + 2) / 12);
}

/* By chance in one of 160. */
#define BEYOND 2.5

/* By curve. */
typedef struct Orders {
	Beaten gradients[2], occlusion[2];
} Orders;

static void beat(Beaten *beaten, int orders)
{
	beaten->count += orders;
	beaten->utterances++;
}

static void add_orders(Orders *orders, Explainer *explainer, Arena *arena,
        const Question *question, const Pieces *pieces, const Attribution *attribution)
{
	real *values = ARENA_ARRAY(arena, real, (size_t)pieces->count);
	for (int k = 0; k < pieces->count; k++)
		values[k] = (real)attribution_piece(attribution, &pieces->items[k]);
	const int *by_gradient = order_falling(arena, values, pieces->count);
	const real *drop = occlusion(explainer, arena, question, pieces);
	const int *by_occlusion = order_falling(arena, drop, pieces->count);
	for (CurveKind curve = CURVE_DELETION; curve <= CURVE_INSERTION; curve++) {
		OrderCheck check = order_check(explainer, arena, question, pieces,
		        by_occlusion, by_gradient, curve);
		beat(&orders->occlusion[curve], check.beaten);
		beat(&orders->gradients[curve], check.gradients_beat);
	}
}

static void check_beaten(Beaten beaten, const char *fusion, const char *by,
        const char *what, CurveKind curve)
{
	double beyond = beyond_chance(beaten);
	ck_assert_int_gt(beaten.utterances, 10);
	ck_assert_msg(beyond > BEYOND,
	        "%s: %s of %s in the order of %s beats %d of %d random orders, %.2f deviations above chance",
	        fusion, curve == CURVE_DELETION ? "deletion" : "insertion", what, by,
	        beaten.count, CHECK_ORDERS * beaten.utterances, beyond);
}

static void check_pieces(const Trained *t, Explainer *explainer, ModalityKind kind,
        const Attribution attributions[], const char *what)
{
	Orders orders = { 0 };
	for (int i = 0; i < t->test.count; i++) {
		Question question = about(t, i);
		Pieces all = pieces_cut(t->arena, explainer, &question, kind, 1, 0);
		Pieces parts = pieces_cut(t->arena, explainer, &question, kind,
		        all.count ? (all.count + PARTS - 1) / PARTS : 1, 0);
		if (has_both(t, i) && parts.count >= 4)
			add_orders(&orders, explainer, t->arena, &question, &parts,
			        &attributions[i]);
	}
	for (CurveKind curve = CURVE_DELETION; curve <= CURVE_INSERTION; curve++) {
		check_beaten(orders.gradients[curve], t->config.fusion->name,
		        "integrated gradients", what, curve);
		check_beaten(orders.occlusion[curve], t->config.fusion->name, "occlusion",
		        what, curve);
	}
}

START_TEST(deleting_attributed_pieces_lowers_the_score_faster_than_random_ones)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Trained t = trained(fusion->name, "cnn", EPOCHS);
		Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
		Attribution attributions[TEST];
		for (int i = 0; i < t.test.count; i++) {
			Question question = about(&t, i);
			if (i < FEW || has_both(&t, i))
				attributions[i] =
				        check_gradients(&t, explainer, &question);
		}
		check_pieces(&t, explainer, MODALITY_TEXT, attributions, "words");
		check_pieces(&t, explainer, MODALITY_SPEECH, attributions, "frames");
		arena_free(t.arena);
	}
}
END_TEST

/* The planted word and bands are where the gradients say they are. */
START_TEST(gradients_find_what_was_planted)
{
	Trained t = trained("middle", "cnn", 2 * EPOCHS);
	Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
	int words_found = 0, frames_found = 0, looked = 0;
	for (int i = 0; i < FEW; i++) {
		if (!has_both(&t, i))
			continue;
		Question question = about(&t, i);
		Attribution a = integrated_gradients(explainer, t.arena, &question);
		const Example *example = &t.test.items[i];
		int best = 0;
		double most = -1e30, inside = 0, all = 0;
		for (int w = 0; w < example->words; w++) {
			Piece word = { 0, w, w + 1, 0, a.of[0].shape[1] };
			double value = attribution_piece(&a, &word);
			if (value > most)
				best = w;
			most = value > most ? value : most;
		}
		for (int m = 0; m < UTTERANCE_MELS; m++) {
			Piece band = { 1, 0, example->steps[MODALITY_SPEECH].shape[0], m,
				m + 1 };
			double value = attribution_piece(&a, &band);
			all += value;
			if (m / BANDS == example->label)
				inside += value;
		}
		words_found += example->ids[best] == 1 + example->label;
		frames_found += inside > all / 2;
		looked++;
	}
	ck_assert_int_gt(looked, 5);
	ck_assert_int_ge(words_found, looked - 1);
	ck_assert_int_ge(frames_found, looked - 1);
	arena_free(t.arena);
}
END_TEST

START_TEST(deletion_curve_runs_from_end_to_end)
{
	Trained t = trained("late", "cnn", 0);
	Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
	Question question = about(&t, 1);
	Pieces words = pieces_cut(t.arena, explainer, &question, MODALITY_TEXT, 1, 0);
	int n = words.count;
	ck_assert_int_eq(n, t.test.items[1].words);
	real falling[UTTERANCE_WORDS];
	for (int i = 0; i < n; i++)
		falling[i] = (real)(n - i);
	const int *order = order_falling(t.arena, falling, n);
	ck_assert_int_eq(order[0], 0);
	real *away = deletion_curve(
	        explainer, t.arena, &question, &words, order, CURVE_DELETION);
	real *back = deletion_curve(
	        explainer, t.arena, &question, &words, order, CURVE_INSERTION);
	ck_assert(away[0] == back[n] && away[n] == back[0] && away[0] != away[n]);
	real *drop = occlusion(explainer, t.arena, &question, &words);
	ck_assert(drop[0] == away[0] - away[1]);
	const real line[] = { 4, 2, 0 };
	ASSERT_CLOSE(curve_height(line, 3), 2, 0, 1e-12);
	arena_free(t.arena);
}
END_TEST

/* ---- attention against deletion ---------------------------------------------------- */

/* Attention that looks where the gradients are is as good as they are and better than
 * nearly all random orders; attention that looks everywhere else is worse than nearly
 * all. */
START_TEST(note_check_tells_good_attention_from_bad)
{
	Trained t = trained("middle", "cnn", EPOCHS);
	Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
	int good = 0, bad = 0, looked = 0;
	for (int i = 0; i < FEW; i++) {
		if (!has_both(&t, i))
			continue;
		Question question = about(&t, i);
		Attribution a = integrated_gradients(explainer, t.arena, &question);
		int T = a.of[1].shape[0];
		double *looks = ARENA_ARRAY(t.arena, double, (size_t)T);
		double *away = ARENA_ARRAY(t.arena, double, (size_t)T);
		for (int step = 0; step < T; step++) {
			Piece piece = { 1, step, step + 1, 0, UTTERANCE_MELS };
			looks[step] = attribution_piece(&a, &piece);
			away[step] = -looks[step];
		}
		NoteCheck check = note_check_attention(
		        explainer, &question, &a, MODALITY_SPEECH, looks, T);
		ck_assert(check.done);
		ck_assert(check.deletion.shown == check.deletion.gradients);
		ck_assert(check.insertion.shown == check.insertion.gradients);
		good += check.deletion.beaten + check.insertion.beaten;
		check = note_check_attention(
		        explainer, &question, &a, MODALITY_SPEECH, away, T);
		bad += check.deletion.beaten + check.insertion.beaten;
		looked++;
	}
	int orders = 2 * CHECK_ORDERS * looked;
	ck_assert_int_gt(looked, 5);
	ck_assert_msg(
	        good >= orders * 9 / 10, "good attention beats %d of %d", good, orders);
	ck_assert_msg(bad <= orders / 10, "bad attention beats %d of %d", bad, orders);
	arena_free(t.arena);
}
END_TEST

START_TEST(note_check_of_nothing_to_take_away)
{
	Trained t = trained("middle", "cnn", 0);
	Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
	const double one[] = { 1 };
	for (int i = 0; i < FEW; i++) {
		Question question = about(&t, i);
		Attribution a = { 0 };
		ck_assert(!note_check_attention(
		        explainer, &question, &a, MODALITY_SPEECH, one, 1)
		                   .done);
	}
	Shapley game = { .count = 2, .subset = { 1, 3, 6, 10 } };
	ASSERT_CLOSE(note_check_modality(&game, 0).lost, 10 - 6, 0, 0);
	ASSERT_CLOSE(note_check_modality(&game, 0).alone, 3 - 1, 0, 0);
	ASSERT_CLOSE(note_check_modality(&game, 1).lost, 10 - 3, 0, 0);
	ASSERT_CLOSE(note_check_modality(&game, 1).alone, 6 - 1, 0, 0);
	arena_free(t.arena);
}
END_TEST

/* ---- Shapley ----------------------------------------------------------------------- */

START_TEST(shapley_of_known_games)
{
	double phi[3];
	shapley_values(phi, (double[]){ 1, 3, 6, 10 }, 2); /* F_0, F_a, F_b, F_ab */
	ASSERT_CLOSE(phi[0], ((10 - 6) + (3 - 1)) / 2.0, 0, 1e-15);
	ASSERT_CLOSE(phi[1], ((10 - 3) + (6 - 1)) / 2.0, 0, 1e-15);
	/* who holds a right glove (0) against two with a left one: 2/3, 1/6, 1/6 */
	shapley_values(phi, (double[]){ 0, 0, 0, 1, 0, 1, 0, 1 }, 3);
	ASSERT_CLOSE(phi[0], 2.0 / 3, 0, 1e-15);
	ASSERT_CLOSE(phi[1], 1.0 / 6, 0, 1e-15);
	ASSERT_CLOSE(phi[2], 1.0 / 6, 0, 1e-15);
	shapley_values(phi, (double[]){ 2, 5 }, 1);
	ASSERT_CLOSE(phi[0], 3, 0, 0);
}
END_TEST

START_TEST(shapley_of_every_strategy_sums_up)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		Trained t = trained(fusion->name, "cnn", 0);
		Explainer *explainer = explainer_new(t.arena, &t.params, &t.config);
		for (int i = 0; i < FEW; i++) {
			Question question = about(&t, i);
			Shapley s = shapley(explainer, &question);
			ck_assert_int_eq(s.count, 2);
			ASSERT_CLOSE(s.value[0] + s.value[1], s.subset[3] - s.subset[0],
			        1e-12, 1e-12);
			ASSERT_CLOSE(s.value[0],
			        ((s.subset[3] - s.subset[2]) +
			                (s.subset[1] - s.subset[0])) /
			                2,
			        1e-12, 1e-12);
			Versions *whole =
			        explainer_versions(explainer, &question, 1, NULL);
			ck_assert((double)explainer_scores(explainer, &question, whole)
			                  ->value.data[0] == s.subset[3]);
			if (!t.test.items[i].words) /* what is not there adds nothing */
				ck_assert(s.value[0] == 0 && s.value[1] != 0);
			if (!t.test.items[i].steps[MODALITY_SPEECH].shape[0])
				ck_assert(s.value[1] == 0 && s.value[0] != 0);
		}
		arena_free(t.arena);
	}
}
END_TEST

TEST_MAIN("attribution", log_odds_by_hand_and_gradient, explainer_scores_are_the_models,
        gradients_of_every_strategy_over_lstms_add_up_to_the_score,
        gradients_of_functionals_beside_frames_are_a_part_of_their_own,
        gradients_are_those_of_the_same_question_alone,
        deleting_attributed_pieces_lowers_the_score_faster_than_random_ones,
        gradients_find_what_was_planted, deletion_curve_runs_from_end_to_end,
        note_check_tells_good_attention_from_bad, note_check_of_nothing_to_take_away,
        shapley_of_known_games, shapley_of_every_strategy_sums_up)
