/* TESS, SAVEE, CREMA-D, IEMOCAP and nEMO, each made in small as it is published. */
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What the importer says while it makes the corpus. */
static Corpus made_saying(
        Arena *arena, const char *name, ImportOptions options, const char **said)
{
	const char *path = arena_format(arena, "%s/said", harness_directory());
	options.warnings = fopen(path, "wb");
	Corpus corpus = imports_made(arena, name, options);
	fclose(options.warnings);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	*said = (const char *)bytes.data;
	return corpus;
}

/* Each name, alone in the folder, is refused with `expected`. */
static void refuse_names(Arena *arena, const char *importer, const char *const names[],
        const char *expected)
{
	for (; *names; names++) {
		const char *path = imports_write(arena, *names, "");
		imports_refuse(arena, importer, (ImportOptions){ 0 },
		        arena_format(arena, "%s: %s", path, expected));
		ck_assert_int_eq(remove(path), 0);
	}
}

/* --- TESS --------------------------------------------------------------------------- */

START_TEST(tess_name_gives_all_that_is_known)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "OAF_neutral");
	imports_folder(arena, "YAF_pleasant_surprised");
	const char *wav = imports_write(arena, "OAF_neutral/OA_bite_neutral.wav", "");
	imports_write(arena, "YAF_pleasant_surprised/YAF_back_ps.wav", "");
	Corpus c = imports_made(arena, "tess", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 2);
	const Utterance *u = imports_find(&c, "OAF_bite_neutral");
	ck_assert_str_eq(u->speaker, "OAF");
	ck_assert_str_eq(u->label, "neutral");
	ck_assert_str_eq(u->text, "Say the word bite.");
	ck_assert_str_eq(u->wav, wav);
	ck_assert_str_eq(imports_extra(&c, u->id, "word"), "bite");
	ck_assert_str_eq(imports_extra(&c, u->id, "age"), "64");
	ck_assert_str_eq(imports_extra(&c, u->id, "sex"), "female");
	u = imports_find(&c, "YAF_back_ps");
	ck_assert_str_eq(u->label, "surprise");
	ck_assert_int_eq(u->split, SPLIT_TEST);
	arena_free(arena);
}
END_TEST

/* Ten words in two emotions and both voices: the seventh validates, where its speaker is
 * not the test. */
START_TEST(tess_words_validate_in_all_emotions)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < 40; i++)
		imports_write(arena,
		        arena_format(arena, "%s_%c_%s.wav", i % 2 ? "OAF" : "YAF",
		                'a' + i / 4, i & 2 ? "sad" : "happy"),
		        "");
	Corpus c = imports_made(arena, "tess", (ImportOptions){ 0 });
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 20);
	ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 2);
	ck_assert_int_eq(imports_find(&c, "OAF_g_sad")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "OAF_g_happy")->split, SPLIT_VALIDATION);
	c = imports_made(arena, "tess", (ImportOptions){ .test_speakers = "OAF" });
	ck_assert_int_eq(imports_find(&c, "OAF_g_sad")->split, SPLIT_TEST);
	ck_assert_int_eq(imports_find(&c, "YAF_g_sad")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "YAF_a_sad")->split, SPLIT_TRAIN);
	arena_free(arena);
}
END_TEST

START_TEST(tess_unusual_names_and_doubles_are_refused)
{
	static const char *const names[] = { "XAF_back_sad.wav", "OAF_back_cross.wav",
		"OAF_back.wav", "OAF__sad.wav", "OAF_back_sad_2.wav", "OAF_b1_sad.wav",
		NULL };
	Arena *arena = arena_new("test");
	refuse_names(arena, "tess", names, "expected a name such as OAF_back_angry.wav");
	/* one archive holds all clips twice */
	imports_folder(arena, "again");
	const char *second = imports_write(arena, "again/OAF_back_sad.wav", "");
	const char *first = imports_write(arena, "OAF_back_sad.wav", "");
	imports_refuse(arena, "tess", (ImportOptions){ 0 },
	        arena_format(arena, "%s: there is another \"OAF_back_sad\" already: %s",
	                second, first));
	Corpus c = imports_made(arena, "tess", (ImportOptions){ .skip_bad = true });
	ck_assert_int_eq(c.count, 1);
	ck_assert_int_eq(c.skipped, 1);
	arena_free(arena);
}
END_TEST

START_TEST(clips_of_another_kind_are_named)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "tess", (ImportOptions){ 0 },
	        "no utterance was found: expected clips whose names end in .wav, in this folder or up to 3 levels below, found none");
	imports_write(arena, "OAF_back_sad.flac", "");
	imports_refuse(arena, "tess", (ImportOptions){ 0 },
	        "no clip whose name ends in .wav, but 1 in .flac. This converts them, in each folder: for f in *.flac; do ffmpeg -i \"$f\" \"${f%.flac}.wav\"; done");
	arena_free(arena);
}
END_TEST

/* --- SAVEE -------------------------------------------------------------------------- */

START_TEST(savee_names_and_folders_of_speakers_are_read)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "KL");
	imports_write(arena, "KL/sa07.wav", "");
	imports_write(arena, "JK_n30.wav", "");
	imports_write(arena, "DC_a01.wav", "");
	Corpus c = imports_made(arena, "savee", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 3);
	const Utterance *u = imports_find(&c, "KL_sa07");
	ck_assert_str_eq(u->label, "sadness");
	ck_assert_str_eq(u->text, "");
	ck_assert_int_eq(u->split, SPLIT_TEST);
	ck_assert_str_eq(imports_extra(&c, u->id, "sentence"), "sa07");
	ck_assert_str_eq(imports_extra(&c, u->id, "sex"), "male");
	ck_assert_str_eq(imports_find(&c, "JK_n30")->label, "neutral");
	ck_assert_int_eq(imports_find(&c, "JK_n30")->split, SPLIT_VALIDATION);
	ck_assert_int_eq(imports_find(&c, "DC_a01")->split, SPLIT_TRAIN);
	arena_free(arena);
}
END_TEST

START_TEST(savee_unusual_names_are_refused)
{
	static const char *const names[] = { "DC_a16.wav", "DC_a00.wav", "DC_x01.wav",
		"DC_n31.wav", "XX_a01.wav", "a01.wav", "DC_a1.wav", "DC_a011.wav",
		"DC_.wav", NULL };
	Arena *arena = arena_new("test");
	refuse_names(arena, "savee", names, "expected a name such as DC_a01.wav");
	arena_free(arena);
}
END_TEST

/* --- CREMA-D ------------------------------------------------------------------------ */

START_TEST(cremad_name_and_table_give_all_that_is_known)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "AudioWAV");
	for (int actor = 1001; actor <= 1020; actor++)
		imports_write(arena,
		        arena_format(arena, "AudioWAV/%d_IEO_ANG_HI.wav", actor), "");
	imports_write(arena, "AudioWAV/1040_ITH_SAD_X.wav", "");
	Corpus c = imports_made(arena, "cremad", (ImportOptions){ .seed = 1 });
	ck_assert_int_eq(c.count, 21);
	ck_assert_ptr_null(corpus_leak(&c).speaker);
	ck_assert_int_eq(corpus_count(&c, SPLIT_TRAIN), 15);
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 3);
	ck_assert_ptr_null(imports_extra(&c, "1001_IEO_ANG_HI", "sex"));
	const Utterance *u = imports_find(&c, "1040_ITH_SAD_X");
	ck_assert_str_eq(u->speaker, "1040");
	ck_assert_str_eq(u->label, "sadness");
	ck_assert_str_eq(u->text, "I think I have a doctor's appointment.");
	ck_assert_str_eq(imports_extra(&c, u->id, "intensity"), "");
	ck_assert_str_eq(imports_extra(&c, "1001_IEO_ANG_HI", "intensity"), "high");
	imports_write(arena, "VideoDemographics.csv",
	        "ActorID,Age,Sex,Race,Ethnicity\n1001,51,Male,Caucasian,Not Hispanic\n"
	        "1002,21,Female,Caucasian,Not Hispanic\n");
	c = imports_made(arena, "cremad", (ImportOptions){ .seed = 1 });
	ck_assert_str_eq(imports_extra(&c, "1001_IEO_ANG_HI", "sex"), "male");
	ck_assert_str_eq(imports_extra(&c, "1002_IEO_ANG_HI", "age"), "21");
	ck_assert_str_eq(imports_extra(&c, "1003_IEO_ANG_HI", "sex"), "");
	c = imports_made(arena, "cremad",
	        (ImportOptions){ .test_speakers = "1001,1002", .seed = 1 });
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 2);
	arena_free(arena);
}
END_TEST

START_TEST(cremad_unusual_names_and_tables_are_refused)
{
	static const char *const names[] = { "1001_DFA_ANG_YY.wav", "101_DFA_ANG_XX.wav",
		"10x1_DFA_ANG_XX.wav", "1001_AAA_ANG_XX.wav", "1001_DFA_SUR_XX.wav",
		"1001_DFA_ANG.wav", NULL };
	Arena *arena = arena_new("test");
	refuse_names(
	        arena, "cremad", names, "expected a name such as 1001_DFA_ANG_XX.wav");
	imports_write(arena, "1001_DFA_ANG_XX.wav", "");
	imports_write(arena, "VideoDemographics.csv", "ActorID,Sex\n1001,Male\n");
	imports_refuse(arena, "cremad", (ImportOptions){ 0 },
	        "VideoDemographics.csv:1: the header lacks the column \"Age\"");
	imports_write(arena, "VideoDemographics.csv", "ActorID,Age,Sex\n1001,20,M\n");
	imports_refuse(arena, "cremad", (ImportOptions){ 0 },
	        "VideoDemographics.csv:2: expected each actor once, and Male or Female");
	arena_free(arena);
}
END_TEST

/* --- IEMOCAP ------------------------------------------------------------------------ */

/* One dialogue of a session: the lines of its evaluation, words and clips. */
static void write_session(Arena *arena, int session, const char *evaluation)
{
	const char *dialogue = arena_format(arena, "Ses0%dF_impro01", session);
	static const char *const folders[] = { "", "/dialog", "/dialog/EmoEvaluation",
		"/dialog/transcriptions", "/sentences", "/sentences/wav" };
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		imports_folder(
		        arena, arena_format(arena, "Session%d%s", session, folders[i]));
	imports_folder(arena,
	        arena_format(arena, "Session%d/sentences/wav/%s", session, dialogue));
	imports_write(arena,
	        arena_format(arena, "Session%d/dialog/EmoEvaluation/%s.txt", session,
	                dialogue),
	        arena_format(arena,
	                "%% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n%s",
	                evaluation));
	imports_write(arena,
	        arena_format(arena, "Session%d/dialog/transcriptions/%s.txt", session,
	                dialogue),
	        arena_format(arena,
	                "%s_F000 [006.2901-008.2357]: Excuse me.\r\nF: a note\n"
	                "%s_M001 [008.3000-010.0000]: Yeah: what?\n",
	                dialogue, dialogue));
	for (int i = 0; i < 3; i++)
		imports_write(arena,
		        arena_format(arena, "Session%d/sentences/wav/%s/%s_%s.wav",
		                session, dialogue, dialogue,
		                i == 0   ? "F000"
		                : i == 1 ? "M001"
		                         : "M002"),
		        "");
}

static const char *evaluation(Arena *arena, int session)
{
	return arena_format(arena,
	        "[6.2901 - 8.2357]\tSes0%dF_impro01_F000\texc\t[2.5000, 3.0000, 4.0000]\n"
	        "C-E2:\tNeutral;\t()\nA-E3:\tval 3; act 2; dom  2;\t()\n\n"
	        "[8.3000 - 10.0000]\tSes0%dF_impro01_M001\tneu\t[2.0000, 2.5000, 2.6667]\n"
	        "[11.0000 - 12.0000]\tSes0%dF_impro01_M002\tfru\t[1.5000, 2.5000, 2.5000]\n"
	        "[13.0000 - 14.0000]\tSes0%dF_impro01_M003\txxx\t[1.5000, 2.5000, 2.5000]\n",
	        session, session, session, session);
}

START_TEST(iemocap_as_released_gives_four_classes)
{
	Arena *arena = arena_new("test");
	const char *said;
	for (int s = 1; s <= 5; s++)
		write_session(arena, s, evaluation(arena, s));
	Corpus c = made_saying(arena, "iemocap", (ImportOptions){ 0 }, &said);
	ck_assert_int_eq(c.count, 10);
	ASSERT_CONTAINS(said, "10 utterances of other emotions, or of which listeners");
	const Utterance *u = imports_find(&c, "Ses05F_impro01_F000");
	ck_assert_str_eq(u->speaker, "Ses05F");
	ck_assert_str_eq(u->label, "joy");
	ck_assert_str_eq(u->text, "Excuse me.");
	ASSERT_CONTAINS(
	        u->wav, "/Session5/sentences/wav/Ses05F_impro01/Ses05F_impro01_F000.wav");
	ck_assert_int_eq(u->split, SPLIT_TEST);
	ck_assert_str_eq(imports_extra(&c, u->id, "session"), "5");
	ck_assert(!strcmp(imports_extra(&c, u->id, "sex"),
	        strchr(u->speaker, 'F') ? "female" : "male"));
	ck_assert_str_eq(imports_extra(&c, u->id, "dialogue"), "Ses05F_impro01");
	ck_assert_str_eq(imports_extra(&c, u->id, "kind"), "impro");
	ck_assert_str_eq(imports_extra(&c, u->id, "arousal"), "3");
	u = imports_find(&c, "Ses01F_impro01_M001");
	ck_assert_str_eq(u->speaker, "Ses01M");
	ck_assert_str_eq(u->text, "Yeah: what?");
	ck_assert_int_eq(u->split, SPLIT_VALIDATION);
	ck_assert_ptr_null(corpus_leak(&c).speaker);
	c = imports_made(arena, "iemocap", (ImportOptions){ .fold = 2 });
	ck_assert_int_eq(imports_find(&c, "Ses02F_impro01_F000")->split, SPLIT_TEST);
	ck_assert_int_eq(
	        imports_find(&c, "Ses03F_impro01_F000")->split, SPLIT_VALIDATION);
	c = imports_made(arena, "iemocap", (ImportOptions){ .emotions = "all" });
	ck_assert_int_eq(c.count, 15); /* without the five that nobody agreed on */
	ck_assert_str_eq(imports_find(&c, "Ses01F_impro01_F000")->label, "excitement");
	ck_assert_str_eq(imports_find(&c, "Ses01F_impro01_M002")->label, "frustration");
	ck_assert_str_eq(imports_find(&c, "Ses01F_impro01_M002")->text, "");
	arena_free(arena);
}
END_TEST

START_TEST(iemocap_that_is_not_as_released_is_refused)
{
	Arena *arena = arena_new("test");
	const char *said;
	imports_refuse(arena, "iemocap", (ImportOptions){ 0 },
	        "expected folders Session1 to Session5, as in IEMOCAP_full_release");
	imports_refuse(arena, "iemocap", (ImportOptions){ .emotions = "some" },
	        "emotions \"some\": expected four or all");
	imports_refuse(arena, "iemocap", (ImportOptions){ .fold = 6 }, "expected 1 to 5");
	write_session(arena, 3,
	        "[1.0 - 2.0]\tSes03F_impro01_F000\tneu\t[2.5, 3.0]\n"
	        "[1.0 - 2.0]\tSes03F_impro01_F000\tglad\t[2.5, 3.0, 4.0]\n"
	        "[1.0 - 2.0]\tSes02F_impro01_F000\tneu\t[2.5, 3.0, 4.0]\n"
	        "[1.0 - 2.0]\tSes03F_impro01_X000\tneu\t[2.5, 3.0, 4.0]\n"
	        "[1.0 - 2.0]\tSes03F_impro01_F009\tneu\t[2.5, 3.0, 4.0]\n"
	        "[1.0 - 2.0]\tSes03F_impro01_F000\tang\t[2.5, 3.0, 4.0]\n"
	        "[1.0 - 2.0]\tSes03F_impro01_F000\tang\t[2.5, 3.0, 4.0]\n");
	imports_refuse(arena, "iemocap", (ImportOptions){ 0 },
	        "Ses03F_impro01.txt:3: expected [start - end], an utterance, one of ang");
	Corpus c =
	        made_saying(arena, "iemocap", (ImportOptions){ .skip_bad = true }, &said);
	ck_assert_int_eq(c.count, 1);
	ck_assert_int_eq(c.skipped, 6);
	ASSERT_CONTAINS(said, "has 1 of the 5 sessions");
	ASSERT_CONTAINS(said, ":4: expected [start - end]");
	ASSERT_CONTAINS(said,
	        ":5: expected an utterance such as Ses03F_impro01_F000, found \"Ses02F");
	ASSERT_CONTAINS(said, ":6: expected an utterance such as Ses03F_impro01_F000");
	ASSERT_CONTAINS(said, ":7: clip \"");
	ASSERT_CONTAINS(said, ":9: there is another \"Ses03F_impro01_F000\" already");
	arena_free(arena);
}
END_TEST

/* --- nEMO --------------------------------------------------------------------------- */

#define NEMO_HEADER                                                                      \
	"file_id\temotion\traw_text\tnormalized_text\tspeaker_id\tgender\tage\n"

START_TEST(nemo_table_and_samples_become_utterances)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "samples");
	const char *wav = imports_write(arena, "samples/EB0_happiness_3.wav", "");
	imports_write(arena, "samples/WR0_surprised_3.wav", "");
	imports_write(arena, "samples/AB0_neutral_3.wav", "");
	imports_write(arena, "data.tsv",
	        NEMO_HEADER
	        "EB0_happiness_3.wav\thappiness\tCóż, idę.\tcóż idę\t   EB0\tfemale\t27\n"
	        "WR0_surprised_3.wav\tsurprised\tCóż, idę.\tcóż idę\tWR0\tmale\t23\n"
	        "AB0_neutral_3.wav\tneutral\tCóż, idę.\tcóż idę\tAB0\tmale\t40\n");
	Corpus c = imports_made(arena, "nemo", (ImportOptions){ .seed = 1 });
	ck_assert_int_eq(c.count, 3);
	const Utterance *u = imports_find(&c, "EB0_happiness_3");
	ck_assert_str_eq(u->speaker, "EB0");
	ck_assert_str_eq(u->label, "joy");
	ck_assert_str_eq(u->text, "Cóż, idę.");
	ck_assert_str_eq(u->wav, wav);
	ck_assert_str_eq(imports_extra(&c, u->id, "sex"), "female");
	ck_assert_str_eq(imports_extra(&c, u->id, "age"), "27");
	ck_assert_str_eq(imports_find(&c, "WR0_surprised_3")->label, "surprise");
	for (Split s = 0; s < SPLIT_COUNT; s++)
		ck_assert_int_eq(corpus_count(&c, s), 1);
	imports_write(arena, "data.tsv",
	        NEMO_HEADER "EB0_happiness_3.wav\tglee\tx\tx\tEB0\tfemale\t27\n");
	imports_refuse(arena, "nemo", (ImportOptions){ 0 },
	        "data.tsv:2: emotion: expected anger, fear, happiness, neutral, sadness or surprised, found \"glee\"");
	imports_write(arena, "data.tsv",
	        NEMO_HEADER "EB0_anger_9.wav\tanger\tx\tx\tEB0\tfemale\t27\n");
	imports_refuse(arena, "nemo", (ImportOptions){ 0 }, "data.tsv:2: clip \"");
	imports_write(arena, "data.tsv", "file_id\temotion\n");
	imports_refuse(
	        arena, "nemo", (ImportOptions){ 0 }, "the header lacks the columns");
	arena_free(arena);
}
END_TEST

START_TEST(nemo_itself_imports)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "nemo");
	if (folder) {
		Corpus c = imports_real(arena, "nemo", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(corpus_labels(&c, SPLIT_COUNT, arena).count, 6);
		ck_assert_str_eq(imports_find(&c, "EB0_neutral_13")->text,
		        "Interesuje mnie historia Polski.");
		ck_assert_str_eq(imports_find(&c, "EB0_neutral_13")->speaker, "EB0");
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import_speech", tess_name_gives_all_that_is_known,
        tess_words_validate_in_all_emotions, tess_unusual_names_and_doubles_are_refused,
        clips_of_another_kind_are_named, savee_names_and_folders_of_speakers_are_read,
        savee_unusual_names_are_refused, cremad_name_and_table_give_all_that_is_known,
        cremad_unusual_names_and_tables_are_refused,
        iemocap_as_released_gives_four_classes,
        iemocap_that_is_not_as_released_is_refused,
        nemo_table_and_samples_become_utterances, nemo_itself_imports)
