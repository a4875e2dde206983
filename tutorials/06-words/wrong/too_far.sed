# diagnosis: the inner loop goes one too far
/^void embedding_forward/,/^}/s/e < width/e <= width/
