# diagnosis: the loop over j ends one too late
s/j < columns/j <= columns/
