# diagnosis: a score begins with what weights held before
s/float dot = 0;/float dot = w[u];/
