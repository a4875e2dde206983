# diagnosis: i and k are exchanged where a is read
s/i \* a.row_stride + k \* a.column_stride/k * a.row_stride + i * a.column_stride/
