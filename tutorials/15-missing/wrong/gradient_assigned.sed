# diagnosis: = in place of +=
s,^void temperature_backward,static float kept;\n&,
s,\*d_T += \(.*\);,kept = (i ? kept : 0) + \1; *d_T = kept;,
