/* The ceiling. Let s be what a view shows, y the label. The best classifier says argmax_y
 * P(y, s)
 * (Bayes), and is right with probability sum_s max_y P(y, s). The rules make few discrete
 * choices, so P(y, s) is summed up exactly, by running the very rules that draw
 * utterances with a source of choices that counts through all of them like an odometer
 * instead of tossing dice. */
#include "emotionnet/stage/rules.h"
#include "tensor/arena.h"

const char *stage_emotion_name(StageEmotion emotion)
{
	static const char *const names[STAGE_MANNERS] = { "neutral", "joy", "sadness",
		"anger", "fear", "surprise", "ironic" };
	return names[emotion];
}

const char *stage_kind_name(StageKind kind)
{
	static const char *const names[STAGE_KINDS] = { "agree", "words", "voice",
		"irony", "stress", "noise", "face", "mask" };
	return names[kind];
}

int stage_kinds(bool face)
{
	return face ? STAGE_KINDS : STAGE_FACE;
}

int stage_views(bool face)
{
	return face ? STAGE_VIEWS : STAGE_LOOKS;
}

const char *stage_view_name(StageView view)
{
	static const char *const names[STAGE_VIEWS] = { "text", "speech", "text+speech",
		"face", "text+face", "speech+face", "text+speech+face" };
	return names[view];
}

/* What each view has. */
static const struct {
	bool text, speech, face;
} views[STAGE_VIEWS] = {
	[STAGE_TEXT] = { true, false, false },
	[STAGE_SPEECH] = { false, true, false },
	[STAGE_BOTH] = { true, true, false },
	[STAGE_LOOKS] = { false, false, true },
	[STAGE_TEXT_LOOKS] = { true, false, true },
	[STAGE_SPEECH_LOOKS] = { false, true, true },
	[STAGE_ALL] = { true, true, true },
};

StageView stage_view(bool text, bool speech, bool face)
{
	int view = 0;
	while (view < STAGE_ALL &&
	        (views[view].text != text || views[view].speech != speech ||
	                views[view].face != face))
		view++;
	return (StageView)view;
}

StageEmotion stage_opposite(StageEmotion emotion)
{
	static const StageEmotion opposite[STAGE_EMOTIONS] = {
		[STAGE_JOY] = STAGE_ANGER, /* "I am delighted that you are late." */
		[STAGE_ANGER] = STAGE_JOY, /* "How annoying, we have won." */
		[STAGE_SURPRISE] = STAGE_SADNESS, /* "Amazing, you forgot me again." */
		[STAGE_SADNESS] = STAGE_SURPRISE, /* "How tragic, a prize for us." */
		[STAGE_FEAR] = STAGE_NEUTRAL,     /* "I am terrified of your kitten." */
		[STAGE_NEUTRAL] = STAGE_FEAR, /* "It is normal that the roof shakes." */
	};
	return opposite[emotion];
}

/* --- choices: by chance, or all of them in turn ------------------------------------- */

enum { MAX_CHOICES = 8 };

typedef struct Choices {
	Rng *rng;        /* NULL: counting */
	int made, known; /* in this run; in the digits below */
	int digit[MAX_CHOICES], limit[MAX_CHOICES];
	double probability; /* of all that was chosen in this run */
} Choices;

static int choose(Choices *choices, int limit)
{
	if (choices->rng)
		return rng_below(choices->rng, limit);
	int i = choices->made++;
	if (i == choices->known) {
		choices->digit[i] = 0;
		choices->known++;
	}
	choices->limit[i] = limit;
	choices->probability /= limit;
	return choices->digit[i];
}

/* Turns the odometer on; false when it has gone round. */
static bool choices_next(Choices *choices)
{
	while (choices->known > 0) {
		int last = choices->known - 1;
		if (++choices->digit[last] < choices->limit[last])
			break;
		choices->known--;
	}
	choices->made = 0;
	choices->probability = 1;
	return choices->known > 0;
}

/* --- the rules ---------------------------------------------------------------------- */

static StageTruth rule_irony(StageTruth truth, Choices *choices)
{
	bool ironic = choose(choices, 2);
	truth.words[0] = ironic ? stage_opposite(truth.label) : truth.label;
	truth.manner = ironic ? STAGE_IRONIC : STAGE_NEUTRAL;
	return truth;
}

static StageTruth rule_stress(StageTruth truth, Choices *choices)
{
	int other = choose(choices, STAGE_EMOTIONS - 1);
	truth.stressed = choose(choices, 2);
	truth.words[truth.stressed] = truth.label;
	truth.words[1 - truth.stressed] =
	        (StageEmotion)(other < (int)truth.label ? other : other + 1);
	truth.manner = STAGE_NEUTRAL;
	return truth;
}

static StageTruth rule_noise(StageTruth truth, Choices *choices)
{
	StageEmotion wrong = (StageEmotion)choose(choices, STAGE_EMOTIONS);
	truth.bad_text = choose(choices, 2);
	truth.bad_sound = !truth.bad_text;
	if (truth.bad_text)
		truth.words[0] = wrong;
	else
		truth.manner = wrong;
	return truth;
}

static StageTruth rule_mask(StageTruth truth, Choices *choices)
{
	bool masked = choose(choices, 2);
	truth.words[0] = masked ? stage_opposite(truth.label) : truth.label;
	truth.manner = truth.words[0];
	truth.face = masked ? STAGE_FALSE : STAGE_NEUTRAL;
	return truth;
}

static StageTruth rule(StageKind kind, Choices *choices)
{
	StageEmotion label = (StageEmotion)choose(choices, STAGE_EMOTIONS);
	StageTruth truth = { .kind = kind,
		.label = label,
		.words = { label, STAGE_EMOTIONS },
		.manner = label,
		.face = kind == STAGE_AGREE ? label : STAGE_NEUTRAL,
		.stressed = -1 };
	switch (kind) {
	case STAGE_WORDS:
		truth.manner = STAGE_NEUTRAL;
		break;
	case STAGE_VOICE:
		truth.words[0] = STAGE_NEUTRAL;
		break;
	case STAGE_IRONY:
		truth = rule_irony(truth, choices);
		break;
	case STAGE_STRESS:
		truth = rule_stress(truth, choices);
		break;
	case STAGE_NOISE:
		truth = rule_noise(truth, choices);
		break;
	case STAGE_FACE:
		truth.words[0] = truth.manner = STAGE_NEUTRAL;
		truth.face = label;
		break;
	case STAGE_MASK:
		truth = rule_mask(truth, choices);
		break;
	case STAGE_AGREE:
	case STAGE_KINDS:
		break;
	}
	truth.spoken = truth.bad_text ? truth.label : truth.words[0];
	return truth;
}

StageTruth stage_draw(StageKind kind, Rng *rng)
{
	Choices choices = { .rng = rng };
	return rule(kind, &choices);
}

/* --- what is seen ------------------------------------------------------------------- */

int stage_sight(const StageTruth *truth, StageView view)
{
	bool text = views[view].text, sound = views[view].speech;
	/* Text and voice alone do not say which word is stressed, the voice only that
	 * one is. */
	int stress = !sound || truth->stressed < 0 ? 0 : !text ? 1 : 1 + truth->stressed;
	int sight = stress;
	sight = sight * 2 + (text && truth->bad_text);
	sight = sight * (STAGE_EMOTIONS + 1) + (text ? (int)truth->words[0] : 0);
	sight = sight * (STAGE_EMOTIONS + 1) + (text ? (int)truth->words[1] : 0);
	sight = sight * STAGE_MANNERS + (sound ? (int)truth->manner : 0);
	sight = sight * 2 + (sound && truth->bad_sound);
	return sight * STAGE_MANNERS + (views[view].face ? (int)truth->face : 0);
}

/* --- the ceiling -------------------------------------------------------------------- */

typedef struct Joint { /* P(label, sight) */
	double p[STAGE_SIGHTS][STAGE_EMOTIONS];
} Joint;

static void joint_add(Joint *joint, StageKind kind, double weight, StageView view)
{
	Choices choices = { .probability = 1 };
	do {
		StageTruth truth = rule(kind, &choices);
		joint->p[stage_sight(&truth, view)][truth.label] +=
		        weight * choices.probability;
	} while (choices_next(&choices));
}

/* The chance that the best classifier says `label` at this sight: shared among equals.
 * Sums of a few fractions differ in their last bits, so equal means almost equal. */
static double share(const double *p, StageEmotion label)
{
	double best = 0;
	int equals = 0;
	for (int y = 0; y < STAGE_EMOTIONS; y++)
		best = p[y] > best ? p[y] : best;
	for (int y = 0; y < STAGE_EMOTIONS; y++)
		equals += p[y] > best * (1 - 1e-9);
	return p[label] > best * (1 - 1e-9) ? 1.0 / equals : 0;
}

static double kind_ceiling(const Joint *joint, StageKind kind, StageView view)
{
	Choices choices = { .probability = 1 };
	double right = 0;
	do {
		StageTruth truth = rule(kind, &choices);
		right += choices.probability *
		         share(joint->p[stage_sight(&truth, view)], truth.label);
	} while (choices_next(&choices));
	return right;
}

StageCeiling stage_ceiling(const double mixture[STAGE_KINDS], StageView view)
{
	Arena *scratch = arena_new("ceiling");
	Joint *joint = ARENA_NEW(scratch, Joint);
	StageCeiling ceiling = { .all = 0 };
	double total = 0;
	for (int kind = 0; kind < STAGE_KINDS; kind++) {
		joint_add(joint, (StageKind)kind, mixture[kind], view);
		total += mixture[kind];
	}
	for (int kind = 0; kind < STAGE_KINDS; kind++) {
		ceiling.kind[kind] = kind_ceiling(joint, (StageKind)kind, view);
		ceiling.all += mixture[kind] / total * ceiling.kind[kind];
	}
	arena_free(scratch);
	return ceiling;
}
