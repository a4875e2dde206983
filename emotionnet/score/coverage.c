/* coverage.c: see coverage.h. */
#include "emotionnet/score/coverage.h"

#include "tensor/file/json_write.h"

#include <math.h>
#include <stdlib.h>

bool answer_sure(const real probabilities[], int classes, double abstain)
{
	for (int c = 0; c < classes; c++)
		if ((double)probabilities[c] >= abstain)
			return true;
	return false;
}

static int surer_first(const void *a, const void *b)
{
	double x = ((const Sure *)a)->confidence, y = ((const Sure *)b)->confidence;
	return (x < y) - (x > y);
}

/* Of answers in that order, those that are so sure at least. */
static CoveragePoint point_at(const Sure answers[], int count, double least)
{
	CoveragePoint point = { .least = least };
	while (point.answered < count && answers[point.answered].confidence >= least)
		point.right += answers[point.answered++].right;
	return point;
}

Coverage coverage_of(Sure answers[], int count, double abstain)
{
	Coverage coverage = { .count = count };
	if (count)
		qsort(answers, (size_t)count, sizeof *answers, surer_first);
	coverage.asked = point_at(answers, count, abstain);
	for (int tenths = COVERAGE_POINTS; tenths > 0 && count; tenths--) {
		int wanted = (int)(((long)count * tenths + COVERAGE_POINTS - 1) /
		                   COVERAGE_POINTS);
		CoveragePoint point =
		        point_at(answers, count, answers[wanted - 1].confidence);
		int made = coverage.point_count;
		if (!made || coverage.points[made - 1].answered > point.answered)
			coverage.points[coverage.point_count++] = point;
	}
	return coverage;
}

double coverage_share(const Coverage *coverage, CoveragePoint point)
{
	return coverage->count ? (double)point.answered / coverage->count : 0;
}

double coverage_accuracy(CoveragePoint point)
{
	return point.answered ? (double)point.right / point.answered : 0;
}

void coverage_print(FILE *out, const Coverage *coverage)
{
	CoveragePoint asked = coverage->asked;
	fprintf(out, "\nWith --abstain %g, %d of %d are answered (coverage %.3f)",
	        asked.least, asked.answered, coverage->count,
	        coverage_share(coverage, asked));
	if (asked.answered)
		fprintf(out, ", %.3f of these right", coverage_accuracy(asked));
	fprintf(out, ".\n\n%9s %9s %9s\n", "--abstain", "coverage", "accuracy");
	for (int i = 0; i < coverage->point_count; i++) {
		CoveragePoint p = coverage->points[i];
		/* rounded down, so that what is told answers as much as is told */
		fprintf(out, "%9.3f %9.3f %9.3f\n", floor(p.least * 1000) / 1000,
		        coverage_share(coverage, p), coverage_accuracy(p));
	}
}

static void print_point(FILE *out, const Coverage *coverage, CoveragePoint point)
{
	fprintf(out, "\"abstain\":");
	json_number(out, point.least);
	json_put(out, "answered", point.answered);
	json_put_share(out, "coverage", coverage_share(coverage, point));
	json_put_share(
	        out, "accuracy", point.answered ? coverage_accuracy(point) : (double)NAN);
}

void coverage_print_json(FILE *out, const Coverage *coverage)
{
	fputc('{', out);
	print_point(out, coverage, coverage->asked);
	fprintf(out, ",\"curve\":[");
	for (int i = 0; i < coverage->point_count; i++) {
		fputs(i ? ",{" : "{", out);
		print_point(out, coverage, coverage->points[i]);
		fputc('}', out);
	}
	fprintf(out, "]}");
}
