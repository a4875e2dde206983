#include "tutorials/12-attention/maps.h"

int map_largest(const Network *net, const Story *story)
{
	Pass pass;
	network_forward(net, story, &pass);
	int most = 0;
	for (int t = 1; t < pass.T; t++)
		most = pass.a[t] > pass.a[most] ? t : most;
	return most;
}

/* [without] */
static bool changes_without(const Network *net, const Story *story, int place)
{
	const Story rest = story_without(story, place);
	return network_answer(net, &rest) != network_answer(net, story);
}
/* [/without] */

MapFacts map_facts(const Network *net, Stories set)
{
	int count = 0, on_word = 0, most = 0, word = 0;
	for (int i = 0; i < set.count; i++) {
		const Story *story = &set.items[i];
		if (!story->label)
			continue;
		const int largest = map_largest(net, story);
		count++;
		on_word += largest == story->told;
		most += changes_without(net, story, largest);
		word += changes_without(net, story, story->told);
	}
	return (MapFacts){ (double)on_word / count, (double)most / count,
		(double)word / count };
}

MapPair map_pair(const Network *one, const Network *other, Stories set)
{
	int count = 0, answers = 0, maps = 0;
	for (int i = 0; i < set.count; i++) {
		const Story *story = &set.items[i];
		if (!story->label)
			continue;
		count++;
		if (network_answer(one, story) != network_answer(other, story))
			continue;
		answers++;
		maps += map_largest(one, story) == map_largest(other, story);
	}
	return (MapPair){ (double)answers / count, (double)maps / answers };
}
