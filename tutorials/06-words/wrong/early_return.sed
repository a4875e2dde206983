# diagnosis: only the first word counts
/+= d_out/s/$/\n\t\treturn;/
