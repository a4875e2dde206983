/* metrics.c: every figure comes from the rows and columns of a confusion matrix. */
#include "emotionnet/score/metrics.h"
#include "tensor/error.h"

#include <math.h>
#include <string.h>

Confusion confusion_new(Arena *arena, int classes)
{
	size_t cells = (size_t)classes * (size_t)classes;
	return (Confusion){ .classes = classes,
		.counts = ARENA_ARRAY(arena, int, cells) };
}

int answer_of(const float probabilities[], int classes)
{
	int best = 0;
	for (int c = 1; c < classes; c++)
		if (probabilities[c] > probabilities[best] ||
		        (isnan(probabilities[best]) && !isnan(probabilities[c])))
			best = c;
	return best;
}

void confusion_add(Confusion *confusion, int truth, int prediction)
{
	int classes = confusion->classes;
	if (truth < 0 || truth >= classes || prediction < 0 || prediction >= classes)
		error_stop(HERE, "confusion_add",
		        "truth %d, prediction %d: classes are 0 to %d", truth, prediction,
		        classes - 1);
	confusion->counts[(size_t)truth * (size_t)classes + (size_t)prediction]++;
}

typedef struct Sums {
	int n, hits, largest;
	int found, counted; /* classes with a recall, with an F1 */
	double recalls, f1s, weighted;
} Sums;

/* precision = hits / guessed, recall = hits / there, F1 = 2 precision recall / (precision +
 * recall)
 *                                                      = 2 hits / (guessed + there). */
static void add_class(Sums *sums, ClassCount of)
{
	sums->n += of.there;
	sums->hits += of.hits;
	if (of.there > sums->largest)
		sums->largest = of.there;
	if (of.there) {
		sums->found++;
		sums->recalls += (double)of.hits / of.there;
	}
	if (of.there + of.guessed) {
		double f1 = 2.0 * of.hits / (of.there + of.guessed);
		sums->counted++;
		sums->f1s += f1;
		sums->weighted += f1 * of.there;
	}
}

static Metrics metrics_of(const Sums *sums)
{
	if (sums->n == 0)
		return (Metrics){ 0 };
	double majority = (double)sums->largest / sums->n;
	return (Metrics){
		.n = sums->n,
		.present = sums->found,
		.accuracy = (double)sums->hits / sums->n,
		.uar = sums->recalls / sums->found,
		.macro_f1 = sums->f1s / sums->counted,
		.weighted_f1 = sums->weighted / sums->n,
		.majority = majority,
		.majority_weighted_f1 = majority * 2 * majority / (1 + majority),
	};
}

Metrics metrics_from(const Confusion *confusion)
{
	size_t classes = (size_t)confusion->classes;
	Sums sums = { 0 };
	for (size_t c = 0; c < classes; c++) {
		ClassCount of = { .hits = confusion->counts[c * classes + c] };
		for (size_t other = 0; other < classes; other++) {
			of.there += confusion->counts[c * classes + other];
			of.guessed += confusion->counts[other * classes + c];
		}
		add_class(&sums, of);
	}
	return metrics_of(&sums);
}

void metrics_count(ClassCount counts[], int classes, const int labels[],
        const int answers[], const int weights[], int n)
{
	memset(counts, 0, (size_t)classes * sizeof *counts);
	for (int i = 0; i < n; i++) {
		int times = weights ? weights[i] : 1;
		counts[labels[i]].there += times;
		counts[answers[i]].guessed += times;
		counts[labels[i]].hits += labels[i] == answers[i] ? times : 0;
	}
}

Metrics metrics_from_counts(const ClassCount counts[], int classes)
{
	Sums sums = { 0 };
	for (int c = 0; c < classes; c++)
		add_class(&sums, counts[c]);
	return metrics_of(&sums);
}

const char *const select_names[] = { [SELECT_UAR] = "uar", [SELECT_F1] = "f1", NULL };

double metrics_select(const Metrics *metrics, int select)
{
	return select == SELECT_F1 ? metrics->weighted_f1 : metrics->uar;
}

Spread spread_of(const double values[], int count)
{
	Spread spread = { 0 };
	for (int i = 0; i < count; i++)
		spread.mean += values[i] / count;
	for (int i = 0; i < count && count > 1; i++)
		spread.deviation += (values[i] - spread.mean) *
		                    (values[i] - spread.mean) / (count - 1);
	spread.deviation = sqrt(spread.deviation);
	return spread;
}

void confusion_print_json(FILE *out, const Confusion *confusion)
{
	int classes = confusion->classes;
	fputc('[', out);
	for (int truth = 0; truth < classes; truth++) {
		fputs(truth ? ",[" : "[", out);
		for (int guess = 0; guess < classes; guess++)
			fprintf(out, "%s%d", guess ? "," : "",
			        confusion->counts[(size_t)truth * (size_t)classes +
			                          (size_t)guess]);
		fputc(']', out);
	}
	fputc(']', out);
}
