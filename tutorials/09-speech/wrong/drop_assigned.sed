# diagnosis: = where += has to be in dropout_backward
/^void dropout_backward/,/^}/s/+=/=/
