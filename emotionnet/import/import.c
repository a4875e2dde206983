/* import.c: the table of importers. */
#include "emotionnet/import/import.h"
#include "text/list.h"

#include <string.h>

#define FACES "face arrays" /* what all can do that have people's voices */

const Importer importers[] = {
	{ "emodb",
	        "Berlin EmoDB: acted German speech, 10 speakers, 7 emotions. Test: 03 and 08",
	        import_emodb, FACES },
	{ "ravdess",
	        "RAVDESS: acted English speech, 24 speakers, 8 emotions. Test: the fold",
	        import_ravdess, "fold " FACES },
	{ "tess",
	        "TESS: two women say 200 words, English, 7 emotions. Test: YAF, the younger",
	        import_tess, FACES },
	{ "savee", "SAVEE: acted English speech, 4 men, 7 emotions. Test: KL",
	        import_savee, FACES },
	{ "cremad",
	        "CREMA-D: acted English speech, 91 speakers, 6 emotions. Splits made by speaker",
	        import_cremad, "seed " FACES },
	{ "iemocap",
	        "IEMOCAP: dialogues of 10 actors, text and sound, 4 emotions, or all 10. Test: session 5",
	        import_iemocap, "emotions fold " FACES },
	{ "nemo",
	        "nEMO: acted Polish speech, 9 speakers, 6 emotions. Splits made by speaker",
	        import_nemo, "seed " FACES },
	{ "meld", "MELD: dialogues of a television series, text and sound, 7 emotions",
	        import_meld, FACES },
	{ "dair-emotion",
	        "dair-ai emotion: tweets that name an emotion, text, 6 emotions",
	        import_dair, NULL },
	{ "mosi",
	        "CMU-MOSI: film reviews before a camera, a vector each of text, sound, face",
	        import_mosi, "arrays" },
	{ "emorynlp", "EmoryNLP: dialogues of a television series, text, 7 emotions",
	        import_emorynlp, NULL },
	{ "mustard++",
	        "MUStARD++: sarcasm in television series, text, 10 emotions meant, 9 said",
	        import_mustard, "label seed" },
	{ "isear", "ISEAR: people tell of a time with each emotion, text, 7 emotions",
	        import_isear, "seed" },
	{ "goemotions", "GoEmotions: comments of Reddit, text, 28 emotions, or Ekman's 7",
	        import_goemotions, "ekman" },
	{ "emobank", "EmoBank: numbers instead of emotions: says what can be done",
	        import_emobank, NULL },
	{ "fer2013", "FER2013: faces of the web, 48 x 48 pixels, 7 emotions",
	        import_fer2013, NULL },
	{ "pictures",
	        "faces of one's own: LABEL/NAME.png, or SPLIT/LABEL/NAME.png, or as --pattern says",
	        import_pictures, "pattern seed" },
	{ "folder",
	        "one's own clips: LABEL/CLIP.wav, or as --pattern says. Splits made by speaker",
	        import_folder, "pattern seed " FACES },
	{ "table", "any CSV or TSV with a header, given instead of a folder",
	        import_table, "text label wav speaker id split seed " FACES },
	{ .name = NULL },
};

const Importer *importer_find(const char *name)
{
	for (const Importer *importer = importers; importer->name; importer++)
		if (strcmp(importer->name, name) == 0)
			return importer;
	return NULL;
}

bool importer_has(const Importer *importer, const char *option)
{
	Arena *scratch = arena_new("importer");
	int count;
	bool has = false;
	const char *const *own = list_split(
	        scratch, importer->options ? importer->options : "", ' ', &count);
	for (int i = 0; i < count; i++)
		has |= !strcmp(own[i], option);
	arena_free(scratch);
	return has;
}

const char *importers_with(Arena *arena, const char *option)
{
	const char *text = "";
	for (const Importer *i = importers; i->name; i++)
		if (importer_has(i, option))
			text = arena_format(
			        arena, "%s%s%s", text, *text ? ", " : "", i->name);
	return text;
}
