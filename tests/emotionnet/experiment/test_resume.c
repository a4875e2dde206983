/* A run that is saved, thrown away and taken up again by a new trainer must end in the
 * same bits as one that was never stopped, wherever it was cut and whatever it is made
 * of. That a killed process does so too is shown by test_resume.sh. */
#include "emotionnet/experiment/resume.h"
#include "audio/mel/settings.h"
#include "tests/support/harness.h"
#include "text/vocabulary_text.h"

#include <string.h>

enum { VOCABULARY = 9, MELS = 4, CLASSES = 2, TRAINING = 7, VALIDATION = 3 };

static const char *const words[] = { "<pad>", "<unk>", "a", "b", "c", "d", "e", "f",
	"g" };
static const char *const labels[] = { "joy", "anger" };

static Dataset make_data(Arena *arena, int count, uint64_t seed)
{
	Rng rng = rng_new(seed);
	Dataset data = { .items = ARENA_ARRAY(arena, Example, (size_t)count),
		.count = count,
		.width = { [MODALITY_SPEECH] = MELS } };
	for (int i = 0; i < count; i++) {
		int *ids = ARENA_ARRAY(arena, int, 3);
		int *spans = ARENA_ARRAY(arena, int, 6);
		int frames = 4 + rng_below(&rng, 5);
		Tensor sound = tensor_new(arena, SHAPE(frames, MELS));
		for (size_t k = 0; k < tensor_count(sound); k++)
			sound.data[k] = (real)rng_normal(&rng);
		for (int w = 0; w < 3; w++) {
			ids[w] = 1 + rng_below(&rng, VOCABULARY - 1);
			spans[2 * w] = w;
			spans[2 * w + 1] = w + 2;
		}
		data.items[i] = (Example){ .words = 3,
			.ids = ids,
			.spans = spans,
			.steps[MODALITY_SPEECH] = sound,
			.label = i % CLASSES,
			.utterance = i };
	}
	return data;
}

/* A model, what it learns from, and its file. */
typedef struct Run {
	Arena *arena;
	Pool *pool;
	Dataset training, validation;
	Checkpoint checkpoint;
	Trainer *trainer;
	Resume resume;
} Run;

static Checkpoint make_checkpoint(Arena *arena, const TrainOptions *options)
{
	bool joint = train_needs_heads(options);
	static const real mean[MELS] = { 0 }, scale[MELS] = { 1, 1, 1, 1 };
	Checkpoint checkpoint = {
		.config = { .reads = { .has = { [MODALITY_TEXT] = true,
		                               [MODALITY_SPEECH] = true } },
		        .fusion = fusion_find(joint ? "stacking" : "middle"),
		        .heads = joint,
		        .encoder[MODALITY_TEXT] = { .kind = &encoder_words_lstm,
		                .in = VOCABULARY,
		                .embed = 3,
		                .hidden = 6,
		                .dropout = (real)0.2 },
		        .encoder[MODALITY_SPEECH] = { .kind = &encoder_frames_cnn,
		                .in = MELS,
		                .hidden = 4,
		                .dropout = (real)0.2 },
		        .classes = CLASSES,
		        .hidden = 4,
		        .dropout = (real)0.2 },
		.frontend = { .reads = { .has = { [MODALITY_TEXT] = true,
		                                 [MODALITY_SPEECH] = true } },
		        .width[MODALITY_SPEECH] = MELS,
		        .max_words = 5,
		        .labels = { .names = labels, .count = CLASSES },
		        .mean[MODALITY_SPEECH] = mean,
		        .scale[MODALITY_SPEECH] = scale },
		.params = params_new(arena),
		.source = "test",
		.speakers = "",
	};
	Frontend *frontend = &checkpoint.frontend;
	frontend->frames.max_seconds = 15;
	ck_assert(mel_preset(&frontend->frames.mel, "torchaudio"));
	frontend->frames.mel.bands.count = MELS;
	const char *text = "";
	for (int i = 0; i < VOCABULARY; i++)
		text = arena_format(arena, "%s%s\n", text, words[i]);
	ck_assert(vocabulary_from_text(&frontend->vocabulary, arena, "test", text, NULL));
	return checkpoint;
}

static Run *run_new(const TrainOptions *options, const char *settings)
{
	Arena *arena = arena_new("test");
	Run *run = ARENA_NEW(arena, Run);
	*run = (Run){
		.arena = arena,
		.pool = pool_new(2),
		.training = make_data(arena, TRAINING, 1),
		.validation = make_data(arena, VALIDATION, 2),
		.checkpoint = make_checkpoint(arena, options),
	};
	Rng rng = rng_new(options->seed);
	model_new(arena, &run->checkpoint.params, &run->checkpoint.config, &rng);
	run->trainer = trainer_new(&run->checkpoint.params, &run->checkpoint.config,
	        &run->training, &run->validation, options, run->pool);
	const char *path = arena_format(arena, "%s/run", harness_directory());
	run->resume =
	        resume_new(arena, path, settings, 0, run->trainer, &run->checkpoint);
	return run;
}

static void run_free(Run *run)
{
	trainer_free(run->trainer);
	pool_free(run->pool);
	arena_free(run->arena);
}

static void save(const Run *run)
{
	Error error;
	ck_assert_msg(resume_save(&run->resume, &error), "%s", error.text);
}

static void load(const Run *run)
{
	Error error;
	ck_assert_msg(resume_load(&run->resume, &error), "%s", error.text);
}

static Bytes file_of(const Run *run)
{
	Bytes bytes;
	ck_assert(file_read(&bytes, run->arena, run->resume.path, NULL));
	return bytes;
}

/* Everything that a run can be made of, and every schedule and optimiser at least
 * once. */
static TrainOptions options_of(const char *optimiser, const char *schedule)
{
	TrainOptions options = train_defaults();
	options.epochs = 4;
	options.batch = 3;
	options.rate = 0.05;
	options.average = strcmp(optimiser, "sgd") ? 0 : 0.9;
	options.class_weights = true;
	options.modality_dropout = 0.3;
	options.optimiser.name = optimiser;
	options.optimiser.momentum = strncmp(optimiser, "adam", 4) ? 0.9 : 0;
	options.optimiser.decay = strcmp(optimiser, "adam") ? 0.01 : 0;
	options.schedule =
	        (PlanOptions){ .name = schedule, .warmup = 3, .every = 1, .factor = 0.5 };
	return options;
}

static void check_cut_anywhere(TrainOptions options)
{
	const char *optimiser = options.optimiser.name, *schedule = options.schedule.name;
	Run *whole = run_new(&options, "");
	int steps = 0;
	while (trainer_step(whole->trainer))
		steps++;
	save(whole);
	ck_assert_int_ge(steps, 9); /* three an epoch */
	Bytes expected = file_of(whole);
	for (int cut = 0; cut <= steps; cut++) {
		Run *first = run_new(&options, ""), *second = run_new(&options, "");
		for (int step = 0; step < cut; step++)
			ck_assert(trainer_step(first->trainer));
		save(first);
		run_free(first);
		load(second);
		while (trainer_step(second->trainer))
			;
		save(second);
		Bytes bytes = file_of(second);
		ck_assert_msg(bytes.size == expected.size &&
		                      !memcmp(bytes.data, expected.data, bytes.size),
		        "%s, %s: cut after step %d", optimiser, schedule, cut);
		run_free(second);
	}
	run_free(whole);
}

START_TEST(resume_cut_anywhere_ends_in_the_same_bits)
{
	check_cut_anywhere(options_of("adam", "constant"));
	check_cut_anywhere(options_of("adamw", "cosine"));
	check_cut_anywhere(options_of("sgd", "one-cycle"));
	check_cut_anywhere(options_of("rmsprop", "step"));
	check_cut_anywhere(options_of("sgd", "plateau"));
}
END_TEST

/* Encoders alone for two epochs, and frozen after them; heads, modulated gradients,
 * held-out utterances. */
START_TEST(resume_of_joint_training_ends_in_the_same_bits)
{
	TrainOptions options = options_of("adam", "cosine");
	options.auxiliary = 0.3;
	options.pretrain = 2;
	options.freeze_encoders = true;
	check_cut_anywhere(options);
	options.freeze_encoders = false;
	options.mask_bands = 2;
	options.mask_frames = 3;
	options.modulate = 0.5;
	check_cut_anywhere(options);
}
END_TEST

/* Another seed ends elsewhere: the comparison above can fail. */
START_TEST(resume_other_seed_ends_in_other_bits)
{
	TrainOptions options = options_of("adam", "constant");
	Bytes files[2];
	Run *runs[2];
	for (int i = 0; i < 2; i++) {
		options.seed = (uint64_t)i;
		runs[i] = run_new(&options, "");
		while (trainer_step(runs[i]->trainer))
			;
		save(runs[i]);
		files[i] = file_of(runs[i]);
	}
	if (files[0].size == files[1].size)
		ck_assert_mem_ne(files[0].data, files[1].data, files[0].size);
	run_free(runs[0]);
	run_free(runs[1]);
}
END_TEST

/* To two epochs, and then to four in all. */
START_TEST(resume_with_more_epochs_goes_on)
{
	TrainOptions options = options_of("adam", "constant"), half = options;
	half.epochs = 2;
	Run *whole = run_new(&options, "");
	while (trainer_step(whole->trainer))
		;
	Run *first = run_new(&half, ""), *second = run_new(&options, "");
	while (trainer_step(first->trainer))
		;
	save(first);
	load(second);
	ck_assert_int_eq(second->trainer->at.epoch, 2);
	while (trainer_step(second->trainer))
		;
	for (int i = 0; i < whole->checkpoint.params.count; i++)
		ASSERT_TENSOR_SAME(second->checkpoint.params.items[i]->value,
		        whole->checkpoint.params.items[i]->value);
	run_free(whole);
	run_free(first);
	run_free(second);
}
END_TEST

/* The file predicts with the best epoch's weights, not with those that are being
 * trained. */
START_TEST(resume_file_is_a_model_of_the_best_epoch)
{
	TrainOptions options = options_of("sgd", "constant");
	Run *run = run_new(&options, "");
	for (int step = 0; step < 5; step++)
		trainer_step(run->trainer);
	save(run);
	Checkpoint model;
	Error error;
	ck_assert_msg(checkpoint_load(&model, run->arena, run->resume.path, &error), "%s",
	        error.text);
	int moved = 0;
	for (int i = 0; i < model.params.count; i++) {
		Tensor kept = run->trainer->kept.items[i]->value;
		Tensor now = run->checkpoint.params.items[i]->value;
		ASSERT_TENSOR_SAME(model.params.items[i]->value, kept);
		moved += memcmp(kept.data, now.data, tensor_count(now) * sizeof(real)) !=
		         0;
	}
	ck_assert_int_gt(moved, 0);
	run_free(run);
}
END_TEST

static void refused(const Run *run, const char *expected)
{
	Error error = { .text = "" };
	ck_assert(!resume_load(&run->resume, &error));
	ASSERT_CONTAINS(error.text, expected);
	ASSERT_CONTAINS(error.text, run->resume.path);
}

START_TEST(resume_other_run_is_refused_and_named)
{
	TrainOptions options = options_of("adam", "constant");
	Run *run = run_new(&options, "--batch 3\n--rate 0.05\n--seed 1\n");
	trainer_step(run->trainer);
	save(run);
	load(run);

	run->resume.settings = "--batch 32\n--rate 0.05\n--seed 2\n";
	refused(run, "then \"--batch 3 --seed 1\", now \"--batch 32 --seed 2\"");
	run->resume.settings = "--batch 3\n--rate 0.05\n--seed 1\n";
	run->training.count--;
	run->resume = resume_new(run->arena, run->resume.path, run->resume.settings, 0,
	        run->trainer, &run->checkpoint);
	refused(run, "then 7 utterances to learn from and 3 to validate");
	refused(run, "now 6 utterances");
	run_free(run);
}
END_TEST

/* With this number another one, it is other data. */
static void check_other(const Run *run, const int *number, int other)
{
	int before = *number;
	*(int *)number = other; /* it lies in this test's arena */
	Resume resume = resume_new(
	        run->arena, run->resume.path, "", 0, run->trainer, &run->checkpoint);
	ck_assert_str_ne(resume.data, run->resume.data);
	*(int *)number = before;
}

START_TEST(resume_data_is_known_by_its_contents)
{
	TrainOptions options = options_of("adam", "constant");
	Run *run = run_new(&options, "");
	const Example *example = &run->training.items[2];
	Frontend *frontend = &run->checkpoint.frontend;
	check_other(run, &example->label, 1);
	check_other(run, &example->words, 2);
	check_other(run, &example->ids[2], example->ids[2] % 2 + 1);
	check_other(run, &example->spans[5], 0);
	check_other(run, &run->validation.items[0].label, 1);
	check_other(run, &frontend->labels.count, 1);
	Run *same = run_new(&options, "");
	ck_assert_str_eq(same->resume.data, run->resume.data);
	same->training.items[2].steps[MODALITY_SPEECH].data[5] += 1;
	frontend->mean[MODALITY_SPEECH] = frontend->scale[MODALITY_SPEECH];
	Run *const changed[] = { same, run };
	for (int i = 0; i < 2; i++) {
		Resume resume = resume_new(changed[i]->arena, run->resume.path, "", 0,
		        changed[i]->trainer, &changed[i]->checkpoint);
		ck_assert_str_ne(resume.data, run->resume.data);
	}
	run_free(same);
	run_free(run);
}
END_TEST

START_TEST(resume_model_without_a_run_is_refused)
{
	TrainOptions options = options_of("adam", "constant");
	Run *run = run_new(&options, "");
	ck_assert(!resume_exists(&run->resume));
	ck_assert(checkpoint_save(&run->checkpoint, run->resume.path, NULL));
	ck_assert(resume_exists(&run->resume));
	refused(run, "holds a model, but no training to resume");
	run_free(run);
}
END_TEST

/* Saves the run with one of its numbers replaced. */
static void save_damaged(const Run *run, const char *key, const char *value)
{
	Arena *arena = arena_new("test");
	SafetensorsFile file;
	save(run);
	ck_assert(safetensors_open(&file, arena, run->resume.path, NULL));
	Params all = params_new(arena);
	for (int i = 0; i < file.count; i++) {
		const SafetensorsEntry *entry = &file.entries[i];
		int shape[TENSOR_MAX_DIMS];
		for (int d = 0; d < entry->ndim; d++)
			shape[d] = (int)entry->shape[d];
		params_add_buffer(&all, NULL, entry->name, entry->ndim, shape);
	}
	ck_assert(safetensors_load(&file, &all, NULL));
	for (int i = 0; i < file.metadata.count; i++)
		if (!strcmp(file.metadata.items[i].key, key))
			file.metadata.items[i].value = value;
	ck_assert(safetensors_save(&all, &file.metadata, run->resume.path, NULL));
	arena_free(arena);
}

START_TEST(resume_damaged_position_is_refused_and_changes_nothing)
{
	static const struct {
		const char *key, *value, *expected;
	} all[] = {
		{ "train.step", "3", "expected a whole number from 0 to 2" },
		{ "train.step", "-1", "\"train.step\" is \"-1\"" },
		{ "train.epoch", "1.5", "\"train.epoch\" is \"1.5\"" },
		{ "train.epoch", "", "expected a whole number from 0 to 1000000" },
		{ "train.best", "nan", "\"train.best\" is \"nan\"" },
		{ "train.total", "many", "expected a number" },
		{ "train.score", "1 2", "expected a number" },
	};
	TrainOptions options = options_of("adam", "constant");
	Run *run = run_new(&options, "");
	for (int i = 0; i < 4; i++)
		trainer_step(run->trainer);
	Run *other = run_new(&options, "");
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		save_damaged(run, all[i].key, all[i].value);
		refused(other, all[i].expected);
		ck_assert_int_eq(other->trainer->at.epoch, 0);
	}
	run_free(run);
	run_free(other);
}
END_TEST

/* Without a validation split the latest weights are kept, and patience does not end
 * the run. */
START_TEST(trainer_without_validation_keeps_the_last_epoch)
{
	TrainOptions options = options_of("adam", "plateau");
	options.patience = 1;
	Run *run = run_new(&options, "");
	run->validation.count = 0;
	while (trainer_step(run->trainer))
		;
	ck_assert_int_eq(run->trainer->at.epoch, options.epochs);
	ck_assert_int_eq(run->trainer->at.best, options.epochs);
	for (int i = 0; i < run->checkpoint.params.count; i++)
		ASSERT_TENSOR_SAME(run->trainer->kept.items[i]->value,
		        run->checkpoint.params.items[i]->value);
	run_free(run);
}
END_TEST

START_TEST(trainer_frozen_parameters_stay)
{
	TrainOptions options = options_of("adamw", "constant");
	Run *run = run_new(&options, "");
	Arena *arena = run->arena;
	Params *params = &run->checkpoint.params;
	Tensor before =
	        tensor_clone(arena, params_find(params, "fusion.out.bias")->value);
	trainer_free(run->trainer);
	params_freeze(params, "fusion.out");
	run->trainer = trainer_new(params, &run->checkpoint.config, &run->training,
	        &run->validation, &options, run->pool);
	while (trainer_step(run->trainer))
		;
	ASSERT_TENSOR_SAME(params_find(params, "fusion.out.bias")->value, before);
	run_free(run);
}
END_TEST

TEST_MAIN("resume", resume_cut_anywhere_ends_in_the_same_bits,
        resume_of_joint_training_ends_in_the_same_bits,
        resume_other_seed_ends_in_other_bits, resume_with_more_epochs_goes_on,
        resume_file_is_a_model_of_the_best_epoch, resume_other_run_is_refused_and_named,
        resume_data_is_known_by_its_contents, resume_model_without_a_run_is_refused,
        resume_damaged_position_is_refused_and_changes_nothing,
        trainer_without_validation_keeps_the_last_epoch, trainer_frozen_parameters_stay)
