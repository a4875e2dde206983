/* provenance.c: is it said where a result comes from, and is the test a fair one? */
#include "emotionnet/corpus/provenance.h"
#include "tensor/plot/escape.h"

const char provenance_paired[] =
        "Note: sentences and clips of this corpus were matched by label; nobody spoke these sentences so.\n";

bool corpus_paired(const Corpus *corpus)
{
	return corpus->count > 0 &&
	       corpus_extra(corpus, &corpus->utterances[0], "paired") != NULL;
}

bool provenance_check(Provenance *provenance, const Corpus *corpus, bool person,
        bool allow_leak, Error *error)
{
	*provenance = (Provenance){
		.source = corpus->source,
		.leak = corpus_leak(corpus),
		.paired = corpus_paired(corpus),
	};
	bool tested = provenance->leak.speaker && provenance->leak.split == SPLIT_TEST;
	if (!tested || !person || allow_leak)
		return true;
	return error_set(error,
	        "%s: speaker \"%s\" is in the train split and in the test split (%d such speakers). A model would be tested on people it knows. Hint: split by speaker, or --allow-speaker-leak, which every result then says.",
	        corpus->source, provenance->leak.speaker, provenance->leak.speakers);
}

void provenance_print(FILE *out, const Provenance *provenance)
{
	if (provenance->leak.speaker && provenance->leak.split == SPLIT_VALIDATION)
		terminal_print(out,
		        "Note: %d speakers are in the train split and in validation, such as \"%s\": its scores are too high, and training may go on for too long. The test's speakers are new.\n",
		        provenance->leak.speakers, provenance->leak.speaker);
	else if (provenance->leak.speaker)
		terminal_print(out,
		        "Note: %d speakers are in the train split and in another, such as \"%s\": the result says less about new speakers.\n",
		        provenance->leak.speakers, provenance->leak.speaker);
	if (provenance->paired)
		fputs(provenance_paired, out);
}
