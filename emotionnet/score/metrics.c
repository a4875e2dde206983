/* metrics.c: every figure comes from the rows and columns of a confusion matrix. */
#include "emotionnet/score/metrics.h"
#include "tensor/error.h"

#include <math.h>

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

/* precision = hit / guessed, recall = hit / there, F1 = 2 precision recall / (precision +
 * recall)
 *                                                     = 2 hit / (guessed + there). */
Metrics metrics_from(const Confusion *confusion)
{
	int classes = confusion->classes, n = 0, hits = 0, largest = 0;
	int found = 0, counted = 0; /* classes with a recall, with an F1 */
	double recalls = 0, f1s = 0, weighted = 0;
	for (int c = 0; c < classes; c++) {
		int there = 0, guessed = 0;
		for (int other = 0; other < classes; other++) {
			there += confusion->counts[c * classes + other];
			guessed += confusion->counts[other * classes + c];
		}
		int hit = confusion->counts[c * classes + c];
		n += there;
		hits += hit;
		if (there > largest)
			largest = there;
		if (there) {
			found++;
			recalls += (double)hit / there;
		}
		if (there + guessed) {
			double f1 = 2.0 * hit / (there + guessed);
			counted++;
			f1s += f1;
			weighted += f1 * there;
		}
	}
	if (n == 0)
		return (Metrics){ 0 };
	double majority = (double)largest / n;
	return (Metrics){
		.n = n,
		.present = found,
		.accuracy = (double)hits / n,
		.uar = recalls / found,
		.macro_f1 = f1s / counted,
		.weighted_f1 = weighted / n,
		.majority = majority,
		.majority_weighted_f1 = majority * 2 * majority / (1 + majority),
	};
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
			        confusion->counts[truth * classes + guess]);
		fputc(']', out);
	}
	fputc(']', out);
}
