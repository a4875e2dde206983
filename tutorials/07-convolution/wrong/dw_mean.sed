# diagnosis: divided by the number of windows. A weight
/dw\[/s/;/ \/ (float)(T - k + 1);/
