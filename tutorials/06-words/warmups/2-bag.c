/* Warm-up 2: a bag of words.
 *
 * bag[id] shall say how often the word with this id stands in the text. The function has two
 * mistakes. Mend both.
 *
 * hint: Follow the ids 2, 3, 2 by hand. What was in the bag before the first of them? */
#include "tutorials/lesson/warmup.h"

static void bag_of(int bag[], int words, const int ids[], int count)
{
	/* BEGIN SOLUTION */
	for (int id = 0; id < words; id++)
		bag[id] = 0;
	for (int place = 0; place < count; place++)
		bag[ids[place]]++;
	/* stub: (void)words; */
	/* stub: for (int place = 0; place < count; place++) */
	/* stub: 	bag[ids[place]] = 1; */
	/* END SOLUTION */
}

static int in_bag(int id)
{
	int bag[5] = { 9, 9, 9, 9, 9 };
	const int ids[] = { 2, 3, 2 };
	bag_of(bag, 5, ids, 3);
	return bag[id];
}

WARMUP
{
	WARMUP_NUMBER("bag[3] of the ids 2 3 2", in_bag(3), RIGHT(1),
	        WRONG(10, "The bag was not empty before. Make all its numbers 0 first."),
	        WRONG(0, "Word 3 stands in the text once."));
	WARMUP_NUMBER("bag[2] of the ids 2 3 2", in_bag(2), RIGHT(2),
	        WRONG(1, "Word 2 stands there twice. Count, do not set."),
	        WRONG(11, "The bag was not empty before. Make all its numbers 0 first."));
	WARMUP_NUMBER("bag[4] of the ids 2 3 2", in_bag(4), RIGHT(0),
	        WRONG(9, "Word 4 is not in the text, and the 9 is from before. Make all "
	                 "numbers of the bag 0 first."));
}
