#include "tutorials/13-alignment/trials.h"

Plan plan_of(int seed)
{
	return (Plan){ BATCH, EPOCHS, LEARNING_RATE, (uint64_t)seed };
}

void train_all(Network nets[SEEDS], Fusion fusion, Set train)
{
	for (int s = 0; s < SEEDS; s++) {
		network_new(&nets[s], fusion, (uint64_t)s + 1);
		network_train(&nets[s], train, plan_of(s + 1));
	}
}

void accuracies(double accuracy[SEEDS], const Network nets[SEEDS], Set set)
{
	for (int s = 0; s < SEEDS; s++)
		accuracy[s] = network_accuracy(&nets[s], set);
}

double both_right(const Network *net, Set twice)
{
	int right = 0;
	for (int i = 0; i < twice.count; i += 2)
		right += network_accuracy(net, (Set){ 2, twice.items + i, twice.wider }) >
		         0.75;
	return (double)right / (twice.count / 2);
}
