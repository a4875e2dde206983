/* Chapter 14: EmotionNet. The whole model, why the stronger modality starves the weaker one when
 * both are trained together, what helps, and how an idea of one's own is judged. What is plain
 * floats stands in small.c, the training loop in joint.c. */
#include "tutorials/14-emotionnet/pictures.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>
#include <string.h>

enum { SEEDS = 3 };

typedef struct Story {
	double rate, auxiliary, alpha;
	World world;
	Model together;
	SpokenUtterance spoken;
	Look joint[SEEDS][EPOCHS], heads[SEEDS][EPOCHS], modulated[SEEDS][EPOCHS],
	        pretrained[SEEDS][EPOCHS], apart[SEEDS][EPOCHS];
} Story;

/* --- the question ----------------------------------------------------------------------- */

static void the_question(Lesson *lesson, Story *s)
{
	static const char *const who[] = {
		"the model:", "head of the text:", "head of the speech:"
	};
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "The question");
	s->spoken = utterance_speak(arena);
	s->world = the_world(arena);
	lesson_say(lesson, "  \"%s\"", s->spoken.text);
	lesson_sound(lesson, "angry", &s->spoken.sound);
	s->together = model_train(
	        arena, &s->world, (Joint){ .rate = s->rate, .seed = 1 }, s->joint[0]);
	const Answer a =
	        model_answer(&s->together, &s->world, s->spoken.text, &s->spoken.sound);
	const int anger = labels_index(&s->world.prepared.frontend.labels, "anger");
	for (int k = 0; k < 3; k++)
		lesson_say(
		        lesson, "  %-20s p(anger) = %.2f", who[k], (double)a.p[k][anger]);
	const Look *last = &s->joint[0][EPOCHS - 1];
	lesson_number(lesson, "fused", "accuracy of 300 others, the model", "%.3f",
	        last->fused);
	lesson_number(lesson, "text", "head of the text", "%.3f", last->text);
	lesson_number(lesson, "speech", "head of the speech", "%.3f", last->speech);
	model_train(arena, &s->world,
	        (Joint){ .rate = s->rate, .seed = 1, .pretrain = EPOCHS }, s->apart[0]);
	lesson_number(lesson, "text-apart",
	        "head of the text, trained without the speech", "%.3f",
	        s->apart[0][EPOCHS - 1].text);
	lesson_point(lesson, "The same text encoder, the same words, the same steps.");
}

/* --- the whole model -------------------------------------------------------------------- */

static void the_model(Lesson *lesson, const Story *s)
{
	const Params *params = &s->together.params;
	const char *parts[] = { "text.", "speech.", "fusion.", "heads." };
	lesson_section(lesson, "The whole model");
	picture_model(lesson, &s->together, &s->world);
	for (int k = 0; k < 4; k++) {
		size_t count = 0;
		for (int i = 0; i < params->count; i++)
			if (!strncmp(params->items[i]->name, parts[k], strlen(parts[k])))
				count += tensor_count(params->items[i]->value);
		lesson_say(lesson, "  %-8s %6zu parameters", parts[k], count);
	}
	lesson_point(lesson, "Four rooms of parameters. The loss reaches all of them.");
	const Encoder *encoder = s->together.net->encoder;
	lesson_predict_shape(lesson,
	        "A batch has 16 utterances. The text encoder gives each a vector of 24 "
	        "numbers, the speech encoder one of 32. What shape does fusion read?",
	        SHAPE(16,
	                encoder[MODALITY_TEXT].pooled + encoder[MODALITY_SPEECH].pooled),
	        "Both vectors of an utterance stand side by side: 24 + 32 numbers.");
	static const Choice choices[] = {
		{ "as much as if it were there",
		        "Its vector is multiplied by 0, and on the "
		        "way back so is what comes back." },
		{ "nothing",
		        "What is multiplied by 0 on the way in is multiplied by 0 on "
		        "the way back." },
		{ "more, since the speech has to be learnt",
		        "No derivative knows what has to "
		        "be learnt. It is times 0." }
	};
	lesson_predict_choice(lesson,
	        "An utterance has no sound. What comes back to the speech encoder from it?",
	        3, choices, 1);
}

/* --- by hand ---------------------------------------------------------------------------- */

static void by_hand(Lesson *lesson)
{
	static const float z_speech[3] = { 0, 1, 3 };
	float alone[STEPS + 1], none[STEPS + 1], text[STEPS + 1], speech[STEPS + 1];
	lesson_section(lesson, "Who knows already takes the gradient away");
	picture_back(lesson, 3, z_speech);
	lesson_point(lesson, "The text has said nothing yet. What comes back to it?");
	static const Choice choices[] = {
		{ "more than alone",
		        "What comes back to both is p - 1. The speech brings p "
		        "near to 1, and so p - 1 near to 0." },
		{ "as much as alone", "The text's own number is the same, but what is "
		                      "multiplied by it, p - 1, is made by both." },
		{ "less than alone",
		        "The weight of the speech grows three times as fast. "
		        "Soon p is near to 1, and little comes back." }
	};
	lesson_predict_choice(lesson,
	        "Both weights begin at 0 and are trained together. How much does the text "
	        "learn in 40 steps, compared with the text alone?",
	        3, choices, 2);
	train_two(alone, none, 1, 0);
	train_two(text, speech, 1, 1);
	picture_two(lesson, alone, text, speech);
	lesson_number(lesson, "w-alone", "weight of the text, alone", "%.2f",
	        (double)alone[STEPS]);
	lesson_number(lesson, "w-together", "weight of the text, together", "%.2f",
	        (double)text[STEPS]);
	lesson_number(lesson, "w-speech", "weight of the speech, together", "%.2f",
	        (double)speech[STEPS]);
	lesson_look_floats(lesson, "weight of the text after each step, together", 1,
	        STEPS + 1, text);
	lesson_look_floats(lesson, "weight of the speech", 1, STEPS + 1, speech);
	lesson_point(lesson, "Nothing was wrong with the text.");
}

static double loss_of(double z)
{
	return log(1 + exp(-z));
}

static void derivative(Lesson *lesson)
{
	const double step = 1e-4;
	lesson_section(lesson, "The derivative");
	lesson_say(lesson, "  text  speech   computed   measured");
	for (int k = 0; k < 3; k++) {
		const double text = 0.5 * k, speech = 2 - k;
		lesson_say(lesson, "  %4.1f  %6.1f  %9.4f  %9.4f", text, speech,
		        (double)pull((float)text, (float)speech),
		        (loss_of(text + step + speech) - loss_of(text - step + speech)) /
		                (2 * step));
	}
	lesson_point(lesson, "Only the sum of both counts.");
}

/* --- what helps ------------------------------------------------------------------------- */

static void what_helps(Lesson *lesson)
{
	lesson_section(lesson, "Four remedies");
	lesson_predict_number(lesson,
	        "The speech's head gives the label 0.6 on average, the text's head 0.2, and "
	        "alpha is 0.5. By what is the speech encoder's gradient multiplied? tanh "
	        "1.5 is 0.905.",
	        (double)modulation(0.6f, 0.2f, 0.5f), 0.002,
	        "The ratio is 0.6 / 0.2 = 3, and 1 - tanh(0.5 times 3) = 1 - 0.905.");
	lesson_number(lesson, "k-text", "and the text encoder's", "%.0f",
	        (double)modulation(0.2f, 0.6f, 0.5f));
	lesson_point(lesson, "Who is ahead is slowed down. Nobody is made faster.");
}

/* --- the experiment --------------------------------------------------------------------- */

static void trial(Lesson *lesson, const World *world, const char *name, const char *key,
        Joint plan, Look looks[SEEDS][EPOCHS], int done)
{
	double fused[SEEDS], text[SEEDS], speech[SEEDS];
	Arena *arena = lesson_arena(lesson);
	lesson_settings(lesson, name,
	        "auxiliary %g, modulate %g, pretrain %d, rate %g, epochs %d, batch %d, "
	        "utterances %d, seeds 1-%d",
	        plan.auxiliary, plan.modulate, plan.pretrain, plan.rate, EPOCHS, BATCH,
	        TRAIN, SEEDS);
	for (int seed = 0; seed < SEEDS; seed++) {
		plan.seed = (uint64_t)seed + 1;
		if (seed >= done)
			model_train(arena, world, plan, looks[seed]);
		const Look *last = &looks[seed][EPOCHS - 1];
		fused[seed] = last->fused;
		text[seed] = last->text;
		speech[seed] = last->speech;
	}
	const double *const rows[] = { fused, text, speech };
	static const char *const what[] = { "the model", "head of the text",
		"head of the speech" };
	static const char *const keys[] = { "fused", "text", "speech" };
	for (int k = plan.pretrain == EPOCHS; k < 3; k++)
		lesson_spread(lesson, arena_format(arena, "%s-%s", key, keys[k]), what[k],
		        "%.3f", SEEDS, rows[k]);
}

static void experiment(Lesson *lesson, Story *s)
{
	const World *world = &s->world;
	lesson_section(lesson, "The experiment");
	picture_epochs(lesson, s->joint[0], s->apart[0]);
	static const Choice choices[] = { { "the text's head, trained together",
		                                  "There the speech takes most of "
		                                  "what comes back." },
		{ "the text's head, with its own loss beside the joint one",
		        "Its own loss comes back undivided, however sure the speech is." },
		{ "both alike", "The joint loss comes back through fusion, and is small "
		                "wherever the speech knows the answer." } };
	lesson_predict_choice(
	        lesson, "Which head is right more often at the end?", 3, choices, 1);
	trial(lesson, world, "together", "joint", (Joint){ .rate = s->rate }, s->joint,
	        1);
	trial(lesson, world, "apart", "apart",
	        (Joint){ .rate = s->rate, .pretrain = EPOCHS }, s->apart, 1);
	trial(lesson, world, "auxiliary heads", "heads",
	        (Joint){ .rate = s->rate, .auxiliary = s->auxiliary }, s->heads, 0);
	trial(lesson, world, "modulated", "modulated",
	        (Joint){ .rate = s->rate, .modulate = s->alpha }, s->modulated, 0);
	trial(lesson, world, "pretrained", "pretrained",
	        (Joint){ .rate = s->rate, .pretrain = EPOCHS / 3 }, s->pretrained, 0);
	lesson_point(lesson, "Three seeds each. Which gains are larger than the spread?");
}

/* --- judging an idea -------------------------------------------------------------------- */

static void judging(Lesson *lesson, const Story *s)
{
	double paired[2], apart[2];
	const Look *a = &s->heads[0][EPOCHS - 1], *b = &s->joint[0][EPOCHS - 1];
	int same = 0;
	lesson_section(lesson, "Is it better?");
	for (int i = 0; i < VALIDATION; i++)
		same += a->right[i] == b->right[i];
	lesson_number(lesson, "gain", "gain by the heads, seed 1", "%+.3f",
	        a->fused - b->fused);
	lesson_number(lesson, "same",
	        "utterances of 300 where both are right or both wrong", "%.0f",
	        (double)same);
	gain_paired(paired, a->right, b->right, VALIDATION);
	gain_apart(apart, a->right, b->right, VALIDATION);
	picture_gains(lesson, paired, apart);
	lesson_number(lesson, "paired-from", "paired, from", "%+.3f", paired[0]);
	lesson_number(lesson, "paired-to", "paired, to", "%+.3f", paired[1]);
	lesson_number(lesson, "apart-from", "drawn apart, from", "%+.3f", apart[0]);
	lesson_number(lesson, "apart-to", "drawn apart, to", "%+.3f", apart[1]);
	lesson_point(lesson, "Where both agree, nothing can move the paired gain.");
	static const Choice choices[] = {
		{ "nothing, since the two accuracies' intervals overlap",
		        "Those intervals hold what both models share: easy and hard "
		        "utterances. The gain on the same utterances does not." },
		{ "your strategy is better on corpora like this one, by 0.01 to 0.05",
		        "The paired interval is of the gain itself, and 0 lies outside." },
		{ "your strategy is better on any corpus",
		        "The draws are of this corpus's utterances. Other people and other "
		        "recordings were never drawn." }
	};
	lesson_predict_choice(lesson,
	        "Middle fusion: 0.70 (0.65 to 0.75). Yours: 0.73 (0.68 to 0.78). The paired "
	        "gain: +0.03 (+0.01 to +0.05). What can you say?",
	        3, choices, 1);
}

int main(int argc, char **argv)
{
	static Story story;
	Lesson *lesson = lesson_begin(argc, argv, "14-emotionnet", "EmotionNet");
	story.rate = lesson_setting(lesson, "rate",
	        "the learning rate, how far a step goes", 0.005, 0.0001, 0.1);
	story.auxiliary = lesson_setting(
	        lesson, "auxiliary", "the weight of each head's own loss", 1, 0, 10);
	story.alpha = lesson_setting(lesson, "alpha",
	        "how strongly the encoder that is ahead is slowed down", 0.5, 0, 2);
	the_question(lesson, &story);
	the_model(lesson, &story);
	by_hand(lesson);
	derivative(lesson);
	what_helps(lesson);
	experiment(lesson, &story);
	judging(lesson, &story);
	return lesson_end(lesson);
}
