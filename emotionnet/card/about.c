/* about.c: what is known of each corpus. Licences as their authors state them where they
 * publish the corpus; whoever uses one reads them there again. */
#include "emotionnet/card/about.h"

#include "emotionnet/corpus/columns.h"
#include "emotionnet/stage/stage.h"
#include "text/list.h"

#include <string.h>

#define NONCOMMERCIAL                                                                    \
	"The weights are for non-commercial use, with the authors named, and pass on "   \
	"under the same licence."
#define RESEARCH "The weights are for research and teaching."
#define SERIES                                                                           \
	"The series itself belongs to others: the weights are for research and teaching."

static const CorpusAbout corpora[] = {
	{ "embedded", "the embedded corpus", "EmotionNet in C, emotionnet/stage/", "MIT",
	        "The weights may be used as the program itself.", "made by rule",
	        "English",
	        "Nobody: sentences of a grammar, voices of a synthesiser, faces of a table." },
	{ "emodb", "Berlin EmoDB", "F. Burkhardt et al., Interspeech 2005",
	        "none stated; free to download",
	        "Ask the authors before any use but research and teaching.", "acted",
	        "German", "Five women and five men of 21 to 35 years, in a studio." },
	{ "ravdess", "RAVDESS", "S. R. Livingstone, F. A. Russo, PLoS ONE 13(5), 2018",
	        "CC BY-NC-SA 4.0", NONCOMMERCIAL, "acted", "English, North American",
	        "Twelve women and twelve men, professional actors, in a studio." },
	{ "tess", "TESS", "M. K. Pichora-Fuller, K. Dupuis, 2010", "CC BY-NC-ND 4.0",
	        "For non-commercial use; whether weights are a change of the work, which this licence forbids to pass on, is not settled: keep them to yourself.",
	        "acted", "English, Canadian", "Two women, of 26 and 64 years." },
	{ "savee", "SAVEE", "P. Jackson, S. Haq, University of Surrey, 2014",
	        "research only, on registration", RESEARCH, "acted", "English, British",
	        "Four men." },
	{ "cremad", "CREMA-D", "H. Cao et al., IEEE TAC 5(4), 2014",
	        "Open Database License 1.0",
	        "Name the corpus; a data base made from it is shared under the same licence.",
	        "acted", "English, North American",
	        "43 women and 48 men of 20 to 74 years." },
	{ "iemocap", "IEMOCAP", "C. Busso et al., LREC 42, 2008",
	        "research only, by a signed agreement with USC", RESEARCH,
	        "acted, in part improvised", "English, North American",
	        "Five women and five men, actors." },
	{ "nemo", "nEMO", "I. Christop, LREC-COLING 2024", "CC BY-NC-SA 4.0",
	        NONCOMMERCIAL, "acted", "Polish", "Nine actors." },
	{ "meld", "MELD", "S. Poria et al., ACL 2019", "GPL-3.0 for the annotations",
	        SERIES, "scripted television", "English, North American",
	        "Actors of a television series." },
	{ "dair-emotion", "dair-ai emotion", "E. Saravia et al., EMNLP 2018",
	        "education and research only", RESEARCH, "natural, written", "English",
	        "People who wrote on Twitter; who they are is not known." },
	{ "mosi", "CMU-MOSI", "A. Zadeh et al., 2016", "none stated with these vectors",
	        "Ask the authors before any use but research and teaching.",
	        "natural, before a camera", "English", "People who review films." },
	{ "emorynlp", "EmoryNLP", "S. M. Zahiri, J. D. Choi, AAAI workshops 2018",
	        "Apache-2.0 for the annotations", SERIES, "scripted television",
	        "English, North American", "Actors of a television series." },
	{ "mustard++", "MUStARD++", "A. Ray et al., LREC 2022", "none stated", SERIES,
	        "scripted television", "English, North American",
	        "Actors of television series." },
	{ "isear", "ISEAR", "K. R. Scherer, H. G. Wallbott, JPSP 66(2), 1994",
	        "CC BY-NC-SA 3.0", NONCOMMERCIAL, "natural, written, remembered",
	        "English, in part translated", "Students of 37 countries." },
	{ "goemotions", "GoEmotions", "D. Demszky et al., ACL 2020", "CC BY 4.0",
	        "Name the authors.", "natural, written", "English",
	        "People who wrote on Reddit, mostly young men." },
	{ "fer2013", "FER2013", "I. Goodfellow et al., ICONIP 2013", "none",
	        "Pictures of the web, whose owners were not asked: measure with them, and pass on neither them nor the weights.",
	        "posed and natural, as the web has them", "none",
	        "Faces that a search engine found; who they are is not known." },
	{ .name = NULL },
};

const CorpusAbout *about_find(const char *name)
{
	for (const CorpusAbout *about = corpora; about->name; about++)
		if (!strcmp(about->name, name))
			return about;
	return NULL;
}

void about_mark(Corpus *corpus, Arena *arena, const char *name)
{
	const CorpusAbout *about = about_find(name);
	if (!about || !corpus->count ||
	        corpus_extra(corpus, corpus->utterances, COLUMN_CORPUS))
		return;
	const char **values = ARENA_ARRAY(arena, const char *, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++)
		values[i] = about->name;
	corpus_add_column(corpus, arena, COLUMN_CORPUS, values);
}

StringSet about_sources(const Corpus *corpus, Arena *arena)
{
	StringSet names = stringset_new(arena);
	StageCeiling unused;
	if (stage_corpus_ceiling(corpus, STAGE_BOTH, &unused)) {
		stringset_add(&names, corpora[0].name);
		return names;
	}
	StringSet values = stringset_new(arena);
	for (int i = 0; i < corpus->count; i++) {
		const char *value =
		        corpus_extra(corpus, &corpus->utterances[i], COLUMN_CORPUS);
		stringset_add(&values, value && *value ? value : ABOUT_OWN);
	}
	for (int v = 0; v < values.count; v++) {
		int count;
		const char *const *parts =
		        list_split(arena, values.names[v], ' ', &count);
		for (int p = 0; p < count; p++)
			stringset_add(&names, parts[p]);
	}
	return names;
}
