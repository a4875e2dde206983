/* Warm-up 1: the id of a word.
 *
 * A vocabulary is a list of words. Id 0 is <pad>, id 1 is <unk>, and the words follow.
 * Return the id of a word, and 1 for a word that is not in the list. strcmp(a, b) is 0 if
 * two texts are equal.
 *
 * hint: A word may be the last of the list. When do you know that it is not there at all? */
#include "tutorials/lesson/warmup.h"

#include <string.h>

static int id_of(const char *word, const char *const list[], int count)
{
	(void)word, (void)list, (void)count; /* goes when you use them */
	/* BEGIN SOLUTION */
	for (int at = 2; at < count; at++)
		if (strcmp(list[at], word) == 0)
			return at;
	return 1;
	/* stub: return -1; */
	/* END SOLUTION */
}

WARMUP
{
	static const char *const list[] = { "<pad>", "<unk>", "my", "father", "came" };
	WARMUP_NUMBER("id_of(\"my\")", id_of("my", list, 5), RIGHT(2),
	        WRONG(0, "The first word has id 2: two ids stand before it."),
	        WRONG(1, "The word is in the list. strcmp is 0 if two texts are equal."));
	WARMUP_NUMBER("id_of(\"came\")", id_of("came", list, 5), RIGHT(4),
	        WRONG(1, "The last word is in the list, too. Do you stop too early?"),
	        WRONG(2, "Other words stand before it in the list."));
	WARMUP_NUMBER("id_of(\"mother\")", id_of("mother", list, 5), RIGHT(1),
	        WRONG(0, "That is <pad>. A word that is not known has the id of <unk>."),
	        WRONG(-1, "A word that is not known has an id: that of <unk>."),
	        WRONG(5, "No row of the table has this id. <unk> is there for it."));
}
