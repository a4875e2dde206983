#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- made-up folders ---------------------------------------------------------------- */

START_TEST(import_table_finds_its_importers)
{
	ck_assert_str_eq(importer_find("meld")->name, "meld");
	ck_assert_ptr_null(importer_find("nobody"));
	ck_assert(importer_has(importer_find("ravdess"), "fold"));
	ck_assert(!importer_has(importer_find("emodb"), "fold"));
	Arena *arena = arena_new("test");
	ck_assert_str_eq(importers_with(arena, "ekman"), "goemotions");
	arena_free(arena);
}
END_TEST

START_TEST(emodb_name_gives_all_that_is_known)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "wav");
	const char *wav = imports_write(arena, "wav/03a01Fa.wav", "");
	imports_write(arena, "wav/09b10Wc.wav", "");
	imports_write(arena, "wav/16a04Lb.wav", "");
	imports_write(arena, "wav/readme.txt", "");
	Corpus corpus = imports_made(arena, "emodb", (ImportOptions){ 0 });
	ck_assert_int_eq(corpus.count, 3);
	const Utterance *u = imports_find(&corpus, "03a01Fa");
	ck_assert_str_eq(u->speaker, "03");
	ck_assert_str_eq(u->label, "joy");
	ck_assert_str_eq(u->text, "Der Lappen liegt auf dem Eisschrank.");
	ck_assert_str_eq(u->wav, wav);
	ck_assert_int_eq(u->split, SPLIT_TEST);
	ck_assert(u->start == 0 && u->end < 0);
	ck_assert_str_eq(imports_extra(&corpus, "03a01Fa", "sex"), "male");
	ck_assert_str_eq(imports_extra(&corpus, "03a01Fa", "age"), "31");
	ck_assert_str_eq(imports_extra(&corpus, "03a01Fa", "sentence"), "a01");
	ck_assert_str_eq(imports_extra(&corpus, "03a01Fa", "version"), "a");
	ck_assert_ptr_null(imports_extra(&corpus, "03a01Fa", "recognised"));
	ck_assert_int_eq(imports_find(&corpus, "09b10Wc")->split, SPLIT_VALIDATION);
	ck_assert_str_eq(imports_find(&corpus, "09b10Wc")->label, "anger");
	ck_assert_int_eq(imports_find(&corpus, "16a04Lb")->split, SPLIT_TRAIN);
	ck_assert_str_eq(imports_find(&corpus, "16a04Lb")->label, "boredom");
	arena_free(arena);
}
END_TEST

START_TEST(emodb_listeners_are_read_from_their_table)
{
	Arena *arena = arena_new("test");
	imports_write(
	        arena, "03a01Fa.wav", ""); /* the clips may lie in the folder itself */
	imports_write(arena, "03a02Nc.wav", "");
	imports_write(arena, "erkennung.txt",
	        "Nr.\tSatz\terkannt\tnaturlich\n"
	        "3\xA0\xA0\t03a01Fa.wav\t92,50\xA0\xA0\xA0\t75,00\xA0\n");
	Corpus corpus = imports_made(arena, "emodb", (ImportOptions){ 0 });
	ck_assert_str_eq(imports_extra(&corpus, "03a01Fa", "recognised"), "0.925");
	ck_assert_str_eq(imports_extra(&corpus, "03a02Nc", "recognised"), "");
	imports_write(arena, "erkennung.txt", "Nr.\tSatz\n1\t03a01Fa.wav\tmany\n");
	imports_refuse(arena, "emodb", (ImportOptions){ 0 },
	        "erkennung.txt:2: expected number, clip and per cent recognised");
	arena_free(arena);
}
END_TEST

START_TEST(emodb_unusual_names_are_reported_or_skipped)
{
	static const char *const names[] = { "03a01Xa.wav", "07a01Fa.wav", "03a03Fa.wav",
		"03a01F.wav", "03a01Fab.wav", "noise.wav", "03a01FA.wav" };
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *path = imports_write(arena, names[i], "");
		imports_refuse(arena, "emodb", (ImportOptions){ 0 },
		        arena_format(
		                arena, "%s: expected a name such as 03a01Fa.wav", path));
		ck_assert_int_eq(remove(path), 0);
	}
	imports_refuse(arena, "emodb", (ImportOptions){ 0 },
	        "no utterance was found: expected clips whose names end in .wav");
	imports_write(arena, "03a01Xa.wav", "");
	imports_write(arena, "03a01Fa.wav", "");
	const char *said_path = arena_format(arena, "%s/said", harness_directory());
	FILE *said = fopen(said_path, "wb");
	Corpus corpus = imports_made(
	        arena, "emodb", (ImportOptions){ .skip_bad = true, .warnings = said });
	fclose(said);
	ck_assert_int_eq(corpus.count, 1);
	ck_assert_int_eq(corpus.skipped, 1);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, said_path, NULL));
	ASSERT_CONTAINS((const char *)bytes.data, "03a01Xa.wav: expected a name");
	arena_free(arena);
}
END_TEST

START_TEST(import_speakers_asked_for_make_the_splits)
{
	Arena *arena = arena_new("test");
	imports_write(arena, "03a01Fa.wav", "");
	imports_write(arena, "08a01Fa.wav", "");
	imports_write(arena, "09a01Fa.wav", "");
	imports_write(arena, "11a01Fa.wav", "");
	Corpus c = imports_made(
	        arena, "emodb", (ImportOptions){ .test_speakers = "11, 09" });
	ck_assert_int_eq(imports_find(&c, "11a01Fa")->split, SPLIT_TEST);
	ck_assert_int_eq(imports_find(&c, "09a01Fa")->split, SPLIT_TEST);
	ck_assert_int_eq(
	        imports_find(&c, "03a01Fa")->split, SPLIT_TRAIN); /* was in test */
	c = imports_made(arena, "emodb", (ImportOptions){ .validation_speakers = "" });
	ck_assert_int_eq(imports_find(&c, "09a01Fa")->split, SPLIT_TRAIN);
	ck_assert_int_eq(imports_find(&c, "03a01Fa")->split, SPLIT_TEST);
	c = imports_made(arena, "emodb",
	        (ImportOptions){ .test_speakers = "08", .validation_speakers = "03" });
	ck_assert_int_eq(imports_find(&c, "03a01Fa")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "08a01Fa")->split, SPLIT_TEST);
	ck_assert_int_eq(imports_find(&c, "09a01Fa")->split, SPLIT_TRAIN);
	imports_refuse(arena, "emodb", (ImportOptions){ .test_speakers = "3" },
	        "there is no speaker \"3\". There are: 03, 08, 09, 11");
	imports_refuse(arena, "emodb",
	        (ImportOptions){ .test_speakers = "03", .validation_speakers = "08,03" },
	        "speaker \"03\" is asked for in test and in validation");
	arena_free(arena);
}
END_TEST

START_TEST(ravdess_name_gives_all_that_is_known)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "Actor_12");
	imports_write(arena, "Actor_12/03-01-06-02-02-01-12.wav", "");
	imports_write(arena, "03-01-03-01-01-02-02.wav", "");
	imports_write(arena, "03-01-01-01-01-01-03.wav", "");
	imports_write(arena, "03-02-01-01-01-01-03.wav", ""); /* a song */
	imports_write(arena, "01-01-01-01-01-01-03.wav", ""); /* a video's sound */
	Corpus c = imports_made(arena, "ravdess", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 3);
	ck_assert_int_eq(c.skipped, 0);
	const Utterance *u = imports_find(&c, "03-01-06-02-02-01-12");
	ck_assert_str_eq(u->speaker, "12");
	ck_assert_str_eq(u->label, "fear");
	ck_assert_str_eq(u->text, "Dogs are sitting by the door");
	ASSERT_CONTAINS(u->wav, "/Actor_12/03-01-06-02-02-01-12.wav");
	ck_assert_int_eq(u->split, SPLIT_TRAIN);
	ck_assert_str_eq(imports_extra(&c, u->id, "intensity"), "strong");
	ck_assert_str_eq(imports_extra(&c, u->id, "statement"), "2");
	ck_assert_str_eq(imports_extra(&c, u->id, "repetition"), "1");
	ck_assert_str_eq(imports_extra(&c, u->id, "sex"), "female");
	/* fold 1 holds actor 2, fold 2 actor 3, fold 3 actor 12 */
	ck_assert_int_eq(imports_find(&c, "03-01-03-01-01-02-02")->split, SPLIT_TEST);
	ck_assert_int_eq(
	        imports_find(&c, "03-01-01-01-01-01-03")->split, SPLIT_VALIDATION);
	c = imports_made(arena, "ravdess", (ImportOptions){ .fold = 5 });
	ck_assert_int_eq(
	        imports_find(&c, "03-01-03-01-01-02-02")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "03-01-01-01-01-01-03")->split, SPLIT_TRAIN);
	imports_refuse(arena, "ravdess", (ImportOptions){ .fold = 6 },
	        "fold 6: expected 1 to 5");
	arena_free(arena);
}
END_TEST

START_TEST(ravdess_unusual_names_and_doubles_are_reported)
{
	static const char *const names[] = { "03-01-09-01-01-01-01.wav",
		"03-01-01-01-01-01-25.wav", "03-01-01-03-01-01-01.wav", "03-01-01.wav",
		"03-01-01-01-01-01-01-01.wav", "03_01_01_01_01_01_01.wav",
		"00-01-01-01-01-01-01.wav" };
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *path = imports_write(arena, names[i], "");
		imports_refuse(arena, "ravdess", (ImportOptions){ 0 },
		        arena_format(arena,
		                "%s: expected a name such as 03-01-06-01-02-01-12.wav",
		                path));
		ck_assert_int_eq(remove(path), 0);
	}
	/* one published archive holds every clip in two folders */
	imports_folder(arena, "copy");
	const char *second = imports_write(arena, "copy/03-01-01-01-01-01-01.wav", "");
	const char *first = imports_write(arena, "03-01-01-01-01-01-01.wav", "");
	imports_refuse(arena, "ravdess", (ImportOptions){ 0 },
	        arena_format(arena,
	                "%s: there is another \"03-01-01-01-01-01-01\" already: %s",
	                second, first));
	arena_free(arena);
}
END_TEST

#define MELD_HEADER                                                                      \
	"Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,"    \
	"Episode,StartTime,EndTime\r\n"

static void write_meld(Arena *arena, const char *train_rows)
{
	imports_write(arena, "train_sent_emo.csv",
	        arena_format(arena, "%s%s", MELD_HEADER, train_rows));
	imports_write(arena, "dev_sent_emo.csv",
	        MELD_HEADER "1,\"Oh, it’s you\",Ross,joy,positive,0,1,4,7,a,b\r\n");
	imports_write(arena, "test_sent_emo.csv",
	        MELD_HEADER "1,No!,Monica,anger,negative,0,1,4,7,a,b\r\n");
}

START_TEST(meld_tables_become_utterances)
{
	Arena *arena = arena_new("test");
	write_meld(arena, "7,What?,Ross,surprise,negative,3,2,4,9,a,b\r\n");
	Corpus c = imports_made(arena, "meld", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 3);
	const Utterance *u = imports_find(&c, "train_dia3_utt2");
	ck_assert_str_eq(u->text, "What?");
	ck_assert_str_eq(u->speaker, "Ross");
	ck_assert_str_eq(u->label, "surprise");
	ck_assert_str_eq(u->wav, "");
	ck_assert_int_eq(u->split, SPLIT_TRAIN);
	ck_assert_str_eq(imports_extra(&c, u->id, "sentiment"), "negative");
	ck_assert_str_eq(imports_extra(&c, u->id, "dialogue"), "3");
	ck_assert_str_eq(imports_extra(&c, u->id, "utterance"), "2");
	ck_assert_str_eq(imports_extra(&c, u->id, "season"), "4");
	ck_assert_str_eq(imports_extra(&c, u->id, "episode"), "9");
	ck_assert_str_eq(imports_find(&c, "dev_dia0_utt1")->text, "Oh, it’s you");
	ck_assert_int_eq(imports_find(&c, "dev_dia0_utt1")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "test_dia0_utt1")->split, SPLIT_TEST);
	c = imports_made(arena, "meld", (ImportOptions){ .test_speakers = "Ross" });
	ck_assert_int_eq(imports_find(&c, "dev_dia0_utt1")->split, SPLIT_TEST);
	ck_assert_int_eq(imports_find(&c, "test_dia0_utt1")->split, SPLIT_TRAIN);
	arena_free(arena);
}
END_TEST

START_TEST(meld_clips_beside_the_tables_are_found)
{
	Arena *arena = arena_new("test");
	write_meld(arena, "1,What?,Ross,surprise,negative,3,2,4,9,a,b\r\n"
	                  "2,Hm,Ross,neutral,neutral,3,3,4,9,a,b\r\n");
	imports_folder(arena, "train_splits");
	imports_folder(arena, "dev");
	const char *wav = imports_write(arena, "train_splits/dia3_utt2.wav", "");
	imports_write(arena, "dev/dia0_utt1.mp4", ""); /* a video is no sound */
	imports_refuse(arena, "meld", (ImportOptions){ 0 }, "train_sent_emo.csv:3: clip");
	imports_refuse(arena, "meld", (ImportOptions){ 0 },
	        "train_splits/dia3_utt3.wav\" cannot be opened");
	const char *said_path = arena_format(arena, "%s/said", harness_directory());
	FILE *said = fopen(said_path, "wb");
	Corpus c = imports_made(
	        arena, "meld", (ImportOptions){ .skip_bad = true, .warnings = said });
	fclose(said);
	ck_assert_int_eq(c.count, 3);
	ck_assert_int_eq(c.skipped, 1);
	ck_assert_str_eq(imports_find(&c, "train_dia3_utt2")->wav, wav);
	ck_assert_str_eq(imports_find(&c, "dev_dia0_utt1")->wav, "");
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, said_path, NULL));
	ASSERT_CONTAINS((const char *)bytes.data, "dev: 1 .mp4 but no .wav");
	arena_free(arena);
}
END_TEST

START_TEST(meld_bad_tables_name_the_row)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "meld", (ImportOptions){ 0 }, "train_sent_emo.csv");
	write_meld(arena, "1,What?,Ross,astonishment,negative,3,2,4,9,a,b\r\n");
	imports_refuse(arena, "meld", (ImportOptions){ 0 },
	        "train_sent_emo.csv:2: Emotion: expected neutral, surprise, fear, sadness, joy, disgust or anger, found \"astonishment\"");
	write_meld(arena, "1,What?,Ross,joy,negative,3,2,4,9,a,b\r\n"
	                  "2,What?,Ross,joy,negative,3,2,4,9,a,b\r\n");
	imports_refuse(arena, "meld", (ImportOptions){ 0 },
	        "train_sent_emo.csv:3: there is another \"train_dia3_utt2\" already");
	write_meld(arena, "1,What\xE9s,Ross,joy,negative,3,2,4,9,a,b\r\n");
	imports_refuse(arena, "meld", (ImportOptions){ 0 },
	        "train_sent_emo.csv:2: byte 108: expected UTF-8, found 0xE9");
	write_meld(arena, "1, ,Ross,joy,negative,3,2,4,9,a,b\r\n");
	imports_refuse(arena, "meld", (ImportOptions){ 0 },
	        "train_sent_emo.csv:2: expected words, found none, and no clip");
	imports_write(arena, "dev_sent_emo.csv", "Utterance,Speaker\n");
	write_meld(arena, "");
	imports_write(arena, "dev_sent_emo.csv", "Utterance,Speaker\n");
	imports_refuse(arena, "meld", (ImportOptions){ 0 },
	        "dev_sent_emo.csv:1: the header lacks the columns \"Emotion\", \"Sentiment\"");
	arena_free(arena);
}
END_TEST

/* --- the corpora themselves --------------------------------------------------------- */

START_TEST(emodb_itself_has_its_published_counts)
{
	static const struct {
		const char *label;
		int count;
	} published[] = { { "anger", 127 }, { "boredom", 81 }, { "disgust", 46 },
		{ "fear", 69 }, { "joy", 71 }, { "sadness", 62 }, { "neutral", 79 } };
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "emodb");
	if (folder) {
		Corpus c = imports_real(arena, "emodb", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(c.count, 535);
		for (int i = 0; i < 7; i++)
			ck_assert_int_eq(imports_count(&c, published[i].label),
			        published[i].count);
		ck_assert_ptr_null(corpus_leak(&c).speaker);
		ck_assert_str_eq(imports_extra(&c, "03a01Fa", "recognised"), "0.9");
		for (int i = 0; i < c.count; i++)
			ck_assert_str_ne(
			        corpus_extra(&c, &c.utterances[i], "recognised"), "");
	}
	arena_free(arena);
}
END_TEST

START_TEST(ravdess_itself_imports_whole)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "ravdess");
	if (folder) {
		Corpus c = imports_real(arena, "ravdess", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(c.count % 60, 0); /* a whole actor is 60 clips */
		int actors = c.count / 60;
		ck_assert_int_eq(imports_count(&c, "neutral"), 4 * actors);
		ck_assert_int_eq(imports_count(&c, "surprise"), 8 * actors);
	}
	arena_free(arena);
}
END_TEST

START_TEST(meld_itself_has_its_published_counts)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "meld");
	if (folder) {
		Corpus c = imports_real(arena, "meld", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(corpus_count(&c, SPLIT_TRAIN), 9989);
		ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 1109);
		ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 2610);
		ck_assert_int_eq(imports_count(&c, "neutral"), 4710 + 470 + 1256);
		ck_assert_int_eq(corpus_labels(&c, SPLIT_COUNT, arena).count, 7);
		ASSERT_CONTAINS(
		        imports_find(&c, "train_dia0_utt1")->text, "You must’ve had");
	}
	arena_free(arena);
}
END_TEST

/* Written and read again, MELD is the same: the reader, the writer and the importer
 * agree. */
START_TEST(meld_itself_survives_its_manifest)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "meld");
	if (folder) {
		Corpus made = imports_real(arena, "meld", folder, (ImportOptions){ 0 }),
		       read;
		Error error;
		const char *path =
		        arena_format(arena, "%s/meld.csv", harness_directory());
		FILE *out = fopen(path, "wb");
		ck_assert(corpus_write(&made, out, &error));
		fclose(out);
		bool done = corpus_read(&read, arena, path, false, NULL, &error);
		ck_assert_msg(done, "%s", error.text);
		ck_assert_int_eq(read.count, made.count);
		for (int i = 0; i < made.count; i++) {
			ck_assert_str_eq(
			        read.utterances[i].text, made.utterances[i].text);
			ck_assert_str_eq(
			        read.utterances[i].speaker, made.utterances[i].speaker);
		}
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import", import_table_finds_its_importers, emodb_name_gives_all_that_is_known,
        emodb_listeners_are_read_from_their_table,
        emodb_unusual_names_are_reported_or_skipped,
        import_speakers_asked_for_make_the_splits, ravdess_name_gives_all_that_is_known,
        ravdess_unusual_names_and_doubles_are_reported, meld_tables_become_utterances,
        meld_clips_beside_the_tables_are_found, meld_bad_tables_name_the_row,
        emodb_itself_has_its_published_counts, ravdess_itself_imports_whole,
        meld_itself_has_its_published_counts, meld_itself_survives_its_manifest)
