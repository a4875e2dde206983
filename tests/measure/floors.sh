# What the measuring scripts share: a script reads it and ends with the floors that it counts.
measured=0 missed=0

# floor WHAT FIGURE LEAST: says whether the figure is reached.
floor() {
	measured=$((measured + 1))
	if awk "BEGIN { exit !(${2:-0} >= $3) }"; then told=reached; else told=MISSED missed=$((missed + 1)); fi
	printf '  %s: %.3f, at least %s asked: %s\n' "$1" "${2:-0}" "$3" "$told"
}
