# diagnosis: memcpy counts bytes
/^#include/s/$/\n#include <string.h>/
/^void embedding_forward/,/^}/{
/for (int e/d
s/out\[t \* width + e\] = .*/memcpy(out + t * width, table + ids[t] * width, (size_t)width);/
}
