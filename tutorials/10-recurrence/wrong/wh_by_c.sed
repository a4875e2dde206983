# diagnosis: dw_h gets dz times c_before
/dw_h\[/s/h_before\[m\]/c_before[m]/
