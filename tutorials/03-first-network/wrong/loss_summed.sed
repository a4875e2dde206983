# diagnosis: not divided by the number of utterances
/result->loss \/= /d
