# diagnosis: the sum does not begin at 0 for each element
/real sum = 0;/d
s/for (int i = 0; i < out.rows; i++)/real sum = 0; &/
