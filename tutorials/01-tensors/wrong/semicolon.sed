# diagnosis: only the first term of the sum is there
s/k < inner; k++)/k < inner; k = inner)/
