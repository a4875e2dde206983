# diagnosis: the gradient itself moves w
s/(m\[i\] \/ correct1)/(g[i] \/ correct1)/
