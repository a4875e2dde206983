/* import.c: the table of importers. */
#include "emotionnet/import/import.h"

#include <string.h>

const Importer importers[] = {
	{ "emodb", "Berlin EmoDB: acted German speech, 10 speakers, 7 emotions",
	        import_emodb },
	{ "ravdess", "RAVDESS: acted English speech, 24 speakers, 8 emotions",
	        import_ravdess },
	{ "meld", "MELD: dialogues of a television series, text and sound, 7 emotions",
	        import_meld },
	{ "dair-emotion",
	        "dair-ai emotion: tweets that name what is felt, text, 6 emotions",
	        import_dair },
	{ "mosi",
	        "CMU-MOSI: film reviews before a camera, a vector each of text, sound, face",
	        import_mosi },
	{ .name = NULL },
};

const Importer *importer_find(const char *name)
{
	for (const Importer *importer = importers; importer->name; importer++)
		if (strcmp(importer->name, name) == 0)
			return importer;
	return NULL;
}
