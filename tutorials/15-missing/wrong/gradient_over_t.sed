# diagnosis: divided by T. z / T has the derivative
s,(T \* T),T,
