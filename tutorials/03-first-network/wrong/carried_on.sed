# diagnosis: z does not begin at the bias for each utterance
/real z = bias;/d
s/^\tfor (int i = 0; i < utterances; i++) {/\treal z = bias;\n&/
