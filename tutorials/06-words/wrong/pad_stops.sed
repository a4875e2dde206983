# diagnosis: the loop ends at the first id 0: a return
s/continue;/break;/
