/* result.c: a result as a table for people, and as JSON for programs. */
#include "emotionnet/command/result.h"
#include "emotionnet/corpus/provenance.h"
#include "emotionnet/features/enrol.h"
#include "tensor/file/json_write.h"
#include "tensor/plot/escape.h"

void result_print_json(FILE *out, const Result *r)
{
	const Metrics *m = &r->metrics;
	fprintf(out, "{\"split\":\"%s\",\"n\":%d", split_name(r->split), m->n);
	json_put_share(out, "accuracy", m->accuracy);
	json_put_share(out, "uar", m->uar);
	json_put_share(out, "macro_f1", m->macro_f1);
	json_put_share(out, "weighted_f1", m->weighted_f1);
	json_put_share(out, "majority", m->majority);
	json_put_share(out, "majority_weighted_f1", m->majority_weighted_f1);
	fprintf(out,
	        ",\"models\":%d,\"classes_present\":%d,\"speaker_leak\":%d,\"paired_by_label\":%s,\"skipped\":%d,\"labels\":",
	        r->models, m->present, r->leaking, r->paired ? "true" : "false",
	        r->skipped);
	json_names(out, r->labels->names, r->labels->count);
	fprintf(out, ",\"confusion\":");
	confusion_print_json(out, &r->confusion);
	if (r->by.column) {
		fprintf(out, ",\"by\":");
		breakdown_print_json(out, &r->by);
	}
	if (r->abstain) {
		fprintf(out, ",\"coverage\":");
		coverage_print_json(out, &r->coverage);
	}
	enrolled_print_json(out, &r->enrolled);
	fprintf(out, "}\n");
}

static void print_confusion(FILE *out, const Result *r)
{
	int classes = r->labels->count;
	fprintf(out, "\n%-12s", "is \\ said");
	for (int c = 0; c < classes; c++)
		terminal_print(out, " %9.9s", r->labels->names[c]);
	fprintf(out, "    recall\n");
	for (int truth = 0; truth < classes; truth++) {
		const int *row = r->confusion.counts + truth * classes;
		int there = 0;
		terminal_print(out, "%-12.12s", r->labels->names[truth]);
		for (int c = 0; c < classes; c++) {
			fprintf(out, " %9d", row[c]);
			there += row[c];
		}
		if (there)
			fprintf(out, "    %6.3f\n", (double)row[truth] / there);
		else
			fprintf(out, "         -\n");
	}
}

void result_print(FILE *out, const Result *r)
{
	const Metrics *m = &r->metrics;
	fprintf(out, "%s split, %d utterances", split_name(r->split), m->n);
	if (r->models > 1)
		fprintf(out, ", the mean of %d models", r->models);
	fputc('\n', out);
	enrolled_print(out, &r->enrolled);
	fprintf(out, "  accuracy      %.3f   (always the commonest class: %.3f)\n",
	        m->accuracy, m->majority);
	fprintf(out, "  UAR           %.3f   (chance: %.3f", m->uar,
	        m->present ? 1.0 / m->present : 0);
	if (m->present < r->labels->count)
		fprintf(out, "; over the %d of %d classes that the split has", m->present,
		        r->labels->count);
	fprintf(out, ")\n");
	fprintf(out, "  macro F1      %.3f\n", m->macro_f1);
	fprintf(out, "  weighted F1   %.3f   (always the commonest class: %.3f)\n",
	        m->weighted_f1, m->majority_weighted_f1);
	print_confusion(out, r);
	if (r->by.column)
		breakdown_print(out, &r->by);
	if (r->abstain)
		coverage_print(out, &r->coverage);
	if (r->skipped)
		fprintf(out, "\nNote: %d utterances were left out.\n", r->skipped);
	if (r->leaking)
		fprintf(out,
		        "\nNote: the model was trained on %d of these speakers: the result says less about new ones.\n",
		        r->leaking);
	if (r->paired)
		fprintf(out, "\n%s", provenance_paired);
}
