# diagnosis: a NULL is followed
s/if (shift->grad.data)/if (shift->value.data)/
