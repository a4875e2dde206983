# diagnosis: divided by the number of rows. The mean
/dw\[/s/;/ \/ (float)rows;/
