# diagnosis: ln and log10 are mixed: the way back
s/powf(10, mel/expf(mel/;s/expf(mel \/ 2595)/expf(mel \/ 2595)/
