/* save.h: a chart (plot.h) as an SVG file. */
#ifndef TENSOR_PLOT_SAVE_H
#define TENSOR_PLOT_SAVE_H

#include "tensor/error.h"
#include "tensor/plot/plot.h"

/* All or nothing. */
bool plot_chart_save(const PlotChart *chart, const char *path, Error *error);

#endif
