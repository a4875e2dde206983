#include "tutorials/14-emotionnet/joint.h"
#include "emotionnet/train/modulate.h"
#include "emotionnet/train/objective.h"
#include "optim/adam.h"
#include "tensor/reduce.h"
#include "tutorials/lesson/utterance.h"

enum { TEXT, SPEECH };

World the_world(Arena *arena)
{
	World world;
	Error error;
	/* [world] */
	Settings settings = settings_embedded(); /* as of `emotionnet compare` */
	settings.quiet = settings.no_cache = true;
	settings.embed = settings.text_hidden = settings.fusion_hidden = 24;
	settings.speech_hidden = 16;
	settings.hop = 640;
	settings.dropout = 0.2;
	settings.text_encoder = "cnn";
	settings.frontend.frames.pitch = false;
	chapter_corpus(&world.corpus, arena, TRAIN, VALIDATION, "agree=2,words,voice");
	Frontend choices;
	Pool *pool = pool_new(1);
	if (!settings_resolve(&settings, &world.config, &choices, &error) ||
	        !prepared_make(&world.prepared, arena, &world.corpus, &choices, &settings,
	                pool, &error))
		error_stop(HERE, "the_world", "%s", error.text);
	/* [/world] */
	pool_free(pool);
	return world;
}

Model model_begin(Arena *arena, const World *world, uint64_t seed)
{
	Checkpoint sizes = { .config = world->config,
		.frontend = world->prepared.frontend };
	checkpoint_widths(&sizes);
	sizes.config.classes = EMOTIONS;
	sizes.config.heads = true;
	Model model = { .params = params_new(arena) };
	const Rng rng = rng_new(seed);
	model.net = model_new(arena, &model.params, &sizes.config, &rng);
	return model;
}

/* --- what the model says, and each encoder's head ---------------------------------------- */

typedef struct Logits {
	const Var *
	        of[3]; /* (B,EMOTIONS) of the model, the text's head, the speech's head */
} Logits;

static Logits all_logits(const Model *model, const Batch *batch, Tape *tape)
{
	const Embedded embedded = model_embed(model->net, tape, batch, NULL);
	const ModelOutput out =
	        model_forward(model->net, tape, batch, &embedded, NULL, false);
	return (Logits){ { out.logits, model_head(model->net, tape, &out, TEXT, true),
		model_head(model->net, tape, &out, SPEECH, true) } };
}

static int best_of(const Var *logits, int b)
{
	const real *z = logits->value.data + b * EMOTIONS;
	int best = 0;
	for (int c = 1; c < EMOTIONS; c++)
		if (z[c] > z[best])
			best = c;
	return best;
}

Look model_look(const Model *model, const World *world)
{
	const Dataset *data = &world->prepared.data[SPLIT_VALIDATION];
	Look look = { .fused = 0 };
	double *share[3] = { &look.fused, &look.text, &look.speech };
	Arena *arena = arena_new("look");
	Tape tape = tape_new(arena_child(arena, "step"));
	tape.recording = false;
	for (int i = 0; i < data->count; i++) {
		const Batch batch = batch_make(arena, data, &i, 1, NULL);
		const Logits logits = all_logits(model, &batch, &tape);
		for (int k = 0; k < 3; k++) {
			const int right = best_of(logits.of[k], 0) == batch.labels[0];
			*share[k] += (double)right / data->count;
			if (k == 0)
				look.right[i] = right;
		}
		tape_reset(&tape);
	}
	arena_free(arena);
	return look;
}

Answer model_answer(
        const Model *model, const World *world, const char *text, const Clip *clip)
{
	Answer answer;
	Example example;
	Error error;
	Remarks remarks = { .of = { 0 } };
	Arena *arena = arena_new("answer");
	Tape tape = tape_new(arena_child(arena, "step"));
	tape.recording = false;
	if (!frontend_example(&world->prepared.frontend, &example, arena, text, clip,
	            &remarks, &error))
		error_stop(HERE, "model_answer", "%s", error.text);
	Dataset data = world->prepared.data[SPLIT_VALIDATION];
	data.items = &example;
	const int chosen = 0;
	const Batch batch = batch_make(arena, &data, &chosen, 1, NULL);
	const Logits logits = all_logits(model, &batch, &tape);
	for (int k = 0; k < 3; k++) {
		Tensor p = tensor_new(arena, SHAPE(1, EMOTIONS));
		tensor_softmax(p, logits.of[k]->value);
		for (int c = 0; c < EMOTIONS; c++)
			answer.p[k][c] = p.data[c];
	}
	arena_free(arena);
	return answer;
}

/* --- training ---------------------------------------------------------------------------- */

typedef struct Trainee {
	Model model;
	Adam adam;
	Modulation modulation; /* what the heads give the label, for each modality */
	Tape tape;
	Rng rng;
} Trainee;

/* [step] */
static void step(Trainee *t, const Joint *plan, const Batch *batch, bool pretrain)
{
	Objective objective = { .fused = 1, .heads = 1 };
	if (pretrain)
		objective.fused = 0;
	else if (plan->auxiliary > 0)
		objective.heads = (real)plan->auxiliary;
	else
		objective.probe = true; /* the heads learn, the encoders not from them */
	for (int m = 0; m < 2; m++)
		objective.scores[m] = t->modulation.scores[m];
	tape_reset(&t->tape);
	params_zero_grad(&t->model.params);
	Var *loss = objective_loss(&objective, t->model.net, &t->tape, batch, &t->rng);
	tape_backward(&t->tape, loss);
	if (plan->modulate > 0 && !pretrain)
		modulate(&t->modulation, &t->model.params, batch->size, &t->rng);
	adam_step(&t->adam);
}
/* [/step] */

Model model_train(Arena *arena, const World *world, Joint plan, Look looks[EPOCHS])
{
	const Dataset *data = &world->prepared.data[SPLIT_TRAIN];
	Arena *batches = arena_child(arena, "batch");
	Trainee t = { .model = model_begin(arena, world, plan.seed),
		.tape = tape_new(arena_child(arena, "step")),
		.rng = rng_new(plan.seed + 100) };
	t.adam = adam_new(arena, &t.model.params, plan.rate);
	t.modulation = modulation_new(arena, &t.model.net->config, BATCH, plan.modulate);
	int order[TRAIN];
	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		rng_permutation(&t.rng, data->count, order);
		for (int begin = 0; begin + BATCH <= data->count; begin += BATCH) {
			arena_reset(batches);
			const Batch batch =
			        batch_make(batches, data, order + begin, BATCH, NULL);
			step(&t, &plan, &batch, epoch < plan.pretrain);
		}
		looks[epoch] = model_look(&t.model, world);
	}
	arena_free(batches);
	return t.model;
}
