# diagnosis: only the first number takes a step
s/w\[i\] -= rate \* velocity\[i\];/& return;/
