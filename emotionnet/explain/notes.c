/* The breadth of a row p of U weights that add up to 1 is e^H / U with H = -sum p log p:
 * e^H is how many equal weights would be as hard to guess (the perplexity). */
#include "emotionnet/explain/notes.h"

#include "tensor/elementary.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"

#include <math.h>

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

static real strip_value(const Strips *strips, int row, int column)
{
	int t = strips->turned ? column : row, u = strips->turned ? row : column;
	return tensor_row(strips->note->value, t).data[u];
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
	NoteStrip *items = ARENA_ARRAY(arena, NoteStrip, (size_t)strips.R);
	for (int row = 0; row < strips.R; row++) {
		Tensor values = tensor_zeros(arena, SHAPE(strips.S));
		for (int s = 0; s < strips.S; s++)
			values.data[s] = strip_value(&strips, row, s);
		int peak = tensor_argmax(values);
		items[row] = (NoteStrip){
			.name = strip_name(arena, &strips, row),
			.place = strip_place(arena, &strips, peak),
			.values = values,
		};
	}
	return (NoteStrips){ strips.words, strips.rows, strips.columns, strips.most,
		strips.R, strips.S, items };
}
