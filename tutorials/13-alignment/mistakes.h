/* mistakes.h: the same ways to be wrong, in words. Earlier ones are told first. */
#ifndef TUTORIALS_ALIGNMENT_MISTAKES_H
#define TUTORIALS_ALIGNMENT_MISTAKES_H

#include "tutorials/13-alignment/mistaken.h"

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;
#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

/* clang-format off */
static const Mistake out_mistakes[] = {
	{ SUM,
	  "this is the sum. The mean is the sum, divided by the number of frames "
	  "under the word" },
	{ BY_T,
	  "divided by T, all frames of the utterance. Divide by those under the "
	  "word" },
	{ BY_WORDS,
	  "divided by the number of words. Divide by the number of frames under "
	  "the word" },
	{ BY_U,
	  "divided by U, the room for words. Divide by the number of frames under "
	  "the word" },
	{ BY_MORE,
	  "divided by one frame too many: begin ... end - 1 are end - begin frames" },
	{ BY_LESS,
	  "divided by one frame too few: begin ... end - 1 are end - begin frames" },
	{ END_IN,
	  "frame `end` is added, too. It is the first frame behind the word: t < "
	  "end" },
	{ END_IN_BY_MORE,
	  "frame `end` is taken, too. It is the first frame behind the word: t < "
	  "end" },
	{ END_SHORT, "the last frame of each word is left out: t goes up to end - 1" },
	{ END_SHORT_BY_LESS,
	  "the last frame of each word is left out, and not counted: t goes up to "
	  "end - 1" },
	{ BEGIN_LATE, "the first frame of each word is left out: t begins at `begin`" },
	{ ALL_FRAMES,
	  "this is the mean of all frames, the same for each word. Only those "
	  "under the word count" },
	{ ALL_BY_COUNT,
	  "all frames are added up. Only those under the word count: t from begin "
	  "to end - 1" },
	{ FROM_ZERO, "t begins at 0. The frames under a word begin at begins(b,j)" },
	{ TO_THE_END, "t goes on to T. The frames under a word end before ends(b,j)" },
	{ ONE_FRAME,
	  "only the first frame of each word is read: is the loop over t missing" },
	{ LAST_FRAME,
	  "only the last frame of each word is left: = in place of +=, and no "
	  "division" },
	{ LAST_TERM, "only the last frame of each word is left: = in place of +=" },
	{ RUNNING,
	  "divided inside of the loop over t, again and again. Divide once, behind "
	  "it" },
	{ CARRIED_ON,
	  "the sum goes on from the one before. It begins at 0 for each word and "
	  "number" },
	{ ADDED, "out is added to. It has to be set: it may hold anything before" },
	{ PADDING_READ,
	  "padding is read as words. Utterance b has words[b] words; the places "
	  "behind them are zeros" },
	{ PADDING_KEPT,
	  "the padding is left as it was. The places from words[b] on have to be "
	  "set to 0" },
	{ EMPTY_KEPT, "a word without a frame is left as it was. It has to be set to 0" },
	{ EMPTY_DIVIDED,
	  "0 divided by 0: a word without a frame. Look at the count before you "
	  "divide" },
	{ FIRST_UTTERANCE,
	  "all words read the frames of utterance 0. Those of utterance b begin at "
	  "b * T * F" },
	{ FRAMES_BY_U,
	  "an utterance has T frames, not U: frame t of utterance b is number b * "
	  "T + t" },
	{ SPANS_FIRST,
	  "all utterances get the words of utterance 0: begins(b,j) is begins[b * "
	  "U + j]" },
	{ SPANS_PACKED,
	  "the words of another utterance: there is room for U words in each, so "
	  "begins(b,j) is begins[b * U + j]" },
	{ SPANS_BY_T,
	  "the index of begins and ends: an utterance has room for U words, not T" },
	{ OUT_FIRST,
	  "all utterances are written over utterance 0: out(b,j,f) is out[(b * U + "
	  "j) * F + f]" },
	{ OUT_PACKED,
	  "the index of out: there is room for U words in each utterance, so row j "
	  "of it is number b * U + j" },
	{ OUT_BY_T, "the index of out: an utterance has U rows there, not T" },
	{ FRAMES_TURNED,
	  "frames are read as (B,F,T). They are (B,T,F): the numbers of one frame "
	  "lie side by side" },
	{ OUT_TURNED,
	  "out is written as (B,F,U). It is (B,U,F): the numbers of one word lie "
	  "side by side" },
	{ NO_STEP, "the brackets in the index of frames: it is (b * T + t) * F + f" },
	{ STEP_OF_FRAME, "the brackets in the index of frames: it is (b * T + t) * F + f" },
	{ FIRST_NUMBER,
	  "only number 0 of each word is computed: is the loop over f missing" },
	{ LAST_WORD, "the last word is left out: j goes up to words[b] - 1" },
	{ LAST_UTTERANCE, "the last utterance is left out: b goes up to B - 1" },
	{ ONE_UTTERANCE,
	  "only utterance 0 is computed: is the loop over b missing, or a return "
	  "inside of it" },
	{ ONE_WORD,
	  "only word 0 of each utterance is computed: is the loop over j missing" },
	{ WHOLE_SHARE, "1 / count in whole numbers is 0. Divide by (float)count" },
	{ BY_F,
	  "divided by F, the numbers of a frame. Divide by the number of frames "
	  "under the word" },
	{ WORDS_FIRST,
	  "each utterance has as many words as utterance 0. Utterance b has words[b]" },
	{ FIRST_OUTPUT, "only out(0,0,0) is computed: a return inside of the loops" },
	{ DIVIDED_EACH,
	  "divided inside of the loop over t, while the frames are still counted. "
	  "Divide once, behind it" },
	{ INT_TERMS, "the sum is kept in an int, which cuts off what is behind the point" },
	{ INT_SUM, "the sum is kept in an int, which cuts off what is behind the point" },
	{ UNTOUCHED, "nothing is written to out. Is it computed yet" },
};
/* clang-format on */

/* clang-format off */
static const Mistake grad_mistakes[] = {
	{ SUM,
	  "the gradient is not divided. A frame is one of several under its word, "
	  "and gets only its share" },
	{ BY_T,
	  "divided by T. Forward has divided by the number of frames under the word" },
	{ BY_WORDS,
	  "divided by the number of words. Forward has divided by the number of "
	  "frames under the word" },
	{ BY_U,
	  "divided by U. Forward has divided by the number of frames under the word" },
	{ BY_MORE,
	  "divided by one frame too many: begin ... end - 1 are end - begin frames" },
	{ BY_LESS,
	  "divided by one frame too few: begin ... end - 1 are end - begin frames" },
	{ TIMES_COUNT,
	  "multiplied by the number of frames. The mean moves by 1/count when a "
	  "frame moves by 1" },
	{ ASSIGNED,
	  "= in place of +=. A frame that two words share has to get both shares" },
	{ SET, "d_frames is set. It has to be added to: what was there is lost" },
	{ CLEARED, "d_frames is set. It has to be added to: what was there is lost" },
	{ END_IN,
	  "frame `end` gets a share, too. It is the first frame behind the word: t "
	  "< end" },
	{ END_IN_BY_MORE,
	  "frame `end` gets a share, too. It is the first frame behind the word: t "
	  "< end" },
	{ END_SHORT, "the last frame of each word gets nothing: t goes up to end - 1" },
	{ END_SHORT_BY_LESS,
	  "the last frame of each word gets nothing: t goes up to end - 1" },
	{ BEGIN_LATE, "the first frame of each word gets nothing: t begins at `begin`" },
	{ ALL_FRAMES,
	  "all frames get a share. Only those under the word were in its mean" },
	{ ALL_BY_COUNT,
	  "all frames get a share. Only those under the word were in its mean" },
	{ FROM_ZERO, "t begins at 0. The frames under a word begin at begins(b,j)" },
	{ TO_THE_END, "t goes on to T. The frames under a word end before ends(b,j)" },
	{ ONE_FRAME,
	  "only the first frame of each word gets something: is the loop over t "
	  "missing" },
	{ PADDING_READ,
	  "padding is read as words. Utterance b has words[b] words, and what "
	  "stands behind them counts nothing" },
	{ FIRST_UTTERANCE,
	  "everything goes to the frames of utterance 0. Those of utterance b "
	  "begin at b * T * F" },
	{ FRAMES_BY_U,
	  "an utterance has T frames, not U: frame t of utterance b is number b * "
	  "T + t" },
	{ SPANS_FIRST,
	  "all utterances get the words of utterance 0: begins(b,j) is begins[b * "
	  "U + j]" },
	{ SPANS_PACKED,
	  "the words of another utterance: there is room for U words in each, so "
	  "begins(b,j) is begins[b * U + j]" },
	{ SPANS_BY_T,
	  "the index of begins and ends: an utterance has room for U words, not T" },
	{ OUT_FIRST,
	  "all utterances get the gradient of utterance 0: d_out(b,j,f) is "
	  "d_out[(b * U + j) * F + f]" },
	{ OUT_PACKED,
	  "the index of d_out: there is room for U words in each utterance, so row "
	  "j of it is number b * U + j" },
	{ OUT_BY_T, "the index of d_out: an utterance has U rows there, not T" },
	{ FRAMES_TURNED,
	  "d_frames is written as (B,F,T). It is (B,T,F): the numbers of one frame "
	  "lie side by side" },
	{ OUT_TURNED,
	  "d_out is read as (B,F,U). It is (B,U,F): the numbers of one word lie "
	  "side by side" },
	{ NO_STEP, "the brackets in the index of d_frames: it is (b * T + t) * F + f" },
	{ STEP_OF_FRAME, "the brackets in the index of d_frames: it is (b * T + t) * F + f" },
	{ FIRST_NUMBER,
	  "only number 0 of each frame is done: is the loop over f missing" },
	{ LAST_WORD, "the last word is left out: j goes up to words[b] - 1" },
	{ LAST_UTTERANCE, "the last utterance is left out: b goes up to B - 1" },
	{ ONE_UTTERANCE,
	  "only utterance 0 is done: is the loop over b missing, or a return "
	  "inside of it" },
	{ ONE_WORD, "only word 0 of each utterance is done: is the loop over j missing" },
	{ WHOLE_SHARE, "1 / count in whole numbers is 0. Divide by (float)count" },
	{ SIGN, "the sign. The gradient is added here; the training step subtracts it" },
	{ BY_F,
	  "divided by F, the numbers of a frame. Forward has divided by the number "
	  "of frames under the word" },
	{ WORDS_FIRST,
	  "each utterance has as many words as utterance 0. Utterance b has words[b]" },
	{ FIRST_OUTPUT, "only one number is done: a return inside of the loops" },
	{ OTHER_PLACE,
	  "d_out is read at the place of the frame. It has a row for each word: "
	  "d_out[(b * U + j) * F + f]" },
	{ UNTOUCHED, "nothing is added to d_frames. Is it computed yet" },
};
/* clang-format on */

#endif
