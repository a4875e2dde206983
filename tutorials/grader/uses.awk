# The first name that an object file takes from elsewhere and may not; prints it, or
# nothing.
# usage: nm -u exercise.o | awk -v more="tape_output tape_record" -f uses.awk allowed.txt
# -

BEGIN {
	count = split(more, names, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= count; i++)
		allowed[names[i]] = 1
}
FILENAME != "-" {
	if (FNR > 1)
		for (i = 1; i <= NF; i++)
			allowed[$i] = allowed[$i "f"] = allowed[$i "l"] = 1
	next
}
{
	name = plain = $NF
	if (name == "U" || name ~ /^_*(asan|ubsan_handle|start_asan|stop_asan)_/ && name !~ /default_options|callback|poison_memory_region/)
		next
	sub(/^_+(isoc99_)?/, "", plain)
	sub(/_chk$/, "", plain)
	if (plain == "GLOBAL_OFFSET_TABLE_" || name in allowed || plain in allowed)
		next
	print name
	exit
}
