/* The breadth of a row p of U weights that add up to 1 is e^H / U with H = -sum p log p:
 * e^H is how many equal weights would be as hard to guess (the perplexity). */
#include "emotionnet/explain/notes.h"

#include "emotionnet/page/explanation_html.h"
#include "emotionnet/explain/print.h"
#include "tensor/file/json_write.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

enum { STRIP = 48 }; /* characters in a terminal */

NoteRange note_range(const ExplainedNote *note)
{
	size_t count = tensor_count(note->value);
	const real *x = note->value.data;
	real least = x[0], most = x[0];
	double mean = 0;
	for (size_t i = 0; i < count; i++) {
		mean += (double)x[i] / (double)count;
		least = x[i] < least ? x[i] : least;
		most = x[i] > most ? x[i] : most;
	}
	return (NoteRange){ mean, (double)least, (double)most };
}

double note_breadth(const ExplainedNote *note)
{
	int T = note->value.shape[0], U = note->value.shape[1];
	double sum = 0;
	for (int t = 0; t < T; t++) {
		double entropy = 0;
		for (int u = 0; u < U; u++) {
			double p = (double)tensor_row(note->value, t).data[u];
			entropy -= p > 0 ? p * double_log(p) : 0;
		}
		sum += double_exp(entropy) / U;
	}
	return sum / T;
}

const char *note_title(Arena *arena, const ExplainedNote *note)
{
	if (!note->looks)
		return arena_format(
		        arena, "%s of %s", note->name, modality_name(note->of));
	return arena_format(arena, "%s: what %s takes from %s", note->name,
	        note->of == note->at ? "each step of it" : modality_name(note->of),
	        modality_name(note->at));
}

/* ---- strips ------------------------------------------------------------------------ */

/* What looks and what is looked at as rows and columns: rows are words where there are
 * any, else what has fewer steps. */
typedef struct Strips {
	const Explanation *explanation;
	const ExplainedNote *note;
	ModalityKind rows, columns;
	bool turned, words; /* rows are looked at; rows are words */
	int R, S;
	double most;
} Strips;

static Strips strips_of(const Explanation *e, const ExplainedNote *note)
{
	int T = note->value.shape[0], U = note->value.shape[1];
	bool of_words = note->of == MODALITY_TEXT && e->word_count == T;
	bool at_words = note->at == MODALITY_TEXT && e->word_count == U;
	bool turned = !of_words && (at_words || U < T);
	return (Strips){
		.explanation = e,
		.note = note,
		.rows = turned ? note->at : note->of,
		.columns = turned ? note->of : note->at,
		.turned = turned,
		.words = of_words || at_words,
		.R = turned ? U : T,
		.S = turned ? T : U,
		.most = fmax(note_range(note).most, 1e-30),
	};
}

static double strip_value(const Strips *strips, int row, int column)
{
	int t = strips->turned ? column : row, u = strips->turned ? row : column;
	return (double)tensor_row(strips->note->value, t).data[u];
}

static int strip_peak(const Strips *strips, int row)
{
	int peak = 0;
	for (int s = 1; s < strips->S; s++)
		if (strip_value(strips, row, s) > strip_value(strips, row, peak))
			peak = s;
	return peak;
}

/* The word, or which step it is. */
static const char *strip_name(Arena *arena, const Strips *strips, int row)
{
	const Explanation *e = strips->explanation;
	if (!strips->words)
		return strips->R == 1 ? modality_name(strips->rows)
		                      : arena_format(arena, "%s %d",
		                                modality_name(strips->rows), row);
	return explanation_word(arena, e, row);
}

/* Where a column is: "0.52 s" of the sound, else the word or the step. */
static const char *strip_place(Arena *arena, const Strips *strips, int column)
{
	const Explanation *e = strips->explanation;
	if (strips->columns == MODALITY_SPEECH && e->frames.shape[0])
		return arena_format(arena, "%.2f s",
		        (column + 0.5) * e->frames.shape[0] * e->frame_seconds /
		                strips->S);
	if (strips->columns == MODALITY_TEXT && e->word_count == strips->S)
		return explanation_word(arena, e, column);
	return arena_format(arena, "step %d", column);
}

NoteStrips note_strips(Arena *arena, const Explanation *e, const ExplainedNote *note)
{
	Strips strips = strips_of(e, note);
	int S = strips.S < PICTURE_LIMIT ? strips.S : PICTURE_LIMIT;
	NoteStrip *items = ARENA_ARRAY(arena, NoteStrip, (size_t)strips.R);
	for (int row = 0; row < strips.R; row++) {
		items[row] = (NoteStrip){
			.name = strip_name(arena, &strips, row),
			.place = strip_place(arena, &strips, strip_peak(&strips, row)),
			.picture = picture_new(arena, S, 1, 3),
		};
		for (int s = 0; s < S; s++)
			picture_fill(&items[row].picture, s, 0, 1, 1,
			        colour_sequential(
			                strip_value(&strips, row, s) / strips.most));
	}
	return (NoteStrips){ strips.words, strips.rows, strips.columns, strips.most,
		strips.R, items };
}

/* ---- in a terminal ----------------------------------------------------------------- */

static void print_strip(FILE *out, Arena *arena, const Strips *strips, int row)
{
	static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	int S = strips->S, columns = S < STRIP ? S : STRIP;
	const char *name = strip_name(arena, strips, row);
	explanation_print_padded(out, name, strlen(name), 20);
	fputc(' ', out);
	for (int c = 0; c < columns; c++) {
		double most = 0;
		for (int s = S * c / columns; s < S * (c + 1) / columns; s++)
			most = fmax(most, strip_value(strips, row, s));
		fputs(heights[(int)(7 * most / strips->most + 0.5)], out);
	}
	fprintf(out, " %s\n", strip_place(arena, strips, strip_peak(strips, row)));
}

static void print_check(FILE *out, const ExplainedNote *note)
{
	const OrderCheck *away = &note->check.deletion, *back = &note->check.insertion;
	if (!note->check.done)
		return;
	fprintf(out, "mean score while %-8s is, most first %18s %11s\n",
	        modality_name(note->at), "taken away", "put back");
	fprintf(out, "  %-38s %+11.3f %+11.3f\n", "by attention", away->shown,
	        back->shown);
	fprintf(out, "  %-38s %+11.3f %+11.3f\n", "by integrated gradients",
	        away->gradients, back->gradients);
	fprintf(out, "  %-38s %+11.3f %+11.3f\n", "at random", away->random,
	        back->random);
	fprintf(out, "  %-38s %5d of %2d %5d of %2d\n",
	        "random orders that attention beats", away->beaten, CHECK_ORDERS,
	        back->beaten, CHECK_ORDERS);
}

void explanation_notes_print(FILE *out, Arena *arena, const Explanation *e)
{
	bool head = false;
	for (int n = 0; n < e->note_count; n++) {
		const ExplainedNote *note = &e->notes[n];
		NoteRange range = note_range(note);
		if (note->looks)
			continue;
		if (!head)
			fprintf(out, "\n%-20s %8s %8s %8s %12s %10s\n", "inside", "mean",
			        "least", "most", "lost without", "won alone");
		head = true;
		fprintf(out, "%-20s %8.3f %8.3f %8.3f %+12.3f %+10.3f\n",
		        note_title(arena, note), range.mean, range.least, range.most,
		        note->check.lost, note->check.alone);
	}
	for (int n = 0; n < e->note_count; n++) {
		const ExplainedNote *note = &e->notes[n];
		if (!note->looks)
			continue;
		Strips strips = strips_of(e, note);
		fprintf(out, "\n%s; the highest is %.3f, and where it is\n",
		        note_title(arena, note), strips.most);
		for (int row = 0; row < strips.R; row++)
			print_strip(out, arena, &strips, row);
		print_check(out, note);
	}
}

/* ---- on a page --------------------------------------------------------------------- */

static void html_numbers(FILE *out, Arena *arena, const ExplainedNote *note)
{
	NoteRange range = note_range(note);
	int F = note->value.shape[0];
	double width = range.most > range.least ? range.most - range.least : 1;
	html_print(out,
	        "<tr><th scope=\"row\">%s</th><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%+.3f</td><td>%+.3f</td><td class=\"strip\">",
	        note_title(arena, note), range.mean, range.least, range.most,
	        note->check.lost, note->check.alone);
	if (F > 1 && F <= PICTURE_LIMIT) {
		Picture strip = picture_new(arena, F, 1, 3);
		for (int f = 0; f < F; f++)
			picture_fill(&strip, f, 0, 1, 1,
			        colour_sequential(
			                ((double)note->value.data[f] - range.least) /
			                width));
		explanation_picture(
		        out, arena, &strip, "", arena_format(arena, "%d features", F));
	}
	html_print(out, "</td></tr>\n");
}

/* Whether the answer rests on what attention looks at. */
static void html_check(
        FILE *out, Arena *arena, const Explanation *e, const ExplainedNote *note)
{
	const OrderCheck *away = &note->check.deletion, *back = &note->check.insertion;
	if (!note->check.done)
		return;
	html_table_begin(out, "",
	        arena_format(arena,
	                "Does the answer rest on it? Mean score of %s while %s is taken away piece by piece, the most attended first, and put back",
	                e->labels->names[e->label], modality_name(note->at)));
	html_columns(out, (const char *const[]){ "", "by attention", "by gradients",
	                          "at random", "random orders beaten", NULL });
	const struct {
		const char *name;
		const OrderCheck *check;
	} rows[] = { { "taken away (low: it does)", away },
		{ "put back (high: it does)", back } };
	for (int i = 0; i < 2; i++)
		html_print(out,
		        "<tr><th scope=\"row\">%s</th><td>%+.3f</td><td>%+.3f</td><td>%+.3f</td><td>%d of %d</td></tr>\n",
		        rows[i].name, rows[i].check->shown, rows[i].check->gradients,
		        rows[i].check->random, rows[i].check->beaten, CHECK_ORDERS);
	html_print(out, "</tbody>");
	html_table_end(out);
}

static void html_looks(
        FILE *out, Arena *arena, const Explanation *e, const ExplainedNote *note)
{
	NoteStrips strips = note_strips(arena, e, note);
	html_table_begin(out, "strips",
	        arena_format(arena, "%s, %s; yellow is %.3f", e->strategy,
	                note_title(arena, note), strips.most));
	html_print(out,
	        "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\" class=\"strip\">%s</th><th scope=\"col\">most</th></tr></thead><tbody>\n",
	        strips.words ? "word" : modality_name(strips.rows),
	        strips.columns == MODALITY_SPEECH ? "over time"
	                                          : modality_name(strips.columns));
	for (int row = 0; row < strips.count; row++) {
		const NoteStrip *strip = &strips.items[row];
		html_print(out, "<tr><th scope=\"row\">%s</th><td class=\"strip\">",
		        strip->name);
		explanation_picture(out, arena, &strip->picture, "",
		        arena_format(arena, "most at %s", strip->place));
		html_print(out, "</td><td>%s</td></tr>\n", strip->place);
	}
	html_print(out, "</tbody>");
	html_table_end(out);
	html_check(out, arena, e, note);
}

void explanation_notes_html(FILE *out, Arena *arena, const Explanation *e)
{
	bool table = false;
	for (int n = 0; n < e->note_count; n++) {
		if (e->notes[n].looks)
			continue;
		if (!table) {
			html_table_begin(out, "strips",
			        arena_format(arena,
			                "Inside %s: the numbers of each feature",
			                e->strategy));
			html_print(out,
			        "<thead><tr><th scope=\"col\"></th><th scope=\"col\">mean</th><th scope=\"col\">least</th><th scope=\"col\">most</th><th scope=\"col\">score lost without it</th><th scope=\"col\">score won by it alone</th><th scope=\"col\" class=\"strip\">from least (dark) to most (yellow)</th></tr></thead><tbody>\n");
		}
		table = true;
		html_numbers(out, arena, &e->notes[n]);
	}
	if (table) {
		html_print(out, "</tbody>");
		html_table_end(out);
	}
	for (int n = 0; n < e->note_count; n++)
		if (e->notes[n].looks)
			html_looks(out, arena, e, &e->notes[n]);
}

/* ---- for programs ------------------------------------------------------------------ */

static void json_order(FILE *out, const char *key, const OrderCheck *check)
{
	fprintf(out, ",\"%s\":{\"shown\":", key);
	json_number(out, check->shown);
	fputs(",\"gradients\":", out);
	json_number(out, check->gradients);
	fputs(",\"random\":", out);
	json_number(out, check->random);
	fprintf(out, ",\"orders\":%d,\"beaten\":%d,\"gradients_beat\":%d}", CHECK_ORDERS,
	        check->beaten, check->gradients_beat);
}

static void json_check(FILE *out, const ExplainedNote *note)
{
	if (!note->check.done)
		return;
	if (note->looks) {
		json_order(out, "deletion", &note->check.deletion);
		json_order(out, "insertion", &note->check.insertion);
		return;
	}
	fputs(",\"lost\":", out);
	json_number(out, note->check.lost);
	fputs(",\"alone\":", out);
	json_number(out, note->check.alone);
}

void explanation_notes_json(FILE *out, const Explanation *e)
{
	fputs(",\"notes\":[", out);
	for (int n = 0; n < e->note_count; n++) {
		const ExplainedNote *note = &e->notes[n];
		fputs(n ? ",{\"name\":" : "{\"name\":", out);
		json_text(out, note->name);
		fprintf(out, ",\"of\":\"%s\"", modality_name(note->of));
		if (note->looks)
			fprintf(out, ",\"at\":\"%s\"", modality_name(note->at));
		fprintf(out, ",\"%s\":", note->looks ? "weights" : "values");
		json_tensor(out, note->value);
		json_check(out, note);
		fputc('}', out);
	}
	fputc(']', out);
}
