# diagnosis: y is not written where
/^void dropout_forward/,/^}/s/y\[i\] = keep\[i\] ? \(.*\) : 0;/if (keep[i])\n\t\t\ty[i] = \1;/
