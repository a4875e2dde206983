/* Corpora of text alone, each made up in the layout in which it is published. */
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <stdio.h>
#include <string.h>

/* --- EmoryNLP ----------------------------------------------------------------------- */

#define EMORY_HEADER                                                                     \
	"Utterance,Speaker,Emotion,Scene_ID,Utterance_ID,Season,Episode,Start_Time,End_Time\n"

static void write_emorynlp(Arena *arena, const char *name, const char *train_rows)
{
	static const char *const parts[] = { "dev", "test" };
	const char *path = arena_format(arena, name, "train");
	imports_write(arena, path, arena_format(arena, "%s%s", EMORY_HEADER, train_rows));
	for (int i = 0; i < 2; i++)
		imports_write(arena, arena_format(arena, name, parts[i]),
		        EMORY_HEADER "Hi.,['Joey Tribbiani'],Peaceful,4,1,1,1,a,b\n");
}

START_TEST(emorynlp_tables_become_utterances)
{
	Arena *arena = arena_new("test");
	write_emorynlp(arena, "%s.csv",
	        "\"Oh, yeah!\",['Ross Geller'],Joyful,4,1,1,2,a,b\n"
	        "No!,\"['Ross Geller', \"\"Phoebe's Assistant\"\"]\",Mad,4,2,1,2,a,b\n");
	Corpus c = imports_made(arena, "emorynlp", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 4);
	const Utterance *u = imports_find(&c, "train_s1e2_scene4_utt1");
	ck_assert_str_eq(u->text, "Oh, yeah!");
	ck_assert_str_eq(u->speaker, "Ross Geller");
	ck_assert_str_eq(u->label, "joy");
	ck_assert_int_eq(u->split, SPLIT_TRAIN);
	ck_assert_str_eq(imports_extra(&c, u->id, "scene"), "4");
	ck_assert_str_eq(imports_extra(&c, u->id, "episode"), "2");
	u = imports_find(&c, "train_s1e2_scene4_utt2");
	ck_assert_str_eq(u->speaker, "Ross Geller, Phoebe's Assistant");
	ck_assert_str_eq(u->label, "anger");
	ck_assert_int_eq(
	        imports_find(&c, "dev_s1e1_scene4_utt1")->split, SPLIT_VALIDATION);
	ck_assert_str_eq(imports_find(&c, "test_s1e1_scene4_utt1")->label, "peaceful");
	arena_free(arena);
}
END_TEST

START_TEST(emorynlp_names_of_the_second_publication_are_found)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "emorynlp", (ImportOptions){ 0 },
	        "expected train.csv or emorynlp_train_final.csv in this folder");
	write_emorynlp(arena, "emorynlp_%s_final.csv", "Ow,[],Sad,1,1,1,1,a,b\n");
	Corpus c = imports_made(arena, "emorynlp", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 3);
	ck_assert_str_eq(imports_find(&c, "train_s1e1_scene1_utt1")->speaker, "");
	arena_free(arena);
}
END_TEST

START_TEST(emorynlp_bad_tables_name_the_row)
{
	Arena *arena = arena_new("test");
	write_emorynlp(arena, "%s.csv",
	        "Ow,['A'],Sadly,1,1,1,1,a,b\n"
	        "Hm,['A'],Neutral,1,2,1,1,a,b\n");
	imports_refuse(arena, "emorynlp", (ImportOptions){ 0 },
	        "train.csv:2: Emotion: expected Neutral, Joyful, Peaceful, Powerful, Scared, Mad or Sad, found \"Sadly\"");
	Corpus c = imports_made(arena, "emorynlp", (ImportOptions){ .skip_bad = true });
	ck_assert(c.count == 3 && c.skipped == 1);
	imports_write(arena, "train.csv", "Utterance,Emotion\n");
	imports_refuse(arena, "emorynlp", (ImportOptions){ 0 },
	        "train.csv:1: the header lacks the columns \"Speaker\", \"Scene_ID\"");
	imports_write(arena, "train.csv", "");
	imports_refuse(arena, "emorynlp", (ImportOptions){ 0 },
	        "train.csv: expected a header with the names of the columns, found an empty file");
	arena_free(arena);
}
END_TEST

/* --- MUStARD++ ---------------------------------------------------------------------- */

#define MUSTARD_HEADER                                                                   \
	"SCENE,KEY,SENTENCE,END_TIME,SPEAKER,SHOW,Sarcasm,Sarcasm_Type,"                 \
	"Implicit_Emotion,Explicit_Emotion,Valence,Arousal\r\n"

/* Six speakers, so that each split has somebody; each says something after one row of
 * context. */
static void write_mustard(Arena *arena, const char *more)
{
	static const char *const emotions[] = { "Anger,Neutral", "Ridicule,Happiness" };
	const char *text = MUSTARD_HEADER;
	for (int i = 0; i < 12; i++)
		text = arena_format(arena,
		        "%s%d,%d_c_00,\"Well, uh...\nno.\",0:06,PERSON,BBT,,,,,,\r\n"
		        "%d,%d_u,Oh great.,0:08,SPEAKER%d,BBT,%d,PRO,%s,3,7\r\n",
		        text, i, i, i, i, i / 2, i % 2, emotions[i % 2]);
	imports_write(
	        arena, "mustard++_text.csv", arena_format(arena, "%s%s", text, more));
}

START_TEST(mustard_label_is_what_is_meant_said_or_sarcasm)
{
	static const char *const choices[] = { NULL, "emotion", "said", "sarcasm" };
	static const char *const labels[] = { "ridicule", "ridicule", "joy",
		"sarcastic" };
	Arena *arena = arena_new("test");
	write_mustard(arena, "");
	for (int i = 0; i < 4; i++) {
		ImportOptions options = { .seed = 1, .label = choices[i] };
		Corpus c = imports_made(arena, "mustard++", options);
		ck_assert_int_eq(c.count, 12);
		const Utterance *u = imports_find(&c, "1_u");
		ck_assert_str_eq(u->label, labels[i]);
		ck_assert_str_eq(u->speaker, "SPEAKER0");
		ck_assert_str_eq(imports_extra(&c, "1_u", "emotion"), "ridicule");
		ck_assert_str_eq(imports_extra(&c, "1_u", "said"), "joy");
		ck_assert_str_eq(imports_extra(&c, "1_u", "sarcasm"), "sarcastic");
		ck_assert_str_eq(imports_extra(&c, "0_u", "sarcasm"), "sincere");
		ck_assert_str_eq(imports_extra(&c, "1_u", "sarcasm_type"), "PRO");
		ck_assert_str_eq(imports_extra(&c, "1_u", "arousal"), "7");
	}
	imports_refuse(arena, "mustard++", (ImportOptions){ .label = "meant" },
	        "--label meant: MUStARD++ has emotion");
	arena_free(arena);
}
END_TEST

START_TEST(mustard_splits_are_the_same_for_every_label_and_by_speaker)
{
	Arena *arena = arena_new("test");
	write_mustard(arena, "");
	Corpus meant = imports_made(arena, "mustard++", (ImportOptions){ .seed = 1 });
	Corpus said = imports_made(
	        arena, "mustard++", (ImportOptions){ .seed = 1, .label = "said" });
	for (int i = 0; i < meant.count; i++)
		ck_assert_int_eq(meant.utterances[i].split, said.utterances[i].split);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		ck_assert_int_gt(corpus_count(&meant, split), 0);
	ck_assert_ptr_null(corpus_leak(&meant).speaker);
	Corpus asked = imports_made(arena, "mustard++",
	        (ImportOptions){ .seed = 1, .test_speakers = "SPEAKER3" });
	ck_assert_int_eq(corpus_count(&asked, SPLIT_TEST), 2);
	ck_assert_int_eq(imports_find(&asked, "6_u")->split, SPLIT_TEST);
	arena_free(arena);
}
END_TEST

START_TEST(mustard_bad_rows_are_named)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "mustard++", (ImportOptions){ 0 },
	        "expected mustard++_text.csv in this folder");
	write_mustard(arena, "9,9_x_u,Hm,0:01,A,BBT,0,NONE,Bliss,Neutral,1,1\r\n");
	imports_refuse(arena, "mustard++", (ImportOptions){ 0 },
	        "mustard++_text.csv:38: Implicit_Emotion: expected Neutral, Happiness");
	/* an utterance without its labels is no context */
	write_mustard(arena, "9,9_x_u,Hm,0:01,A,BBT,,,,,,\r\n");
	imports_refuse(arena, "mustard++", (ImportOptions){ 0 },
	        "mustard++_text.csv:38: Implicit_Emotion: expected Neutral");
	Corpus c = imports_made(
	        arena, "mustard++", (ImportOptions){ .seed = 1, .skip_bad = true });
	ck_assert(c.count == 12 && c.skipped == 1);
	arena_free(arena);
}
END_TEST

/* --- GoEmotions --------------------------------------------------------------------- */

static const char *const names28 =
        "admiration\namusement\nanger\nannoyance\napproval\ncaring\nconfusion\ncuriosity\n"
        "desire\ndisappointment\ndisapproval\ndisgust\nembarrassment\nexcitement\nfear\n"
        "gratitude\ngrief\njoy\nlove\nnervousness\noptimism\npride\nrealization\nrelief\n"
        "remorse\nsadness\nsurprise\nneutral";

static void write_goemotions(Arena *arena, const char *train)
{
	imports_write(arena, "train.tsv", train);
	imports_write(arena, "dev.tsv", "Oh no, really\t14\tdev1\n");
	imports_write(arena, "test.tsv", "\"Quoted\" it begins\t26\ttest1");
	imports_write(arena, "emotions.txt", names28);
}

START_TEST(goemotions_lines_with_one_emotion_become_utterances)
{
	Arena *arena = arena_new("test");
	write_goemotions(arena, "Nice, I like it\t0\ta1\r\n"
	                        "Thanks, and sorry\t15,24\ta2\n"
	                        "So what?\t27\ta3\n"
	                        "Grr\t3,10\ta4\n");
	Corpus c = imports_made(arena, "goemotions", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 4);
	ck_assert_int_eq(c.skipped, 0);
	ck_assert_str_eq(imports_find(&c, "train_1")->label, "admiration");
	ck_assert_str_eq(imports_find(&c, "train_1")->text, "Nice, I like it");
	ck_assert_str_eq(imports_find(&c, "train_3")->label, "neutral");
	ck_assert_str_eq(imports_find(&c, "test_1")->text, "\"Quoted\" it begins");
	ck_assert_str_eq(imports_extra(&c, "test_1", "comment"), "test1");
	ck_assert_int_eq(imports_find(&c, "test_1")->split, SPLIT_TEST);
	ck_assert_int_eq(imports_find(&c, "dev_1")->split, SPLIT_VALIDATION);
	c = imports_made(arena, "goemotions", (ImportOptions){ .ekman = true });
	ck_assert_int_eq(c.count, 4); /* two angers are several emotions too */
	ck_assert_str_eq(imports_find(&c, "train_1")->label, "joy");
	ck_assert_str_eq(imports_find(&c, "train_3")->label, "neutral");
	ck_assert_str_eq(imports_find(&c, "dev_1")->label, "fear");
	arena_free(arena);
}
END_TEST

START_TEST(goemotions_quotes_around_the_whole_are_taken_off)
{
	static const struct {
		const char *written, *read;
	} texts[] = {
		{ "\"He said \"\"no\"\", and left\"", "He said \"no\", and left" },
		{ "\"\"\"So\"\" he said\"", "\"So\" he said" },
		{ "\"So\" he \"said\"", "\"So\" he \"said\"" },
		{ "\"So he said", "\"So he said" },
		{ "So \"\"he\"\"", "So \"\"he\"\"" },
		{ "\"a\"\"\"\"", "\"a\"\"\"\"" },
		{ "\"", "\"" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		write_goemotions(
		        arena, arena_format(arena, "%s\t17\ta1\n", texts[i].written));
		Corpus c = imports_made(arena, "goemotions", (ImportOptions){ 0 });
		ck_assert_str_eq(imports_find(&c, "train_1")->text, texts[i].read);
	}
	arena_free(arena);
}
END_TEST

START_TEST(goemotions_says_how_many_have_several)
{
	Arena *arena = arena_new("test");
	write_goemotions(arena, "Thanks, and sorry\t15,24\ta2\nHm\t27\ta3\n");
	const char *path = arena_format(arena, "%s/said", harness_directory());
	FILE *said = fopen(path, "wb");
	imports_made(arena, "goemotions", (ImportOptions){ .warnings = said });
	fclose(said);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	ASSERT_CONTAINS((const char *)bytes.data,
	        ": 1 comments with several emotions passed over");
	arena_free(arena);
}
END_TEST

START_TEST(goemotions_ekman_is_the_published_table)
{
	/* ekman_mapping.json, in the order of emotions.txt */
	static const char *const ekman[] = { "joy", "joy", "anger", "anger", "joy", "joy",
		"surprise", "surprise", "joy", "sadness", "anger", "disgust", "sadness",
		"joy", "fear", "joy", "sadness", "joy", "joy", "fear", "joy", "joy",
		"surprise", "joy", "sadness", "sadness", "surprise", "neutral" };
	Arena *arena = arena_new("test");
	const char *lines = "";
	for (int i = 0; i < 28; i++)
		lines = arena_format(arena, "%sHm\t%d\tn%d\n", lines, i, i);
	write_goemotions(arena, lines);
	Corpus c = imports_made(arena, "goemotions", (ImportOptions){ .ekman = true });
	for (int i = 0; i < 28; i++)
		ck_assert_str_eq(
		        imports_find(&c, arena_format(arena, "train_%d", i + 1))->label,
		        ekman[i]);
	arena_free(arena);
}
END_TEST

START_TEST(goemotions_broken_lines_are_named_or_skipped)
{
	static const struct {
		const char *line, *expected;
	} broken[] = {
		{ "no tabs", "train.tsv:2: expected a comment, the numbers" },
		{ "one\t3", "train.tsv:2: expected a comment" },
		{ "text\t3\t", "train.tsv:2: expected a comment" },
		{ "text\t28\tx", "train.tsv:2: emotions: expected numbers from 0 to 27" },
		{ "text\t-1\tx", "train.tsv:2: emotions: expected numbers" },
		{ "text\t\tx", "train.tsv:2: emotions: expected numbers" },
		{ "text\t3,\tx", "train.tsv:2: emotions: expected numbers" },
		{ "text\t3;4\tx", "train.tsv:2: emotions: expected numbers" },
		{ "text\t99999999999999999999\tx", "train.tsv:2: emotions" },
		{ " \t3\tx", "train.tsv:2: expected words, found none" },
		{ "\xff\t3\tx", "train.tsv:2: is not UTF-8 text" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		write_goemotions(
		        arena, arena_format(arena, "Fine\t17\ta1\n%s\n", broken[i].line));
		imports_refuse(
		        arena, "goemotions", (ImportOptions){ 0 }, broken[i].expected);
		Corpus c = imports_made(
		        arena, "goemotions", (ImportOptions){ .skip_bad = true });
		ck_assert(c.count == 3 && c.skipped == 1);
	}
	arena_free(arena);
}
END_TEST

START_TEST(goemotions_other_names_are_refused)
{
	Arena *arena = arena_new("test");
	write_goemotions(arena, "Fine\t17\ta1\n");
	imports_write(arena, "emotions.txt", "admiration\njoy\n");
	imports_refuse(arena, "goemotions", (ImportOptions){ 0 },
	        "emotions.txt:2: expected amusement, as GoEmotions is published, found \"joy\"");
	imports_write(arena, "emotions.txt", arena_format(arena, "%s\nlust\n", names28));
	imports_refuse(arena, "goemotions", (ImportOptions){ 0 },
	        "emotions.txt: expected 28 emotions, found more");
	imports_write(arena, "emotions.txt", "admiration");
	imports_refuse(arena, "goemotions", (ImportOptions){ 0 },
	        "emotions.txt:2: expected amusement, as GoEmotions is published, found \"\"");
	arena_free(arena);
}
END_TEST

/* --- ISEAR -------------------------------------------------------------------------- */

START_TEST(isear_columns_with_bars_are_read)
{
	Arena *arena = arena_new("test");
	imports_write(arena, "isear.csv",
	        "ID|EMOT|Field1|MYKEY|SIT|STATE|\n"
	        "11001|1|joy|110011|\"On days when \xC3\xA1\nI feel, \xC3\xA1 \nwell.\"|1|\n"
	        "11001|2|fear|110012|[ No response.]|1|\n"
	        "11002|7|guit|110027|I lied to Ren\xC3\xA9.|1|\n");
	Corpus c = imports_made(arena, "isear", (ImportOptions){ .seed = 1 });
	ck_assert_int_eq(c.count, 2);
	ck_assert_int_eq(c.skipped, 0);
	ck_assert_str_eq(c.utterances[0].text, "On days when I feel, well.");
	ck_assert_str_eq(c.utterances[0].label, "joy");
	ck_assert_str_eq(c.utterances[0].speaker, "11001");
	ck_assert_str_eq(c.utterances[1].label, "guilt");
	ck_assert_str_eq(c.utterances[1].text, "I lied to Ren\xC3\xA9.");
	arena_free(arena);
}
END_TEST

START_TEST(isear_numbers_commas_and_latin_1_are_read)
{
	Arena *arena = arena_new("test");
	imports_write(arena, "DATA.csv",
	        "ID,EMOT,SIT\n1,6,I sang \xE1\nin a caf\xE9.\n2,3,\"He, again.\"\n");
	/* a line end needs quotes: the row is bad, and named */
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "DATA.csv:3: expected 3 columns as in the first row, found 1");
	imports_write(arena, "DATA.csv",
	        "ID,EMOT,SIT\n1,6,\"I sang \xE1\nin a caf\xE9.\"\n2,3,\"He, again.\"\n");
	Corpus c = imports_made(arena, "isear", (ImportOptions){ .seed = 1 });
	ck_assert_int_eq(c.count, 2);
	ck_assert_str_eq(c.utterances[0].text, "I sang in a caf\xC3\xA9.");
	ck_assert_str_eq(c.utterances[0].label, "shame");
	ck_assert_str_eq(c.utterances[1].label, "anger");
	imports_write(arena, "DATA.csv", "ID,EMOT,SIT\n1,0,Hm\n");
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "DATA.csv:2: EMOT: expected 1, 2, 3, 4, 5, 6 or 7, found \"0\"");
	arena_free(arena);
}
END_TEST

START_TEST(isear_without_a_header_is_read)
{
	static const char *const layouts[] = {
		"joy,\"On days, \nI think.\",\nguilt,I lied.,\nSadness,NO RESPONSE,\n",
		"joy,\"On days, I think.\",\nguilt,I lied.\nsadness,No response.\n",
		"0,joy,\"On days, I think.\"\n1,guilt,I lied.\n2,sadness,[No response]\n",
	};
	Arena *arena = arena_new("test");
	for (int i = 0; i < 3; i++) {
		const char *path = imports_write(arena, "any name.csv", layouts[i]);
		Corpus c = imports_made(arena, "isear", (ImportOptions){ .seed = 1 });
		ck_assert_int_eq(c.count, 2);
		ck_assert_str_eq(imports_find(&c, "isear_1")->text, "On days, I think.");
		ck_assert_str_eq(imports_find(&c, "isear_1")->label, "joy");
		ck_assert_str_eq(imports_find(&c, "isear_2")->label, "guilt");
		ck_assert_str_eq(imports_find(&c, "isear_2")->speaker, "");
		Corpus same;
		Error error;
		ck_assert(importer_find("isear")->run(
		        &same, arena, path, &(ImportOptions){ .seed = 1 }, &error));
		ck_assert_int_eq(same.count, 2);
	}
	imports_write(arena, "another.csv", "joy,Yes.\n");
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "found no such file. Hint: give the file itself instead of its folder");
	arena_free(arena);
}
END_TEST

START_TEST(isear_other_tables_are_refused)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "expected isear.csv, ISEAR.csv or DATA.csv in this folder");
	imports_write(arena, "isear.csv", "emotion,text\njoy,Yes.\n");
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "isear.csv:1: expected the columns SIT and Field1 or EMOT, or a row such as joy");
	imports_write(arena, "isear.csv", "joy\n");
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "isear.csv:1: expected the columns");
	imports_write(arena, "isear.csv", "joy,Yes.\nlove,No.\nfear, \n");
	imports_refuse(arena, "isear", (ImportOptions){ 0 },
	        "isear.csv:2: label: expected joy, fear, anger, sadness, disgust, shame, guilt");
	Corpus c = imports_made(
	        arena, "isear", (ImportOptions){ .seed = 1, .skip_bad = true });
	ck_assert(c.count == 1 && c.skipped == 1); /* who said nothing is not bad */
	arena_free(arena);
}
END_TEST

/* --- EmoBank ------------------------------------------------------------------------ */

START_TEST(emobank_is_refused_with_what_can_be_done)
{
	Arena *arena = arena_new("test");
	imports_refuse(arena, "emobank", (ImportOptions){ 0 }, "and no emotions");
	imports_refuse(arena, "emobank", (ImportOptions){ 0 },
	        "import table emobank.csv --text text --label");
	arena_free(arena);
}
END_TEST

/* --- the corpora themselves --------------------------------------------------------- */

START_TEST(emorynlp_itself_has_its_published_counts)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "emorynlp");
	if (folder) {
		Corpus c = imports_real(arena, "emorynlp", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(corpus_count(&c, SPLIT_TRAIN), 7551);
		ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 954);
		ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 984);
		ck_assert_int_eq(corpus_labels(&c, SPLIT_COUNT, arena).count, 7);
	}
	arena_free(arena);
}
END_TEST

START_TEST(mustard_itself_has_its_published_counts)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "mustard");
	if (folder) {
		Corpus c = imports_real(arena, "mustard++", folder,
		        (ImportOptions){ .seed = 1, .label = "sarcasm" });
		ck_assert_int_eq(c.count, 1202);
		ck_assert_int_eq(imports_count(&c, "sarcastic"), 601);
		ck_assert_ptr_null(corpus_leak(&c).speaker);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import/text", emorynlp_tables_become_utterances,
        emorynlp_names_of_the_second_publication_are_found,
        emorynlp_bad_tables_name_the_row, mustard_label_is_what_is_meant_said_or_sarcasm,
        mustard_splits_are_the_same_for_every_label_and_by_speaker,
        mustard_bad_rows_are_named, goemotions_lines_with_one_emotion_become_utterances,
        goemotions_quotes_around_the_whole_are_taken_off,
        goemotions_says_how_many_have_several, goemotions_ekman_is_the_published_table,
        goemotions_broken_lines_are_named_or_skipped, goemotions_other_names_are_refused,
        isear_columns_with_bars_are_read, isear_numbers_commas_and_latin_1_are_read,
        isear_without_a_header_is_read, isear_other_tables_are_refused,
        emobank_is_refused_with_what_can_be_done,
        emorynlp_itself_has_its_published_counts, mustard_itself_has_its_published_counts)
