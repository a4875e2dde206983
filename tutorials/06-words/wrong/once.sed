# diagnosis: a word that stands in the text twice is counted once
/continue;/s/$/\n\t\tint seen = 0;\n\t\tfor (int k = 0; k < t; k++)\n\t\t\tseen += ids[k] == ids[t];\n\t\tif (seen > 0)\n\t\t\tcontinue;/
