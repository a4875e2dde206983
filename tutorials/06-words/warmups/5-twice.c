/* Warm-up 5: a row that is used twice.
 *
 * Run the function `show` in your head. What does it print? Write the four numbers between
 * the quotes, with a blank between two.
 *
 * hint: One line has = and the other +=. Do the three places one after the other. */
#include "tutorials/lesson/warmup.h"

static void show(FILE *out)
{
	const int ids[] = { 1, 0, 1 };
	const int share[] = { 5, 7, 2 };
	int kept[2] = { 0, 0 }, summed[2] = { 0, 0 };
	for (int place = 0; place < 3; place++) {
		kept[ids[place]] = share[place];
		summed[ids[place]] += share[place];
	}
	fprintf(out, "%d %d %d %d", kept[0], kept[1], summed[0], summed[1]);
}

static const char *printed(void)
{
	/* BEGIN SOLUTION */
	return "7 2 7 7";
	/* stub: return ""; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_TEXT("what show prints", printed(), TRUTH(warmup_printed(show)),
	        NOT("7 7 7 7",
	                "The = forgets what was there: kept[1] is 5 first, and then 2."),
	        NOT("7 5 7 7", "The last = counts, not the first."),
	        NOT("7 2 7 2", "The += adds: summed[1] gets 5 and then 2."),
	        NOT("5 7 5 7", "share[place] goes to ids[place], not to place."),
	        NOT("2 7 7 7",
	                "ids 1 0 1: the second share goes to 0, the others to 1."));
}
