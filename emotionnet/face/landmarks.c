/* With e the vector from the left eye's middle to the right one's, and m the middle between
 * both, a point p becomes
 *
 *     p' = R (p - m) / |e|      R: the rotation that takes e / |e| to (1,0)
 *
 * so x' = (p - m).e / |e|^2 and y' = e x (p - m) / |e|^2. */
#include "emotionnet/face/landmarks.h"

static double middle(const double *of, Eye eye)
{
	double sum = 0;
	for (int i = 0; i < eye.count; i++)
		sum += of[eye.points[i]];
	return sum / eye.count;
}

bool landmarks_level(double *x, double *y, int count, Eye left, Eye right)
{
	double left_x = middle(x, left), left_y = middle(y, left);
	double right_x = middle(x, right), right_y = middle(y, right);
	double e_x = right_x - left_x, e_y = right_y - left_y;
	double m_x = (left_x + right_x) / 2, m_y = (left_y + right_y) / 2;
	double square = e_x * e_x + e_y * e_y;
	if (!(square > 1e-18))
		return false;
	bool near = true;
	for (int i = 0; i < count; i++) {
		double p_x = x[i] - m_x, p_y = y[i] - m_y;
		x[i] = (p_x * e_x + p_y * e_y) / square;
		y[i] = (e_x * p_y - e_y * p_x) / square;
		near &= x[i] * x[i] + y[i] * y[i] < LANDMARKS_FAR * LANDMARKS_FAR;
	}
	return near;
}

const char *const *landmarks_names(Arena *arena, int count)
{
	const char **names = ARENA_ARRAY(arena, const char *, 2 * (size_t)count);
	for (int i = 0; i < count; i++) {
		names[i] = arena_format(arena, "x_%d", i);
		names[count + i] = arena_format(arena, "y_%d", i);
	}
	return names;
}
