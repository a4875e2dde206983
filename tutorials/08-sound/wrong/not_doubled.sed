# diagnosis: which samples the halves get
s/, half, 2 \* stride/, half, stride/
