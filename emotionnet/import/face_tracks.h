/* face_tracks.h: the speaker's face in time in each utterance, as a folder of files that
 * another program made of the films: one a clip, found by its name.
 *
 *     FOLDER/03-01-01-01-01-01-01.csv     of the utterance 03-01-01-01-01-01-01 */
#ifndef EMOTIONNET_IMPORT_FACE_TRACKS_H
#define EMOTIONNET_IMPORT_FACE_TRACKS_H

#include "emotionnet/import/import.h"

/* Gives the corpus the column face_track (corpus/face_track.h): the file in options->face, or
 * up to three folders below, that is named ID.csv, ID.jsonl or ID.npy; empty where there is
 * none. RAVDESS names film and sound of one clip 01-... (02-... without sound) and 03-...:
 * these are found too. How many utterances have no face is said on the warnings; the files
 * are not opened. Fails if no utterance has one, if two files are of one utterance, or if
 * the corpus has faces already. */
bool face_tracks_join(
        Corpus *corpus, Arena *arena, const ImportOptions *options, Error *error);

#endif
