# diagnosis: only the first row of the first unit
/^void lstm_step_backward/,/^}/s/^\t\t}$/\t\t\tif (H)\n\t\t\t\treturn;\n&/
