# diagnosis: the loop over i or over j ends too late
s/j < out.columns/j <= out.columns/
