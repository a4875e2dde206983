# diagnosis: the rows of o get nothing
s/q < 4; q++/q < 3; q++/
