# diagnosis: e^z overflows
s/(m < 0 ? -m : 0) + real_log(1 + real_exp(m < 0 ? m : -m))/real_log(1 + real_exp(-m))/
