/* worlds.h: small worlds where all is known: how often each thing is said in each voice by
 * people who are angry, and by people who are not. */
#ifndef TUTORIALS_TWO_MODALITIES_WORLDS_H
#define TUTORIALS_TWO_MODALITIES_WORLDS_H

enum { CALM, ANGRY };       /* y, the emotion */
enum { PLEASANT, FURIOUS }; /* a, the words */
enum { SOFT, LOUD };        /* b, the voice */

typedef struct World {
	float share[2][2][2]; /* [y][a][b]: of all utterances; the eight sum to 1 */
} World;

/* How often people say furious words, and speak loudly: both independent, for each emotion
 * y. */
World world_independent(void);
/* The same, but a part of the voices only repeats what the words say: loud if they are
 * furious, else soft. */
World world_repeated(float part);
/* Irony: FURIOUS words in a soft voice are angry, PLEASANT words in a loud one too. */
World world_irony(void);

void world_prior(float p[2], const World *world);
/* What one who sees only the words, or hears only the voice, can know. */
void world_words(float p[2], const World *world, int a);
void world_voice(float p[2], const World *world, int b);
/* The prior, and both experts on FURIOUS words and a LOUD voice. */
void world_ask(float pa[2], float pb[2], float prior[2], const World *world);
/* What one who has both can know. */
void world_both(float p[2], const World *world, int a, int b);

/* The mean loss of a way to fuse, over all utterances of the world. */
typedef void Fuse(
        float p[], const float pa[], const float pb[], const float prior[], int C);
float world_loss(const World *world, Fuse *fuse);
float world_least_loss(const World *world); /* of one who has both */

#endif
