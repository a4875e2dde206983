# diagnosis: frames behind the end. There are T of them
/^void words_frames/,/^}/s/begin > T ? T : begin/begin/;s/end > T ? T : end/end/
