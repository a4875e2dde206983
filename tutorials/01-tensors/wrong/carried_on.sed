# diagnosis: the sum is not set to 0 for each element
/float sum = 0;/d
s/for (int i = 0; i < rows; i++)/float sum = 0; &/
