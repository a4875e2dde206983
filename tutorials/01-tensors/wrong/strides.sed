# diagnosis: the strides are ignored
s/i \* a.row_stride + k \* a.column_stride/i * a.columns + k/
s/k \* b.row_stride + j \* b.column_stride/k * b.columns + j/
