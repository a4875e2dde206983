# diagnosis: a column stride is ignored
s/ + j \* b.column_stride/ + j/
