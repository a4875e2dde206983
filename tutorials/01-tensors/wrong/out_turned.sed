# diagnosis: i and j are exchanged where out is written
s/i \* out.row_stride + j \* out.column_stride/j * out.row_stride + i * out.column_stride/
