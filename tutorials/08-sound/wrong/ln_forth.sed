# diagnosis: ln and log10 are mixed: 2595 belongs to log10
/2595/s/log10f/logf/
