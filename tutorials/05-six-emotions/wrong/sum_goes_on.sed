# diagnosis: the sum is not set to 0 for each row
s/float losses = 0/float total = 0, losses = 0/;s/, total = 0;$/;/
