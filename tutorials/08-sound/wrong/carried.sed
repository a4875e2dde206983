# diagnosis: the sum goes on from the band before
/^void log_mel/,/^}/{
s/for (int m = 0/float sum = least;\n\t&/
s/^\t\tfloat sum = least;//
}
