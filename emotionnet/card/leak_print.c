/* leak_print.c: what leaks, as tables for people and as JSON for programs. */
#include "emotionnet/card/leak.h"

#include "tensor/file/json_write.h"

static void print_share(FILE *out, double share)
{
	if (share < 0)
		fprintf(out, " %9s", "-");
	else
		fprintf(out, " %9.3f", share);
}

void leak_print(FILE *out, const SpeakerLeak *leak)
{
	if (!leak->count) {
		fprintf(out, "Who speaks: not measured: %s.\n", leak->why);
		return;
	}
	const LeakRow *first = &leak->rows[0];
	fprintf(out,
	        "Who speaks: %d speakers, %d utterances. A linear probe learns to name the speaker\n"
	        "from half of ",
	        first->speakers, first->utterances);
	if (leak->sentences)
		fprintf(out, "the %d sentences", leak->sentences);
	else
		fprintf(out, "each speaker's utterances");
	fprintf(out, ", is tested on the other half, and the other way round.\n");
	if (leak->one_emotion > 0)
		fprintf(out,
		        "The emotion: UAR of such a probe, learnt on the train split, on the test split.\n");
	fprintf(out, "\n%42s %19s %19s\n", "", "names the speaker", "tells the emotion");
	fprintf(out, "%-33s %8s %9s %9s %9s %9s\n", "vectors", "numbers", "as is",
	        "levelled", "as is", "levelled");
	for (int r = 0; r < leak->count; r++) {
		const LeakRow *row = &leak->rows[r];
		fprintf(out, "%-18s %-14s %8d", row->modality,
		        row->encoded ? "by its encoder" : "as it is read", row->width);
		print_share(out, row->speaker[LEAK_AS_IS]);
		print_share(out, row->speaker[LEAK_LEVELLED]);
		print_share(out, row->emotion[LEAK_AS_IS]);
		print_share(out, row->emotion[LEAK_LEVELLED]);
		fputc('\n', out);
	}
	fprintf(out, "%-42s", "chance");
	print_share(out, first->commonest);
	print_share(out, first->commonest);
	double emotion = leak->one_emotion > 0 ? leak->one_emotion : -1;
	print_share(out, emotion);
	print_share(out, emotion);
	fprintf(out,
	        "\n\nLevelled: normalised by speaker, each number by the mean and deviation over all of his\nvectors, without their labels.\n");
}

void leak_print_json(FILE *out, const SpeakerLeak *leak)
{
	fprintf(out, "{\"sentences\":%d,\"vectors\":[", leak->sentences);
	for (int r = 0; r < leak->count; r++) {
		const LeakRow *row = &leak->rows[r];
		fprintf(out, "%s{\"modality\":\"%s\"", r ? "," : "", row->modality);
		json_put_flag(out, "encoded", row->encoded);
		json_put(out, "numbers", row->width);
		json_put(out, "utterances", row->utterances);
		json_put(out, "speakers", row->speakers);
		json_put_share(out, "chance", row->commonest);
		json_put_share(out, "speaker", row->speaker[LEAK_AS_IS]);
		json_put_share(out, "speaker_levelled", row->speaker[LEAK_LEVELLED]);
		if (row->emotion[LEAK_AS_IS] >= 0) {
			json_put_share(out, "emotion_uar", row->emotion[LEAK_AS_IS]);
			json_put_share(
			        out, "emotion_uar_levelled", row->emotion[LEAK_LEVELLED]);
		}
		fputc('}', out);
	}
	fputc(']', out);
	if (!leak->count)
		json_put_text(out, "why", leak->why);
	fputc('}', out);
}

void membership_print(FILE *out, const Membership *m)
{
	if (!m->inside || !m->outside) {
		fprintf(out,
		        "Who was in the training: not measured: it needs the train split that the model was trained on, and a test split.\n");
		return;
	}
	fprintf(out,
	        "Who was in the training: the loss tells an utterance of the train split from one of the\n"
	        "test split with an AUC of %.3f (95 %% %.3f to %.3f, had other %s been recorded;\n"
	        "0.5: not at all). Mean loss %.3f of %d, %.3f of %d.\n",
	        m->auc, m->interval.low, m->interval.high,
	        m->named ? "speakers" : "utterances", m->loss_inside, m->inside,
	        m->loss_outside, m->outside);
	if (!m->named)
		fprintf(out,
		        "Speakers are not named, so nobody can check that the model was trained on this train split.\n");
}

void membership_print_json(FILE *out, const Membership *m)
{
	if (!m->inside || !m->outside) {
		fputs("null", out);
		return;
	}
	fprintf(out, "{\"train\":%d,\"test\":%d", m->inside, m->outside);
	json_put_share(out, "auc", m->auc);
	fprintf(out, ",\"interval\":[");
	json_share(out, m->interval.low);
	fputc(',', out);
	json_share(out, m->interval.high);
	fputc(']', out);
	json_put_share(out, "loss_train", m->loss_inside);
	json_put_share(out, "loss_test", m->loss_outside);
	fputc('}', out);
}
