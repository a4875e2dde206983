/* layers.h: networks of the library's layers that read a story and answer a question
 * about it. */
#ifndef TUTORIALS_RECURRENCE_LAYERS_H
#define TUTORIALS_RECURRENCE_LAYERS_H

#include "layers/conv1d.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "tutorials/10-recurrence/stories.h"

#include <stdint.h>

enum { WIDTH = 8, WINDOW = 3 }; /* numbers of a word's vector; words that a filter sees */

typedef enum Kind { WINDOWS, RNN, LSTM, BOTH } Kind;
typedef enum Question { BEGIN, END } Question; /* how did it begin, how did it end? */

/* The vectors of the words, a layer that makes one vector of the story, five scores. */
typedef struct Network {
	Kind kind;
	Arena *arena;
	Params params;
	Embedding table;
	Conv1d conv;     /* of WINDOWS */
	Recurrent layer; /* of all others */
	Linear last;
	Tape tape;
} Network;

/* `hidden` filters or units in each direction; `forget` is the first bias of the LSTM's
 * forget gates. */
Network network_new(Kind kind, int hidden, real forget, int words, uint64_t seed);
void network_free(Network *net);
int network_parameters(const Network *net);

typedef struct Plan {
	int batch, epochs;
	double rate, clip;
	uint64_t seed;
	Question question;
} Plan;
void network_train(Network *net, Stories set, Plan plan);
double network_accuracy(Network *net, Stories set, Question question);
/* The most probable emotion at the end of one story. */
int network_answer(Network *net, const Story *story);

/* norm[k]: of the gradient of the right emotion's score with respect to the vector of the
 * word that stands k words before the last; the mean over all stories of `steps` words
 * or more. */
void network_reaching(
        Network *net, Stories set, Question question, int steps, double norm[]);

#endif
