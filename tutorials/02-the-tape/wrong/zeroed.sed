# diagnosis: what was there before is lost
/^void gain_backward/,$s/^	for (int i = 0; i < rows; i++)$/	for (int j = 0; j < columns; d_gain[j++] = 0) {} &/
