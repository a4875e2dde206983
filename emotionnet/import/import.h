/* import.h: published corpora, each as it is unpacked, to the one format of corpus.h.
 *
 * Labels get common names, so that corpora can be compared and paired: neutral, joy,
 * sadness, anger, fear, disgust, surprise, calm, boredom; what has no such name keeps its
 * own. Paths are absolute. A file or row that is not as the corpus's authors describe it
 * is an error that names it and says what was expected; with skip_bad it is named on
 * `warnings`, counted in corpus->skipped and left out.
 *
 * To add a corpus: write NAME.c with build.h, or table.h if it is a CSV, and give it a line in
 * import.c. */
#ifndef EMOTIONNET_IMPORT_IMPORT_H
#define EMOTIONNET_IMPORT_IMPORT_H

#include "emotionnet/corpus/corpus.h"

typedef struct ImportOptions {
	/* Names with commas between them, "03,08"; "": nobody; NULL: the corpus's own
	 * split. Who is thus taken out of a split, and is in no list, goes to the
	 * train split. */
	const char *test_speakers, *validation_speakers;
	/* the folder for vectors (MOSI's, and those of faces), which is made where it is
	 * not there */
	const char *arrays;
	const char *face; /* a table of numbers for faces_join, or NULL */
	/* a table: which column is which, by name or number; NULL: by its own name.
	 * label: for MUStARD++ what it shall be, emotion, said or sarcasm */
	const char *text, *label, *wav, *speaker, *id, *split;
	/* a folder of one's own clips: what their paths mean (pattern.h); NULL: the first
	 * folder is the label */
	const char *pattern;
	const char *emotions; /* IEMOCAP: "four" (or NULL) or "all" */
	bool ekman;           /* GoEmotions: Ekman's six and neutral instead of 28 */
	/* 1..5: this fold (RAVDESS) or session (IEMOCAP) for test and the next for
	 * validation; 0: fold 1, session 5 */
	int fold;
	uint64_t seed; /* of splits that are made (corpus/split.h) */
	bool skip_bad;
	FILE *warnings; /* may be NULL */
} ImportOptions;

typedef bool ImportFunction(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error);

/* EmoDB (Burkhardt 2005): wav/03a01Fa.wav. Test: speakers 03 and 08, validation: 09 and
 * 10. Columns sentence, version, sex, age and, where erkennung.txt is there, recognised: the
 * share of listeners who heard the emotion that was meant. */
ImportFunction import_emodb;

/* RAVDESS (Livingstone & Russo 2018): speech clips 03-01-EE-II-SS-RR-AA.wav, in the
 * folder or up to three levels below; songs and videos are passed over. Folds by actor
 * (Luna-Jimenez 2021). Columns intensity, statement, repetition, sex. */
ImportFunction import_ravdess;

/* TESS (Pichora-Fuller & Dupuis 2010): OAF_back_angry.wav, in the folder or up to three
 * levels below, as the next two. Test: the younger speaker, YAF; validation: every seventh
 * word of the older, OAF. Columns word, age, sex. */
ImportFunction import_tess;

/* SAVEE (Jackson & Haq 2014): DC_a01.wav, or a01.wav in a folder DC; no words. Test:
 * speaker KL, validation: JK. Columns sentence, sex. */
ImportFunction import_savee;

/* CREMA-D (Cao 2014): 1001_DFA_ANG_XX.wav. Splits made by actor. Columns sentence,
 * intensity (low, medium, high or empty) and, where VideoDemographics.csv is there, sex,
 * age. */
ImportFunction import_cremad;

/* IEMOCAP (Busso 2008), as IEMOCAP_full_release. Folds by session; speakers Ses01F, ...
 * Columns session, dialogue, kind (impro, script), valence, arousal, dominance, sex. */
ImportFunction import_iemocap;

/* nEMO (Christop 2024): data.tsv and samples/. Splits made by speaker. Columns sex,
 * age. */
ImportFunction import_nemo;

/* A folder of one's own clips. Where no split is in the pattern, they are made. Columns:
 * what else the pattern names. Says how many clips have which label. */
ImportFunction import_folder;

/* A folder of pictures of faces, PNG, PGM or PPM, likewise: LABEL/NAME.png, or, where there
 * is a folder train in it, SPLIT/LABEL/NAME.png. Column face_row (rows.h). */
ImportFunction import_pictures;

/* FER2013 (Goodfellow 2013): train.npy, validation.npy and test.npy, (pictures,48,48), and
 * train.txt and its like, a label a line. Nobody is known. Column face_row. */
ImportFunction import_fer2013;

/* MELD (Poria 2019): train_sent_emo.csv, dev_sent_emo.csv, test_sent_emo.csv. Where
 * folders of clips diaX_uttY.wav stand beside them (train, dev, test, or as MELD.Raw
 * names them), wavs too. Columns sentiment, dialogue, utterance, season, episode. */
ImportFunction import_meld;

/* dair-ai emotion (Saravia 2018): train.txt, val.txt, test.txt; text alone, nobody is
 * known to have said it. Its label love is kept. */
ImportFunction import_dair;

/* CMU-MOSI (Zadeh 2016), as the vectors that Poria et al. (ACL 2017) release:
 * text_train0.csv and its like, transcripts.csv, rows_train.txt and rows_test.txt. Labels
 * positive, negative; videos are the speakers. Columns text_row, speech_row, face_row
 * (rows.h). */
ImportFunction import_mosi;

/* EmoryNLP (Zahiri & Choi 2018): train.csv, dev.csv, test.csv, or emorynlp_train_final.csv
 * and its like; text. Its labels peaceful and powerful are kept. Columns scene, utterance,
 * season, episode. */
ImportFunction import_emorynlp;

/* MUStARD++ (Ray 2022): mustard++_text.csv, or the file itself; text. The rows of context
 * are passed over. Columns emotion (what is meant), said (what is shown), sarcasm, show,
 * sarcasm_type, valence, arousal; --label says which of the first three is the label. */
ImportFunction import_mustard;

/* ISEAR (Scherer & Wallbott 1994): isear.csv or DATA.csv with their columns, or a CSV of
 * label and text without a header; or the file itself; text. Those who did not answer are
 * passed over. */
ImportFunction import_isear;

/* GoEmotions (Demszky 2020): train.tsv, dev.tsv, test.tsv; text, of nobody who is named.
 * Only what has one emotion is taken. Column comment: its id at Reddit. */
ImportFunction import_goemotions;

/* EmoBank (Buechel & Hahn 2017) has no classes: always fails, and says what can be done. */
ImportFunction import_emobank;

/* Any table with a header: a file instead of a folder. Without a column of splits they are
 * made (corpus/split.h). Relative wavs are relative to the file. All other columns are
 * kept. */
ImportFunction import_table;

typedef struct Importer {
	const char *name, *what; /* "emodb", one line for --help */
	ImportFunction *run;
	/* the command line's options that mean something to it alone or to some others
	 * as well, "fold seed"; NULL: none */
	const char *options;
} Importer;

extern const Importer importers[];               /* the last has no name */
const Importer *importer_find(const char *name); /* NULL if there is none */
bool importer_has(const Importer *importer, const char *option);
/* The names of those that have the option, in the arena: "ravdess, iemocap". */
const char *importers_with(Arena *arena, const char *option);

#endif
