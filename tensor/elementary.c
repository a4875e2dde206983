#include "tensor/elementary.h"
#include <math.h>
double double_exp(double x)
{
	return exp(x);
}
double double_log(double x)
{
	return log(x);
}
double double_sin(double x)
{
	return sin(x);
}
double double_cos(double x)
{
	return cos(x);
}
double double_pow(double x, double y)
{
	return pow(x, y);
}
