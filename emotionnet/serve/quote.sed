# A line of text as a C string with its line end. A question mark is escaped, since two of them
# and a third sign are another sign in C11 (trigraphs).
s/[\\"?]/\\&/g
s/.*/"&\\n"/
