# diagnosis: the prior is taken off once
s/(float)(1 - n) \*/-1 */
