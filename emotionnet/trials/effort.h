/* effort.h: what one answer takes, counted from shapes: operations, and bytes of weights
 * that are read (layers/work.h). */
#ifndef EMOTIONNET_TRIALS_EFFORT_H
#define EMOTIONNET_TRIALS_EFFORT_H

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/model.h"
#include "emotionnet/trials/prompting.h"
#include "layers/work.h"

/* What is told is a mean over so many utterances of the test, the first ones: how many of
 * `tests` are counted. */
enum { EFFORT_TEXTS = 20 };
int effort_counted(int tests);

/* Of a network on one of these, from embedded words or frames to its answer; what a frozen
 * encoder would remember of it is counted too. */
TapeWork effort_of_network(
        const Params *params, const ModelConfig *config, const Dataset *test);

/* Of a language model that reads `tokens`, `kept` of them having been read before, and says
 * `asked` times what comes next. */
TapeWork effort_of_language(const LanguageRows *rows, int kept, int tokens, int asked);

TapeWork effort_sum(TapeWork a, TapeWork b);

/* A sum over `count` answers, as the mean that a cell keeps. */
void effort_keep(Costs *costs, TapeWork sum, int count);

#endif
