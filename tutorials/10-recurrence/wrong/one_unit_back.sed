# diagnosis: only the first unit is reached
/^void lstm_step_backward/,/^}/s/^\t\t}$/&\n\t\tif (H)\n\t\t\treturn;/
