/* Chapter 10: recurrence. A network reads a story word by word and keeps a state. Why it
 * forgets, measured; the LSTM, which can learn not to; both directions. Plain loops stand
 * in rnn.c and cell.c, what is trained in layers.c; the stories are made in stories.c. */
#include "tutorials/10-recurrence/pictures.h"
#include "tutorials/10-recurrence/trials.h"
#include "tutorials/lesson/mine.h"
#include "tutorials/lesson/utterance.h"

enum { BACK = 24 }; /* words before the last of a story */

/* --- order ------------------------------------------------------------------------------ */

static const char *const told[2] = {
	"Later, my aunt left early. Infuriatingly, my father came back. Meanwhile, our guest "
	"walked the dog. Luckily, our neighbor called.",
	"Later, my aunt left early. Luckily, my father came back. Meanwhile, our guest walked "
	"the dog. Infuriatingly, our neighbor called."
};

static void order(Lesson *lesson, Sets *sets, Story stories[2])
{
	lesson_section(lesson, "Two stories");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	lesson_sound(lesson, "angry", &spoken.sound);
	const int between = lesson_count(lesson, "between",
	        "how many neutral sentences lie between the two with an emotion", 1, 0,
	        4);
	stories_make(lesson_arena(lesson), sets, between);
	for (int s = 0; s < 2; s++) {
		stories[s] =
		        (Story){ .text = told[s], .begin = s ? 0 : 2, .end = s ? 2 : 0 };
		story_read(lesson_arena(lesson), &stories[s], 4, &sets->words, false);
		lesson_say(lesson, "%s", told[s]);
	}
	lesson_number(
	        lesson, "train", "stories to train with", "%.0f", sets->train.count);
	lesson_number(lesson, "test", "stories to test with", "%.0f", sets->test.count);
	lesson_number(lesson, "words", "different words", "%.0f", sets->words.count - 1);
	double length = 0;
	for (int i = 0; i < sets->test.count; i++)
		length += sets->test.items[i].count / (double)sets->test.count;
	lesson_number(lesson, "length", "words of a story, mean", "%.0f", length);
	lesson_point(lesson, "Two words are exchanged, the rest is the same.");
}

/* --- a recurrent network ---------------------------------------------------------------- */

enum { SHORT = 9 };
static const char *const words[SHORT] = { "infuriatingly", "my", "father", "came", "back",
	"luckily", "our", "neighbor", "called" };

static void by_hand(Lesson *lesson)
{
	lesson_section(lesson, "One number that remembers");
	/* [story-numbers] */
	const float x[SHORT] = { -1, 0, 0, 0, 0, 1, 0, 0, 0 };
	float h[SHORT], u = 2, w = 0.9f;
	small_rnn(h, x, SHORT, u, w);
	/* [/story-numbers] */
	draw_unrolled(lesson, SHORT, words, x, h);
	lesson_number(lesson, "h0", "after \"infuriatingly\"", "%.2f", (double)h[0]);
	lesson_number(lesson, "h1", "after \"my\"", "%.2f", (double)h[1]);
	lesson_number(lesson, "h8", "at the end", "%.2f", (double)h[8]);
	lesson_look_floats(lesson, "x", 1, SHORT, x);
	lesson_look_floats(lesson, "h", 1, SHORT, h);
	lesson_point(lesson, "The state is one number. It is handed from word to word.");
	static const Choice exchanged[] = {
		{ "the same, because the words are the same",
		        "A sum of the inputs would be the same. But the last emotion word has "
		        "faded the least, and now that is the other one." },
		{ "the same size with the other sign",
		        "All inputs change their sign, and tanh(-z) = -tanh(z). So each h changes "
		        "its sign." },
		{ "about 0, because the two words cancel",
		        "They would cancel in a sum. Here the later one counts much more." }
	};
	lesson_predict_choice(lesson,
	        "\"Infuriatingly\" and \"luckily\" are exchanged. What is h at the end now?",
	        3, exchanged, 1);
}

static void many_units(Lesson *lesson)
{
	lesson_section(lesson, "Many units");
	lesson_number(lesson, "units", "units", "%.0f", HIDDEN);
	lesson_number(lesson, "rnn-parameters", "parameters", "%.0f",
	        HIDDEN * (INPUTS + HIDDEN + 1));
	lesson_point(lesson, "W_x, W_h and b, used at every step.");
	static const Choice longer[] = {
		{ "none",
		        "The same weights are used at every step. A longer story only uses "
		        "them more often." },
		{ "as many again",
		        "That would be a network with weights of its own for each word, as in "
		        "chapter 3." },
		{ "one state more for each word",
		        "States are not parameters. They are computed anew for each story." }
	};
	lesson_predict_choice(lesson,
	        "A story has 60 words in place of 30. How many parameters more does the "
	        "network need?",
	        3, longer, 0);
}

static void back_through_time(Lesson *lesson)
{
	lesson_section(lesson, "Back through time");
	const float x[SHORT] = { -1, 0, 0, 0, 0, 1, 0, 0, 0 }, u = 2, w = 0.9f;
	float h[SHORT], dh[SHORT], du = 0, dw = 0;
	small_rnn(h, x, SHORT, u, w);
	small_backward(dh, &du, &dw, 1, h, x, SHORT, w);
	draw_back(lesson, SHORT, words, dh);
	lesson_number(lesson, "dh7", "dh at \"neighbor\"", "%.2f", (double)dh[7]);
	lesson_number(lesson, "dh5", "dh at \"luckily\"", "%.2f", (double)dh[5]);
	lesson_number(lesson, "dh4", "dh at \"back\"", "%.3f", (double)dh[4]);
	lesson_number(lesson, "dh0", "dh at \"infuriatingly\"", "%.3f", (double)dh[0]);
	lesson_number(lesson, "du", "du", "%.3f", (double)du);
	lesson_number(lesson, "dw", "dw", "%.3f", (double)dw);
	lesson_number(lesson, "slope-neighbor", "slope at \"called\"", "%.2f",
	        (double)(1 - h[8] * h[8]));
	static Rnn rnn;
	static Run run;
	rnn_new(&rnn, 1, 1);
	run_new(&run, 1);
	double most;
	lesson_number(lesson, "error",
	        "32 units, largest error of a gradient, by measuring", "%.0e",
	        rnn_gradient_error(&rnn, &run, &most));
	lesson_number(lesson, "largest", "largest gradient", "%.2f", most);
	lesson_look_floats(lesson, "h", 1, SHORT, h);
	lesson_look_floats(lesson, "gradient of h", 1, SHORT, dh);
	lesson_point(lesson, "At each step the gradient is multiplied once more.");
	lesson_predict_choice(lesson,
	        "Each step multiplies the gradient by 0.5. What is left of it after 20 "
	        "steps?",
	        3,
	        (const Choice[]){
	                { "one fortieth",
	                        "That is 0.5 / 20. But the factor comes again at "
	                        "each step, so it is 0.5 to the power of 20." },
	                { "one thousandth",
	                        "That is what is left after 10 steps. The next 10 take the "
	                        "same share once more." },
	                { "one millionth", "0.5 to the power of 20 is 0.00000095." } },
	        2);
}

/* --- why it forgets --------------------------------------------------------------------- */

enum { SIZES = 4 };
static const float sizes[SIZES] = { 0.5f, 1, 1.5f, 3 };

static void forgetting(Lesson *lesson)
{
	lesson_section(lesson, "Why it forgets");
	static double mean[SIZES][STEPS];
	static const char *const names[SIZES] = { "size 0.5", "size 1", "size 1.5",
		"size 3" };
	Norms norms[SIZES];
	for (int i = 0; i < SIZES; i++) {
		measured_norms(sizes[i], mean[i]);
		norms[i] = (Norms){ names[i], mean[i] };
		lesson_number(lesson,
		        arena_format(lesson_arena(lesson), "norm-%g", (double)sizes[i]),
		        arena_format(
		                lesson_arena(lesson), "%s: norm 20 steps back", names[i]),
		        "%.2g", mean[i][20]);
	}
	lesson_settings(lesson, "the norms", "units %d, inputs %d, steps %d, draws %d",
	        HIDDEN, INPUTS, STEPS, DRAWS);
	chart_norms(lesson, "norms", "The gradient of a state, by the size of W_h",
	        "steps back from the last", SIZES, norms, STEPS);
	lesson_point(lesson, "0 on the axis is norm 1; -2 is one hundredth.");
}

/* --- the LSTM --------------------------------------------------------------------------- */

static void gate_by_gate(Lesson *lesson, const Watched *watched)
{
	enum { AT = 7 }; /* "infuriatingly" */
	const Trace *trace = &watched->trace[0];
	const int unit = watched->unit;
	lesson_section(lesson, "Gate by gate");
	const Gates *gates = &trace->gates[AT][unit];
	const float before = trace->c[AT - 1][unit], c = trace->c[AT][unit];
	draw_cell_at(lesson, "infuriatingly", gates, before, c, trace->h[AT][unit]);
	lesson_number(lesson, "before", "c before", "%.2f", (double)before);
	lesson_number(lesson, "forget", "forget gate", "%.2f", (double)gates->forget);
	lesson_number(lesson, "in", "input gate", "%.2f", (double)gates->in);
	lesson_number(lesson, "new", "candidate", "%.2f", (double)gates->candidate);
	lesson_number(lesson, "c", "c", "%.2f", (double)c);
	lesson_number(lesson, "out", "output gate", "%.2f", (double)gates->out);
	lesson_number(lesson, "h", "h", "%.2f", (double)trace->h[AT][unit]);
	lesson_point(lesson, "c = forget times c before + input times candidate.");
	static const Choice kept[] = {
		{ "3, as before",
		        "Each step multiplies c by 1 and adds 0 times something. Nothing changes "
		        "it." },
		{ "nearly 0, because memories fade",
		        "They fade if the forget gate is below 1. Here it is 1." },
		{ "tanh(3) = 0.995",
		        "tanh is applied to what is shown, h. The cell itself is not squashed." }
	};
	lesson_predict_choice(lesson,
	        "c is 3. For 100 words the forget gate is 1 and the input gate is 0. What is c "
	        "then?",
	        3, kept, 0);
	static const Choice larger[] = {
		{ "twice",
		        "Two states are carried, but four sums are made for each unit." },
		{ "three times",
		        "There are three gates. But the candidate needs a sum as well." },
		{ "four times",
		        "Three gates and the candidate: each has its own W_x, W_h and b." }
	};
	lesson_predict_choice(lesson,
	        "How many parameters has an LSTM, compared with a plain recurrent network of "
	        "as many units?",
	        3, larger, 2);
}

static void cell_gradient(Lesson *lesson)
{
	lesson_section(lesson, "Its gradient");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	float loud[UTTERANCE_WORDS];
	for (int t = 0; t < UTTERANCE_WORDS; t++)
		loud[t] = spoken.numbers.data[t * UTTERANCE_NUMBERS + 2];
	const Single net = {
		.u = { 1, -1, 2, 0.5f }, .w = { 0.5f, 1, -1, 1 }, .b = { 0, 1, 0, 0.5f }
	};
	lesson_number(lesson, "single-h", "h after five words", "%.3f",
	        (double)single_run(&net, loud, UTTERANCE_WORDS));
	lesson_number(lesson, "single-error", "largest error of a gradient, by measuring",
	        "%.0e", single_gradient_error(&net, loud, UTTERANCE_WORDS));
	lesson_look_floats(lesson, "x", 1, UTTERANCE_WORDS, loud);
	lesson_point(lesson, "Twelve parameters, each moved a little.");
}

/* The norm of the gradient that reaches a word, before any training. */
static void reaching(Lesson *lesson, const Sets *sets)
{
	enum { KINDS = 4 };
	lesson_section(lesson, "The same measurement");
	static double norm[KINDS][BACK];
	static const char *const names[KINDS] = { "RNN", "LSTM, forget bias 0",
		"LSTM, forget bias 1", "LSTM, forget bias 3" };
	static const real forget[KINDS] = { 0, 0, 1, 3 };
	Norms norms[KINDS];
	for (int i = 0; i < KINDS; i++) {
		Network net = network_new(i ? LSTM : RNN, i ? UNITS : RNN_UNITS,
		        forget[i], sets->words.count, 1);
		network_reaching(&net, sets->test, BEGIN, BACK, norm[i]);
		network_free(&net);
		norms[i] = (Norms){ names[i], norm[i] };
		lesson_number(lesson, arena_format(lesson_arena(lesson), "reach-%d", i),
		        arena_format(lesson_arena(lesson),
		                "%s: share that reaches 20 words back", names[i]),
		        "%.2g", norm[i][20] / norm[i][0]);
	}
	chart_norms(lesson, "reaching",
	        "The gradient that reaches a word, before training",
	        "words before the last", KINDS, norms, BACK);
	lesson_point(lesson, "The larger the forget gate, the flatter the line.");
}

/* --- both directions -------------------------------------------------------------------- */

static void both_directions(Lesson *lesson)
{
	lesson_section(lesson, "Both directions");
	draw_both(lesson, SHORT, words);
	lesson_point(
	        lesson, "Each direction has its own weights and its own last state.");
	static const Choice ends[] = {
		{ "at the last word of the longest story in the batch",
		        "Behind the end of a shorter story there are only zeros. They are not "
		        "read." },
		{ "at the story's own last word",
		        "Each story is read backward from its own end. Otherwise the first thing "
		        "in its memory would be padding." },
		{ "at the first word",
		        "There it stops. Its last state stands at the first word." }
	};
	lesson_predict_choice(lesson,
	        "Stories of unequal length are filled up with zeros. Where does the second "
	        "direction begin?",
	        3, ends, 1);
}

/* --- the experiment --------------------------------------------------------------------- */

static void experiment(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "The experiment");
	static const Choice asked[] = {
		{ "how did it begin",
		        "That word lies some twenty words back. The gradient that "
		        "reaches it is a tiny part of the rest." },
		{ "how did it end",
		        "That word is only a few steps back, so its gradient is "
		        "still there." },
		{ "both alike",
		        "Both words are in the story, but not equally far from its end." }
	};
	lesson_predict_choice(lesson,
	        "The RNN answers from its last state. Which question does it learn better?",
	        3, asked, 1);
	Arena *arena = lesson_arena(lesson);
	/* A student's step is right before it is fast. */
	const int seeds = mine_parts()[0] ? 1 : SEEDS;
	if (seeds == 1)
		lesson_say(lesson,
		        "One seed only, with your own parts: it shows no spread.");
	for (int r = 0; r < ROWS; r++) {
		const Row *row = &rows[r];
		double accuracy[2][SEEDS];
		const int parameters = row_accuracy(row, sets, seeds, accuracy);
		lesson_settings(lesson, row->name,
		        "units %d, forget %d, width %d, parameters %d, optimiser %s, rate %g, "
		        "clip %g, batch %d, epochs %d, seeds %d",
		        row->units, row->forget, WIDTH, parameters, "adam", RATE, CLIP,
		        BATCH, EPOCHS, seeds);
		lesson_number(lesson, arena_format(arena, "size-%s", row->key),
		        "parameters", "%.0f", parameters);
		lesson_spread(lesson, arena_format(arena, "begin-%s", row->key),
		        "how did it begin? accuracy", "%.2f", seeds, accuracy[BEGIN]);
		lesson_spread(lesson, arena_format(arena, "end-%s", row->key),
		        "how did it end? accuracy", "%.2f", seeds, accuracy[END]);
	}
	lesson_point(lesson,
	        "Guessing gives 0.20; knowing both emotions, but not which came "
	        "first, gives 0.50.");
}

/* --- what the LSTM has learned ----------------------------------------------------------- */

static void learned(Lesson *lesson, const Sets *sets, Watched *watched, const Story *ours)
{
	lesson_section(lesson, "What the LSTM has learned");
	const char *names[MOST_TOKENS];
	for (int t = 0; t < ours->count; t++)
		names[t] = sets->words.word[ours->id[t]];
	lesson_settings(lesson, "the LSTM we look into",
	        "units %d, forget %d, rate %g, clip %g, batch %d, epochs %d, seed %d",
	        UNITS, 1, RATE, CLIP, BATCH, WATCHED_EPOCHS, WATCHED_SEED);
	lesson_number(lesson, "watched", "how did it begin? accuracy", "%.2f",
	        network_accuracy(&watched->lstm, sets->test, BEGIN));
	draw_gates_over(
	        lesson, names, &watched->trace[0], &watched->trace[1], watched->unit);
	lesson_number(lesson, "unit", "the unit", "%.0f", watched->unit);
	lesson_point(
	        lesson, "Compare the two columns of c, from the first emotion word on.");
	double reach[2][BACK];
	Network rnn =
	        trained(sets, RNN, RNN_UNITS, 0, BEGIN, WATCHED_EPOCHS, WATCHED_SEED);
	network_reaching(&rnn, sets->test, BEGIN, BACK, reach[0]);
	network_reaching(&watched->lstm, sets->test, BEGIN, BACK, reach[1]);
	chart_norms(lesson, "trained", "The gradient that reaches a word, after training",
	        "words before the last", 2,
	        (const Norms[]){ { "RNN", reach[0] }, { "LSTM", reach[1] } }, BACK);
	lesson_number(lesson, "trained-accuracy",
	        "the RNN's accuracy after as many epochs", "%.2f",
	        network_accuracy(&rnn, sets->test, BEGIN));
	lesson_number(lesson, "trained-rnn", "RNN: share that reaches 20 words back",
	        "%.2g", reach[0][20] / reach[0][0]);
	lesson_number(lesson, "trained-lstm", "LSTM: share that reaches 20 words back",
	        "%.2g", reach[1][20] / reach[1][0]);
	network_free(&rnn);
	lesson_point(lesson, "A gradient that arrives is needed, but it is not enough.");
}

static void in_the_library(Lesson *lesson, Watched *watched, const Story *ours)
{
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	lesson_say(lesson, "  our story began with %s, says the LSTM",
	        emotions[network_answer(&watched->lstm, ours)]);
	lesson_number(lesson, "library-error", "largest difference from our plain loops",
	        "%.0e", trace_error(&watched->trace[0], &watched->lstm, ours));
	lesson_point(lesson, "Two programs, one network: the states agree.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "10-recurrence", "Recurrence");
	static Sets sets;
	static Watched watched;
	Story stories[2];
	order(lesson, &sets, stories);
	by_hand(lesson);
	many_units(lesson);
	back_through_time(lesson);
	forgetting(lesson);
	watch(&watched, &sets, stories);
	gate_by_gate(lesson, &watched);
	cell_gradient(lesson);
	reaching(lesson, &sets);
	both_directions(lesson);
	experiment(lesson, &sets);
	learned(lesson, &sets, &watched, &stories[0]);
	in_the_library(lesson, &watched, &stories[0]);
	network_free(&watched.lstm);
	return lesson_end(lesson);
}
