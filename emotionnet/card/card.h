/* card.h: what a model is, how well it does and for whom, and what it is not for: a page in
 * Markdown beside it, MODEL.card.md, in the nine parts of M. Mitchell et al., "Model Cards
 * for Model Reporting", FAT* 2019. It is written from what a training knows anyway. */
#ifndef EMOTIONNET_CARD_CARD_H
#define EMOTIONNET_CARD_CARD_H

#include "emotionnet/card/figures.h"

/* Where the card of a model stands, in the arena; NULL: the model goes to a device or a
 * pipe, beside which nothing can stand. */
const char *card_path(Arena *arena, const char *model);

/* Writes it, all or nothing. Does nothing where card_path is NULL. */
bool card_write(const CardRun *run, Pool *pool, Error *error);

/* Its text, on `out`. */
void card_print(FILE *out, Arena *arena, const CardRun *run, const CardFigures *figures);

/* The last three parts and the tables (card_figures.c). */
void card_print_figures(
        FILE *out, Arena *arena, const CardRun *run, const CardFigures *figures);

#endif
