/* EmoBank: S. Buechel, U. Hahn, "EmoBank: Studying the Impact of Annotation Perspective and
 * Representation Format on Dimensional Emotion Analysis", EACL 2017: sentences with their
 * valence, arousal and dominance, each a number from 1 to 5. Where one ends and another
 * emotion begins is nowhere said. */
#include "emotionnet/import/import.h"

bool import_emobank(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	(void)corpus, (void)arena, (void)options;
	return error_set(error,
	        "%s: EmoBank has numbers (V, A, D: valence, arousal, dominance, 1 to 5) and no emotions, and EmotionNet tells emotions. Hint: add a column of classes of your own, such as low where V is below 3 and high elsewhere; then: import table emobank.csv --text text --label YOUR-COLUMN --split split",
	        folder);
}
