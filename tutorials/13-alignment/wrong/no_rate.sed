# diagnosis: seconds are taken as frames
/^void words_frames/,/^}/s/ \* rate//
