/* save.h: charts (plot.h) as an SVG file. */
#ifndef TENSOR_PLOT_SAVE_H
#define TENSOR_PLOT_SAVE_H

#include "tensor/error.h"
#include "tensor/plot/plot.h"

/* All or nothing. */
bool plot_chart_save(const PlotChart *chart, const char *path, Error *error);
/* Several in one, `columns` beside each other. */
bool plot_charts_save(
        int count, const PlotChart charts[], int columns, const char *path, Error *error);

#endif
