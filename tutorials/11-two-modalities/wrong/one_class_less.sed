# diagnosis: a loop over the classes ends one class too early
s/for (int c = \([01]\); c < C;/for (int c = \1; c < C - 1;/
