# diagnosis: out has strides of its own
s/i \* out.row_stride + j \* out.column_stride/i * out.columns + j/
