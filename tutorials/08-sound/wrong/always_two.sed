# diagnosis: the stride of the halves is always 2
s/, half, 2 \* stride/, half, 2/
