#include "tests/support/comparisons.h"

static const char *const labels[] = { "anger", "joy" };
static const char *const kinds[] = { "agree", "irony \"!\"" };
static const char *const strategies[] = { "a", "middle" };
static const int sizes[] = { 10 };
static const double text_kinds[] = { 1, 0.5 };
static const Ceiling ceilings[] = { { "text", 0.75, text_kinds } };
static const Condition conditions[] = {
	{ CONDITION_ALONE, "text", 0, "text alone" },
	{ CONDITION_NOISE, "speech", 0.5, "speech at 6 dB" },
	{ CONDITION_NOISE, "speech", 1, "speech at 0 dB" },
};
static const Compared test[] = {
	{ "u1", "ann", "h\xc3\xb6r zu", 0, 0 },
	{ "u2", "ann", "", 1, 1 },
	{ "u3", "bob", "tab\there", 0, 1 },
	{ "u4", "bob", "four", 1, 0 },
};

/* Right: 3, 2 of "a"; 4, 3 of "middle". */
static const float probabilities[4][8] = {
	{ 0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f, 0.4f, 0.6f },
	{ 0.9f, 0.1f, 0.2f, 0.8f, 0.6f, 0.4f, 0.4f, 0.6f },
	{ 0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f, 0.7f, 0.3f },
	{ 0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f, 0.1f, 0.9f },
};

Comparison comparison_example(Arena *arena)
{
	Comparison c = {
		.hash = 0x0123456789abcdefu,
		.source = "a \"corpus\"",
		.settings = "--epochs 2\n--rate 0.1\n",
		.labels = { .names = labels, .count = 2 },
		.train = 10,
		.validation = 5,
		.kind_count = 2,
		.kinds = kinds,
		.ceiling_count = 1,
		.ceilings = ceilings,
		.condition_count = 3,
		.conditions = conditions,
		.test_count = 4,
		.test = test,
		.strategy_count = 2,
		.strategies = strategies,
		.first_seed = 1,
		.seed_count = 2,
		.size_count = 1,
		.sizes = sizes,
	};
	static const EpochPoint epochs[] = { { 1.0 / 3, 0.5 }, { 0.1, 2.0 / 3 } };
	static const Outcome outcomes[] = {
		{ true, 0.5, 0.25, 0.125 },
		{ true, 0.5, 0.5, 0.5 },
		{ true, 0.25, 0.25, 0.25 },
	};
	static const Outcome untested[] = {
		{ true, 0.25, 0.25, 0.125 },
		{ 0 },
		{ 0 },
	};
	for (int i = 0; i < 4; i++) {
		Cell cell = {
			.strategy = strategies[i / 2],
			.reads = i < 2 ? "text" : "text+speech",
			.seed = 1 + (uint64_t)i % 2,
			.size = 10,
			.fingerprint = 0xfedcba9876543210u + (uint64_t)i,
			.probabilities = probabilities[i],
			.temperature = 1 + 0.1 * i,
			.epoch_count = 2,
			.best_epoch = 2,
			.epochs = epochs,
			.outcomes = i < 2 ? untested : outcomes,
			.costs = { .parameters = 100,
			        .memory = 4096,
			        .train_seconds = 0.5 + i,
			        .latency_p50 = 1,
			        .latency_p95 = 2 },
			.model = i ? "" : "m/a-1.safetensors",
		};
		comparison_add(&c, arena, &cell);
	}
	return c;
}

Comparison comparison_example_of_folds(Arena *arena)
{
	static const Fold folds[] = { { "ann", 10, 5, 2 }, { "bob", 10, 5, 2 } };
	Comparison whole = comparison_example(arena), c = whole;
	c.folds = folds;
	c.fold_count = 2;
	c.cells = NULL;
	c.cell_count = c.cell_room = 0;
	for (int i = 0; i < 2 * whole.cell_count; i++) {
		Cell part = whole.cells[i / 2];
		part.fold = i % 2;
		part.probabilities += 4 * (i % 2);
		part.costs.cpu_seconds = 1 + i % 2;
		comparison_add(&c, arena, &part);
	}
	return c;
}
