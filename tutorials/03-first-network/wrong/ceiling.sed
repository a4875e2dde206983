# diagnosis: the price has a ceiling
s/real m = angry\[i\] ? z : -z;/&\n\t\tm = m < -30 ? -30 : m;/
