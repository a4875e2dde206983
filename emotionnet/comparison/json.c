/* json.c: the summaries of a comparison as JSON, for programs
 * (print.h). */
#include "emotionnet/comparison/print.h"
#include "emotionnet/comparison/fold_scores.h"
#include "tensor/file/json_write.h"

#include <inttypes.h>

static void put_spread(FILE *out, const char *key, Spread spread)
{
	json_put(out, key, spread.mean);
	fprintf(out, ",\"%s_deviation\":", key);
	json_number(out, spread.deviation);
}

static void put_interval(FILE *out, const char *key, const char *what, Interval interval)
{
	fprintf(out, ",\"%s_%s\":[", key, what);
	json_number(out, interval.low);
	fputc(',', out);
	json_number(out, interval.high);
	fputc(']', out);
}

static void put_scores(FILE *out, const Summary *s)
{
	for (int k = 0; k < SCORE_KINDS; k++) {
		const Score *score = &s->scores[k];
		const char *name = score_name((ScoreKind)k);
		put_spread(out, name, score->seeds);
		put_interval(out, name, "interval", score->interval);
		fprintf(out, ",\"%s_gain\":", name);
		json_number(out, score->gain);
		put_interval(out, name, "gain_interval", score->gain_interval);
	}
}

static void put_kinds(FILE *out, const Comparison *c, const Summary *s)
{
	const Ceiling *ceiling = comparison_ceiling(c, s->reads);
	fprintf(out, ",\"kinds\":{");
	for (int k = 0; k < c->kind_count; k++) {
		if (k)
			fputc(',', out);
		json_text(out, c->kinds[k]);
		fprintf(out, ":{\"accuracy\":");
		json_number(out, s->kinds[k].mean);
		json_put(out, "deviation", s->kinds[k].deviation);
		if (ceiling)
			json_put(out, "ceiling", ceiling->kinds[k]);
		fputc('}', out);
	}
	fputc('}', out);
	if (ceiling)
		json_put(out, "ceiling", ceiling->all);
}

static void put_conditions(FILE *out, const Comparison *c, const Summary *s)
{
	int shown = 0;
	fprintf(out, ",\"conditions\":{");
	for (int k = 0; k < c->condition_count; k++) {
		if (s->conditions[k].mean < 0)
			continue;
		if (shown++)
			fputc(',', out);
		json_text(out, c->conditions[k].name);
		fprintf(out, ":{\"kind\":\"%s\"",
		        condition_kind_name(c->conditions[k].kind));
		json_put_text(out, "modality", c->conditions[k].modality);
		json_put(out, "accuracy", s->conditions[k].mean);
		json_put(out, "deviation", s->conditions[k].deviation);
		json_put(out, "level", c->conditions[k].level);
		fputc('}', out);
	}
	fputc('}', out);
	for (int k = CONDITION_NOISE; k < CONDITION_KINDS; k++) {
		char key[32];
		snprintf(key, sizeof key, "area_%s",
		        condition_kind_name((ConditionKind)k));
		if (s->robustness[k].tested)
			put_spread(out, key, s->robustness[k].area);
	}
}

static void put_rest(FILE *out, const Summary *s)
{
	put_spread(out, "ece", s->ece);
	put_spread(out, "nll", s->nll);
	put_spread(out, "brier", s->brier);
	put_spread(out, "temperature", s->temperature);
	put_spread(out, "ece_after", s->ece_after);
	put_spread(out, "nll_after", s->nll_after);
	put_spread(out, "brier_after", s->brier_after);
	fprintf(out,
	        ",\"parameters\":%" PRIu64 ",\"memory\":%" PRIu64 ",\"disk\":%" PRIu64
	        ",\"operations\":%" PRIu64 ",\"read\":%" PRIu64,
	        s->most.parameters, s->most.memory, s->most.disk, s->most.operations,
	        s->most.read);
	json_put_flag(out, "seconds_are_of_answering", s->most.asked);
	put_spread(out, "seconds", s->train_seconds);
	put_spread(out, "cpu_seconds", s->cpu_seconds);
	put_spread(out, "latency_p50_ms", s->latency_p50);
	put_spread(out, "latency_p95_ms", s->latency_p95);
	fprintf(out, ",\"confusion\":");
	confusion_print_json(out, &s->confusion);
}

static void put_perplexity(FILE *out, const char *key, Perplexity of)
{
	fprintf(out, ",\"%s\":{\"texts\":%d,\"tokens\":%d", key, of.texts, of.tokens);
	json_put(out, "perplexity", of.value);
	fputc('}', out);
}

static void put_known(FILE *out, const Known *known)
{
	if (!known_told(known))
		return;
	fprintf(out, ",\"contamination\":{\"model\":");
	json_text(out, known->model);
	put_perplexity(out, "of_the_test", known->test);
	put_perplexity(out, "of_new_sentences", known->fresh);
	fputc('}', out);
}

void comparison_print_json(FILE *out, const Comparison *c)
{
	fprintf(out, "{\"corpus\":");
	json_text(out, c->source);
	fprintf(out, ",\"hash\":\"%016" PRIx64 "\"", c->hash);
	json_put_text(out, "baseline", c->baseline);
	fprintf(out,
	        ",\"train\":%d,\"validation\":%d,\"test\":%d,\"skipped\":%d,\"speaker_leak\":%d,\"paired_by_label\":%s,\"resampled\":\"%s\",\"clusters\":%d,\"labels\":",
	        c->train, c->validation, c->test_count, c->skipped, c->leaking,
	        c->paired ? "true" : "false", c->by_speaker ? "speakers" : "utterances",
	        c->clusters);
	json_names(out, c->labels.names, c->labels.count);
	fprintf(out, ",\"first_seed\":%" PRIu64, c->first_seed);
	json_put_text(out, "settings", c->settings);
	if (c->fold_count)
		fold_put_json(out, c);
	put_known(out, &c->known);
	json_put_flag(out, "enrolled", comparison_enrolled(c));
	fprintf(out, ",\"strategies\":[");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = &c->summaries[i];
		fprintf(out, "%s\n{\"strategy\":", i ? "," : "");
		json_text(out, s->strategy);
		json_put_text(out, "reads", s->reads ? s->reads : "");
		fprintf(out, ",\"learnt_from\":%d,\"seeds\":%d", s->size, s->seeds);
		if (s->seeds) {
			put_scores(out, s);
			put_kinds(out, c, s);
			put_conditions(out, c, s);
			put_rest(out, s);
			if (s->folds)
				fold_put_scores_json(out, c, s);
		}
		fputc('}', out);
	}
	fprintf(out, "\n]}\n");
}
