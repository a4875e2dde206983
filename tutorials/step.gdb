# Stepping through a chapter: make step CH=02. Beside the commands of tensor/debug.gdb:
#
#     run                 from the beginning to the first numbered point; continue: to the next
#     look                the chapter's variables at the point
#     who-wrote VAR       until the next point, tell each write to the gradient of a Var (its first
#                         number), with the line of C that wrote
#     who-writes NUMBER   the same for any number, such as list.entry[6].grad
#
# Software watchpoints, since hardware ones do not fire in every virtual machine: gdb then looks after
# each instruction, which is fast enough from one point to the next.

set pagination off
set confirm off
# Visual Studio Code reads this file before the program.
set breakpoint pending on
set can-use-hw-watchpoints 0
# The keyboard is the debugger's: the program asks nothing.
set environment LESSON_ASK 0
# Each point shows the values that it is about.
set environment LESSON_LOOK 1
# The sanitizers' build looks for leaks at the end, which it cannot do under a debugger.
set environment ASAN_OPTIONS detect_leaks=0
set $watching = 0

define unwatch
	if $watching > 0
		delete $watching
		set $watching = 0
	end
end
document unwatch
End who-wrote and who-writes.
end

break lesson_stop
commands
	silent
	unwatch
	up-silently 2
	frame
end

define look
	info locals
end
document look
The variables of the chapter's function where it stands.
end

define who-writes
	unwatch
	set $who = &($arg0)
	watch -l *$who
	set $watching = $bpnum
	commands
		silent
		printf "\n%.6g was written here:\n", *$who
		backtrace 2
		continue
	end
end
document who-writes
who-writes NUMBER: until the next point, tell each write to it and the line of C that wrote.
end

# An intermediate result gets the memory for its gradient in the backward pass: it is waited for.
define who-wrote
	if $arg0->grad.data != 0
		who-writes $arg0->grad.data[0]
	else
		if $arg0->node == 0
			printf "This Var wants no gradient: nobody writes it.\n"
		else
			unwatch
			set $var = $arg0
			watch -l $var->grad.data
			set $watching = $bpnum
			commands
				silent
				who-writes $var->grad.data[0]
				continue
			end
		end
	end
end
document who-wrote
who-wrote VAR: until the next point, tell each write to its gradient (the first number) and the line
of C that wrote. Then: continue
end

printf "\nrun: to the first point. continue: to the next. help user-defined: all commands.\n\n"
