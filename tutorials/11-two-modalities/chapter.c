/* Chapter 11: two modalities. Small worlds where all is known (worlds.c), ways to join two
 * answers (fuse.c), a network that joins before it answers (model.c), and irony, which no sum
 * understands (regions.c). What is read and heard stands in data.c, the experiment in
 * trials.c. */
#include "autograd/ops.h"
#include "layers/experts.h"
#include "tutorials/11-two-modalities/fuse.h"
#include "tutorials/11-two-modalities/pictures.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>

enum { TRAIN = 1600, VALIDATION = 400, EPOCHS = 30, BATCH = 32, JOY = 1, ANGER = 3 };
enum { IRONIC_EPOCHS = 60 };
static const float RATE = 0.01f, IRONIC_RATE = 0.3f;

/* --- the question ------------------------------------------------------------------- */

static void say_answer(Lesson *lesson, const char *name, const float p[EMOTIONS])
{
	const char *line = "";
	for (int c = 0; c < EMOTIONS; c++)
		line = arena_format(lesson_arena(lesson), "%s%10.2f", line, (double)p[c]);
	lesson_say(lesson, "  %-12s%s", name, line);
}

static void question(Lesson *lesson, const Data *data, const Trials *trials)
{
	static const char *const names[] = { "furious-plain", "lucky-plain",
		"lucky-ironic", "furious-ironic" };
	Case said[CASES];
	lesson_section(lesson, "The question");
	for (int k = 0; k < CASES; k++) {
		said[k] = case_say(lesson_arena(lesson), k);
		lesson_sound(lesson, names[k], &said[k].clip);
	}
	const Case ironic = said[2];
	const Both u = data_of(&data->ears, ironic.text, &ironic.clip);
	lesson_say(lesson, "  \"%s\", said in an %s voice", ironic.text, ironic.voice);
	lesson_say(lesson, "                 neutral       joy   sadness     anger      "
	                   "fear  surprise");
	for (int way = BY_TEXT; way <= BY_VOICE; way++) {
		float p[EMOTIONS];
		way_answer(p, (Way)way, &trials->models[0], trials->prior, &u);
		say_answer(lesson, way_names[way], p);
	}
	lesson_point(lesson, "Two networks, two answers to one utterance.");
	lesson_section(lesson, "Two places to meet");
	picture_where(lesson);
	lesson_point(lesson, "Late: after both have answered. Middle: before.");
}

/* --- late fusion -------------------------------------------------------------------- */

static void by_hand(Lesson *lesson)
{
	const World world = world_independent();
	float p[2], pa[2], pb[2], prior[2];
	lesson_section(lesson, "Late fusion by hand");
	world_ask(pa, pb, prior, &world);
	lesson_number(
	        lesson, "p-words", "p(angry | furious words)", "%.2f", (double)pa[ANGRY]);
	lesson_number(
	        lesson, "p-voice", "p(angry | loud voice)", "%.2f", (double)pb[ANGRY]);
	fuse_mean(p, pa, pb, prior, 2);
	lesson_number(lesson, "p-mean", "their mean", "%.2f", (double)p[ANGRY]);
	static const Choice together[] = {
		{ "about 0.39, between the two",
		        "That is the mean. But the two signs together are rarer than each "
		        "alone, above all among those who are not angry." },
		{ "0.47, as the surer of the two says",
		        "Then the loud voice would tell nothing. It does: most of the "
		        "others speak softly." },
		{ "about 0.78, above both",
		        "Of the 100 angry ones 64 do both, of the 900 others only 18. 64 "
		        "of 82 are angry." },
		{ "about 0.14, since 0.47 x 0.31 = 0.14",
		        "A product of probabilities has to be divided by its sum over the "
		        "classes." }
	};
	lesson_predict_choice(lesson,
	        "Of those who use furious words in a loud voice, what part is angry?", 4,
	        together, 2);
	picture_counts(lesson, &world);
	lesson_look_floats(lesson, "p by the words", 1, 2, pa);
	lesson_look_floats(lesson, "p by the voice", 1, 2, pb);
	lesson_look_floats(lesson, "their mean", 1, 2, p);
	lesson_point(lesson, "Two weak signs are one strong sign.");
}

static void bayes(Lesson *lesson)
{
	const World world = world_independent();
	float p[2], pa[2], pb[2], prior[2];
	lesson_section(lesson, "Bayes' rule");
	world_ask(pa, pb, prior, &world);
	fuse_product(p, pa, pb, prior, 2);
	lesson_number(
	        lesson, "p-product", "product of experts", "%.2f", (double)p[ANGRY]);
	static const Choice undivided[] = {
		{ "0.78, as before: the division cancels",
		        "It would cancel if the prior were the same for all classes. Here it "
		        "is 0.9 and 0.1." },
		{ "0.28",
		        "Each expert has counted already that anger is rare. Without the "
		        "division it counts twice." },
		{ "0.97", "Dividing twice would give more. Without it there is less." }
	};
	lesson_predict_choice(lesson,
	        "Somebody forgets `/ prior[c]`. What does fuse_product() say of angry?",
	        3, undivided, 1);
	fuse_undivided(p, pa, pb, prior, 2);
	lesson_number(
	        lesson, "p-undivided", "without the division", "%.2f", (double)p[ANGRY]);
	lesson_look_floats(lesson, "prior", 1, 2, prior);
	lesson_look_floats(lesson, "p without the division", 1, 2, p);
	lesson_point(lesson, "The rare class is lost.");
}

/* --- independent? ------------------------------------------------------------------- */

static void say_world(Lesson *lesson, const char *name, World world)
{
	lesson_say(lesson, "  %-12s  %8.3f  %15.3f  %7.3f  %8.3f", name,
	        (double)world_loss(&world, fuse_mean),
	        (double)world_loss(&world, fuse_undivided),
	        (double)world_loss(&world, fuse_product),
	        (double)world_least_loss(&world));
}

static void independent(Lesson *lesson)
{
	const World repeated = world_repeated(1);
	float p[2], pa[2], prior[2];
	lesson_section(lesson, "When is it right?");
	static const Choice twice[] = {
		{ "0.47, as each of them",
		        "The truth is 0.47, since nothing new was said. But the product "
		        "does not know that it heard one thing twice." },
		{ "0.78, as before",
		        "The voice is another one now: its own p has changed." },
		{ "0.88", "The same evidence counts twice." }
	};
	lesson_predict_choice(lesson,
	        "Every voice only repeats the words: both experts say 0.47 for the same "
	        "reason. What does the product say?",
	        3, twice, 2);
	world_prior(prior, &repeated);
	world_words(pa, &repeated, FURIOUS);
	fuse_product(p, pa, pa, prior, 2);
	lesson_number(
	        lesson, "p-repeated", "product, all repeated", "%.2f", (double)p[ANGRY]);
	picture_repeated(lesson);
	lesson_point(lesson, "The product is right on the left, the mean on the right.");
	lesson_say(
	        lesson, "  mean loss         mean  without division  product  possible");
	say_world(lesson, "independent", world_independent());
	say_world(lesson, "repeated", repeated);
	say_world(lesson, "irony", world_irony());
	lesson_point(
	        lesson, "In each world another one is best; in the last one none is.");
}

/* --- logarithms --------------------------------------------------------------------- */

static void logarithms(Lesson *lesson)
{
	const float za[] = { 0, 120 }, zb[] = { 121, 0 }, prior[] = { 0.5f, 0.5f };
	float p[2], pa[2], pb[2], log_p[2];
	lesson_section(lesson, "In logarithms");
	to_probabilities(pa, za, 2);
	to_probabilities(pb, zb, 2);
	fuse_product(p, pa, pb, prior, 2);
	lesson_say(lesson, "  fuse_product: %s",
	        isnan(p[0]) && isnan(p[1]) ? "NaN NaN" : "?");
	fuse_logits(log_p, za, zb, prior, 2);
	lesson_say(lesson, "  fuse_logits:  %.2f %.2f", exp((double)log_p[0]),
	        exp((double)log_p[1]));
	lesson_predict_number(lesson,
	        "Words, voice and face: three experts. How often is log prior subtracted?",
	        2, 0,
	        "Each expert counts the prior once, so it is in the sum three times. Once "
	        "is right.");
	lesson_look_floats(lesson, "log p", 1, 2, log_p);
	lesson_point(lesson, "The same formula; nothing became 0.");
}

/* --- the gradient ------------------------------------------------------------------- */

static void gradient(Lesson *lesson)
{
	float za[] = { 1, 0, 2 }, zb[] = { 0, 1, 1 }, d_za[3] = { 0 }, d_zb[3] = { 0 };
	const float prior[] = { 0.5f, 0.25f, 0.25f };
	static const char *const names[] = { "neutral", "joy", "anger" };
	float log_p[3];
	lesson_section(lesson, "The gradient");
	fuse_logits(log_p, za, zb, prior, 3);
	fuse_gradient(d_za, d_zb, log_p, 2, 3);
	lesson_say(lesson, "  class     words measured   voice measured");
	for (int c = 0; c < 3; c++)
		lesson_say(lesson, "  %-8s %6.3f   %6.3f  %6.3f   %6.3f", names[c],
		        (double)d_za[c],
		        (double)fuse_measured(za, c, za, zb, prior, 2, 3),
		        (double)d_zb[c],
		        (double)fuse_measured(zb, c, za, zb, prior, 2, 3));
	lesson_look_floats(lesson, "log p", 1, 3, log_p);
	lesson_look_floats(lesson, "gradient of the words' logits", 1, 3, d_za);
	lesson_look_floats(lesson, "gradient of the voice's logits", 1, 3, d_zb);
	lesson_point(lesson, "Both experts get the same gradient.");
	static const Choice share[] = {
		{ "-0.80, its own p minus 1",
		        "That is the gradient of its own loss. Here the loss is that of the "
		        "joint answer." },
		{ "-0.02",
		        "It is p - 1 with the joint p. Words are right already, so the "
		        "voice has nothing to learn from this utterance." },
		{ "0, since the words gave the answer",
		        "Both logits are added, so the loss moves with each of them." }
	};
	lesson_predict_choice(lesson,
	        "The words give the truth 0.97, the voice 0.20, and the product 0.98. What "
	        "is the derivative of the joint loss with respect to the voice's logit of "
	        "the truth?",
	        3, share, 1);
}

/* --- irony -------------------------------------------------------------------------- */

static void irony(Lesson *lesson)
{
	static const float words[2] = { 2, -2 }, voice[2] = { 0, 3 };
	lesson_section(lesson, "Irony defeats any sum");
	picture_cases(lesson, words, voice);
	lesson_point(lesson, "Add each diagonal: both give the same.");
	static const Choice deep[] = {
		{ "4: they see everything that there is",
		        "Each sees everything of one modality. What the words mean depends "
		        "on the other one, and nothing looks at both." },
		{ "3", "The proof asks nothing of f and g. Deep or not, the two diagonals "
		       "have the same sum." },
		{ "2", "Three are possible: the drawing has three." }
	};
	lesson_predict_choice(lesson,
	        "Two very deep networks f and g, trained on millions of such sentences. How "
	        "many of the four can a sum of theirs get right?",
	        3, deep, 1);
}

static void regions(Lesson *lesson)
{
	double loss[2][SEEDS], test[2][SEEDS];
	Tensor field[2];
	Arena *arena = lesson_arena(lesson);
	const Ironic *ironic = ironic_new(arena);
	lesson_section(lesson, "Middle fusion");
	for (int apart = 0; apart < 2; apart++)
		for (int s = 0; s < SEEDS; s++) {
			Trained t = ironic_train(arena, ironic, apart, IRONIC_EPOCHS,
			        IRONIC_RATE, (uint64_t)s + 1);
			loss[apart][s] = t.loss;
			test[apart][s] = t.test;
			if (s == 0)
				field[apart] = t.field;
		}
	for (int apart = 1; apart >= 0; apart--) {
		const char *name = apart ? "sum" : "joined";
		lesson_settings(lesson, name,
		        "units %d, together %d, rate %g, epochs %d, batch 8, seeds 1-%d",
		        UNITS, apart ? 0 : UNITS, (double)IRONIC_RATE, IRONIC_EPOCHS,
		        SEEDS);
		lesson_spread(lesson, arena_format(arena, "%s-loss", name),
		        "loss on the training set", "%.3f", SEEDS, loss[apart]);
		lesson_spread(lesson, arena_format(arena, "%s-test", name),
		        "accuracy on the test set", "%.3f", SEEDS, test[apart]);
	}
	picture_field(lesson, "sum", "A sum of two networks, one for each number", ironic,
	        field[1]);
	picture_field(
	        lesson, "middle", "A network that sees both numbers", ironic, field[0]);
	lesson_look(lesson, "p over the square, sum", field[1]);
	lesson_look(lesson, "p over the square, joined", field[0]);
	lesson_point(
	        lesson, "Four corners, and only the second network turns all of them.");
}

/* --- the experiment ----------------------------------------------------------------- */

static void say_way(Lesson *lesson, const Trials *trials, Way way)
{
	static const char *const keys[] = { "text", "voice", "mean", "product",
		"middle" };
	static const char *const inputs[] = { "words", "voice", "both", "both", "both" };
	static const char *const fusions[] = { "none", "none", "mean", "product",
		"middle" };
	const Models *m = &trials->models[0];
	const int words = model_parameters(&m->text), voice = model_parameters(&m->voice);
	const int parameters[] = { words, voice, words + voice, words + voice,
		model_parameters(&m->middle) };
	Arena *arena = lesson_arena(lesson);
	lesson_settings(lesson, way_names[way],
	        "input %s, fusion %s, parameters %d, train %d, epochs %d, batch %d, rate %g, "
	        "seeds 1-%d",
	        inputs[way], fusions[way], parameters[way], TRAIN, EPOCHS, BATCH,
	        (double)RATE, SEEDS);
	if (trials->count[IRONY] > 0)
		lesson_spread(lesson, arena_format(arena, "%s-irony", keys[way]),
		        "accuracy, irony", "%.3f", SEEDS, trials->accuracy[way][IRONY]);
	lesson_spread(lesson, arena_format(arena, "%s-all", keys[way]), "accuracy, all",
	        "%.3f", SEEDS, trials->accuracy[way][KINDS]);
	if (way <= BY_VOICE)
		lesson_spread(lesson, arena_format(arena, "%s-sure", keys[way]),
		        "largest p, mean", "%.3f", SEEDS, trials->sure[way]);
}

static void say_cases(Lesson *lesson, const Data *data, const Trials *trials)
{
	lesson_say(lesson, "  how many of %d seeds are right     mean  product  middle",
	        SEEDS);
	for (int k = 0; k < CASES; k++) {
		const Case said = case_say(lesson_arena(lesson), k);
		const Both u = data_of(&data->ears, said.text, &said.clip);
		const int emotion = said.angry ? ANGER : JOY;
		lesson_say(lesson, "  %-15.*s %-7s %-8s %6d  %7d  %6d",
		        (int)(said.text[0] == 'I' ? 13 : 7), said.text, said.voice,
		        emotions[emotion], way_says(BY_MEAN, trials, &u, emotion),
		        way_says(BY_PRODUCT, trials, &u, emotion),
		        way_says(BY_MIDDLE, trials, &u, emotion));
	}
}

static void experiment(Lesson *lesson, const Data *data, const Trials *trials)
{
	lesson_section(lesson, "The experiment");
	say_way(lesson, trials, BY_TEXT);
	say_way(lesson, trials, BY_VOICE);
	static const Choice half[] = {
		{ "about 0.17, as if it guessed",
		        "The words still tell that it is one of two emotions: what they say, "
		        "or its opposite." },
		{ "about 0.5",
		        "It follows the words. They mean what they say in half of these "
		        "utterances." },
		{ "about 0.75, since a sum can have three of four right",
		        "Such a sum exists for one pair of opposites. But each expert learns "
		        "for itself what is most probable." }
	};
	lesson_predict_choice(lesson,
	        "How often is the product of these two experts right on irony?", 3, half,
	        1);
	say_way(lesson, trials, BY_MEAN);
	say_way(lesson, trials, BY_PRODUCT);
	lesson_spread(lesson, "weighted-irony",
	        "irony, mean with the weight that is best there", "%.3f", SEEDS,
	        trials->weighted);
	say_way(lesson, trials, BY_MIDDLE);
	picture_kinds(lesson, trials);
	say_cases(lesson, data, trials);
	lesson_point(lesson, "Look along each row: what does this way understand?");
}

/* --- the library -------------------------------------------------------------------- */

static Var *row_of(Tape *tape, const char *name, const float p[2])
{
	const real logs[] = { (real)log((double)p[0]), (real)log((double)p[1]) };
	return tape_constant(tape, tensor_from(tape->arena, logs, 2, SHAPE(1, 2)), name);
}

static void library(Lesson *lesson)
{
	const World world = world_independent();
	float pa[2], pb[2], prior[2];
	lesson_section(lesson, "In the library");
	world_ask(pa, pb, prior, &world);
	Tape tape = tape_new(lesson_arena(lesson));
	Var *words = row_of(&tape, "words", pa), *voice = row_of(&tape, "voice", pb);
	Var *log_prior = op_reshape(&tape, row_of(&tape, "prior", prior), SHAPE(2));
	Var *yes = tape_constant(&tape, tensor_full(tape.arena, 1, SHAPE(1, 1)), "yes");
	Var *no = tape_constant(&tape, tensor_full(tape.arena, 0, SHAPE(1, 1)), "no");
	/* [library] */
	Var *logits[] = { words, voice }, *both[] = { yes, yes }, *one[] = { yes, no };
	Var *p = op_softmax(&tape, experts_product(&tape, 2, logits, both, log_prior));
	Var *q = op_softmax(&tape, experts_product(&tape, 2, logits, one, log_prior));
	/* [/library] */
	lesson_number(lesson, "library", "both there: p(angry)", "%.2f",
	        (double)p->value.data[ANGRY]);
	lesson_number(lesson, "library-missing", "no sound: p(angry)", "%.2f",
	        (double)q->value.data[ANGRY]);
	lesson_point(lesson, "Without sound, the product is what the words say.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "11-two-modalities", "Two modalities");
	Arena *arena = lesson_arena(lesson);
	const double irony_share = lesson_setting(lesson, "irony",
	        "how often an utterance is ironic, compared with each other kind", 1, 0,
	        10);
	const char *mixture =
	        irony_share > 0
	                ? arena_format(arena, "agree,words,voice,irony=%g", irony_share)
	                : "agree,words,voice";
	const Data data = data_make(arena, mixture, TRAIN, VALIDATION);
	const Trials trials = trials_run(arena, &data, EPOCHS, BATCH, RATE);
	question(lesson, &data, &trials);
	by_hand(lesson);
	bayes(lesson);
	independent(lesson);
	logarithms(lesson);
	gradient(lesson);
	irony(lesson);
	regions(lesson);
	experiment(lesson, &data, &trials);
	library(lesson);
	return lesson_end(lesson);
}
