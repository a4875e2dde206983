/* section.c: what the sections of the report have in common: headings, cells, columns and
 * tiles (report_sections.h). */
#include "emotionnet/page/report_sections.h"
#include "tensor/plot/colours.h"

#include <string.h>

void report_heading(
        const Report *report, const char *id, const char *title, const char *text)
{
	html_print(report->out, "<h2 id=\"%s\">%s</h2>\n<p>%s</p>\n", id, title, text);
}

void report_cell(const Report *report, const Summary *summary, Spread spread,
        const Interval *interval)
{
	html_print(report->out, "<td data-v=\"%.9g\">%.3f", spread.mean, spread.mean);
	if (summary->seeds > 1)
		html_print(report->out, " ± %.3f", spread.deviation);
	if (interval)
		html_print(report->out, "<small>%.3f to %.3f</small>", interval->low,
		        interval->high);
	html_print(report->out, "</td>");
}

void report_cost(const Report *report, uint64_t number, double unit)
{
	double value = (double)number / unit;
	if (!number)
		html_print(report->out, "<td data-v=\"0\" class=\"faint\">–</td>");
	else if (unit == 1)
		html_print(report->out, "<td data-v=\"%.9g\">%.0f</td>", value, value);
	else if (value < 10)
		html_print(report->out, "<td data-v=\"%.9g\">%.3f</td>", value, value);
	else
		html_print(report->out, "<td data-v=\"%.9g\">%.1f</td>", value, value);
}

void report_shade(const Report *report, double value, double least)
{
	Colour ground = colour_sequential((value - least) / (1 - least));
	html_print(report->out,
	        "<td data-v=\"%.9g\" style=\"background:%s;color:%s\">%.2f</td>", value,
	        colour_hex(ground).text, colour_hex(colour_ink(ground)).text, value);
}

void report_columns(const Report *report, const char *first, const char *const names[],
        int count, const char *last)
{
	const char **all = ARENA_ARRAY(report->arena, const char *, (size_t)count + 3);
	all[0] = first;
	if (count)
		memcpy(all + 1, names, (size_t)count * sizeof *names);
	all[count + 1] = last;
	html_columns(report->out, all);
}

void report_tiles(const Report *report, const char *kind,
        void tile(const Report *report, const Summary *summary))
{
	html_print(report->out, "<div class=\"tiles %s\">", kind);
	for (int i = 0; i < report->count; i++)
		tile(report, report->rows[i]);
	html_print(report->out, "</div>\n");
}
