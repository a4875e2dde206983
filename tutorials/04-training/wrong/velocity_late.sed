# diagnosis: w moves along the velocity before this step
/velocity\[i\] = momentum/{h;d;};/w\[i\] -= rate \* velocity/G
