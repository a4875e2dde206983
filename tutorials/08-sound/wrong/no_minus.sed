# diagnosis: the way back from mel
s/(powf(10, mel \/ 2595) - 1)/powf(10, mel \/ 2595)/
