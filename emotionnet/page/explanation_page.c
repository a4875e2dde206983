/* explanation_page.c: a page of one utterance; a picture where the name ends in .svg
 * or .png. */
#include "emotionnet/page/explanation_page.h"

#include "emotionnet/page/explanation_html.h"
#include "emotionnet/explain/notes.h"
#include "emotionnet/features/enrol.h"
#include "emotionnet/page/explanation_picture.h"
#include "tensor/file/folder.h"

static bool is_picture(const char *path)
{
	return path_ends_in(path, ".png") || path_ends_in(path, ".svg");
}

bool explanation_can_write(const char *path)
{
	return path_ends_in(path, ".html") || is_picture(path);
}

/* ---- a page ------------------------------------------------------------------------ */

static void print_probabilities(FILE *out, const Explanation *e)
{
	html_table_begin(out, "", "How probable each class is");
	html_columns(
	        out, (const char *const[]){ "class", "probability", "as a bar", NULL });
	for (int c = 0; c < e->labels->count; c++)
		html_print(out,
		        "<tr class=\"%s\"><th scope=\"row\">%s</th><td>%.3f</td><td><span class=\"bar\"><i style=\"width:%.1f%%\"></i></span></td></tr>\n",
		        c == e->answer ? "best" : "", e->labels->names[c],
		        (double)e->probabilities[c], 100 * (double)e->probabilities[c]);
	html_print(out, "</tbody>");
	html_table_end(out);
}

static void print_word_table(FILE *out, const Explanation *e)
{
	double scale = explanation_word_scale(e);
	if (!e->word_count)
		return;
	html_table_begin(
	        out, "sortable", "What each word adds, and what is lost without it");
	html_columns(out,
	        (const char *const[]){ "word", "adds", "occlusion", "as a bar", NULL });
	for (int w = 0; w < e->word_count; w++) {
		const ExplainedWord *word = &e->words[w];
		html_print(out,
		        "<tr><th scope=\"row\">%.*s</th><td data-v=\"%g\">%+.3f</td><td data-v=\"%g\">%+.3f</td><td data-v=\"%g\">",
		        (int)(word->end - word->begin), e->text + word->begin,
		        word->value, word->value, word->occlusion, word->occlusion,
		        word->value);
		html_sign_bar(out, word->value / scale);
		html_print(out, "</td></tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

/* Whose clips were heard before this one. */
static void print_enrolled(FILE *out, const Explanation *e)
{
	if (!e->enrolled.speakers)
		return;
	html_print(out, "<p class=\"note\">Its sound was ");
	enrolled_print(out, &e->enrolled);
	html_print(out, "</p>\n");
}

static bool print_page(
        FILE *out, const Explanation *e, const Clip *clip, Arena *arena, Error *error)
{
	const char *name = e->labels->names[e->label];
	html_print(out,
	        "<article>\n<h1>%s, %.0f %%</h1>\n<p>The model (%s fusion) says %s. ",
	        e->labels->names[e->answer], 100 * (double)e->probabilities[e->answer],
	        e->strategy, e->labels->names[e->answer]);
	html_print(out,
	        "Explained are the log-odds of %s: %+.3f here, %+.3f for an utterance without content.</p>\n",
	        name, e->score, e->baseline);
	print_enrolled(out, e);
	explanation_key(out);
	explanation_words(out, e);
	if (!explanation_audio(out, arena, clip, error))
		return false;
	explanation_sound(out, arena, e);
	explanation_face(out, arena, e);
	html_print(out, "<div class=\"beside\"><div>");
	explanation_modalities(out, e);
	print_probabilities(out, e);
	html_print(out, "</div><div>");
	print_word_table(out, e);
	explanation_functionals_table(out, arena, e);
	explanation_face_table(out, arena, e);
	html_print(out, "</div></div>\n");
	explanation_notes(out, arena, e);
	html_print(out,
	        "<p>All that adds comes to %+.3f, in %d steps; the log-odds change by %+.3f.%s</p>\n</article>\n",
	        e->sum, e->steps, e->score - e->baseline,
	        e->complete ? "" : " That is not within 1 %: take it with care.");
	return true;
}

static bool write_page(const char *path, const Explanation *e, const Clip *clip,
        Arena *arena, Error *error)
{
	HtmlPage page;
	if (!html_page_open(&page, "Why the model says so", error))
		return false;
	if (!print_page(page.out, e, clip, arena, error)) {
		html_page_abandon(&page);
		return false;
	}
	return html_page_close(&page, arena, path, error);
}

bool explanation_write(const char *path, const Explanation *explanation, const Clip *clip,
        Arena *arena, Error *error)
{
	if (is_picture(path))
		return canvas_write(
		        explanation_draw(arena, explanation, path_ends_in(path, ".svg")),
		        path, error);
	return write_page(path, explanation, clip, arena, error);
}
