# Commands for gdb that show what the numbers are:
#
#     gdb -x tensor/debug.gdb build/debug/bin/emotionnet
#
#     tensor x->value         a Tensor as a matrix, with its shape
#     var x                   a Var: its name, who made it, its value and its gradient
#     tape tape               a Tape: its last nodes, the latest first
#     break-backward op_tanh  stop in each backward of an operation, by its name on the tape
#
# They read memory and call nothing in the program, so they work on a core file too. An argument has
# no spaces. To see who writes a gradient: watch -l x->grad.data[0]

set print pretty on

# How much of a large tensor is shown, and of a tape.
set $tensor_rows = 12
set $tensor_columns = 8
set $tape_nodes = 8

define tensor-shape
	set $s = $arg0
	printf "("
	set $d = 0
	while $d < $s.ndim
		if $d > 0
			printf ","
		end
		printf "%d", $s.shape[$d]
		set $d = $d + 1
	end
	printf ")"
end
document tensor-shape
tensor-shape TENSOR: its shape, "(2,3)".
end

define tensor-row
	set $c = 0
	while $c < $columns && $c < $tensor_columns
		printf "%12.5g", $t.data[$r * $columns + $c]
		set $c = $c + 1
	end
	if $c < $columns
		printf "  ..."
	end
	printf "\n"
end
document tensor-row
A part of the command tensor: row $r of $t.
end

define tensor
	set $t = $arg0
	tensor-shape $t
	if $t.data == 0
		printf " none\n"
	else
		printf "\n"
		set $columns = 1
		set $rows = 1
		set $d = 0
		while $d < $t.ndim
			set $rows = $rows * $columns
			set $columns = $t.shape[$d]
			set $d = $d + 1
		end
		set $r = 0
		while $r < $rows && $r < $tensor_rows
			if $t.ndim > 2 && $r > 0 && $r % $t.shape[$t.ndim - 2] == 0
				printf "\n"
			end
			tensor-row
			set $r = $r + 1
		end
		if $r < $rows
			printf "  ... (%d rows)\n", $rows
		end
	end
end
document tensor
tensor TENSOR: its shape, then its numbers, a row of the last dimension a line.
A blank line parts the matrices of a tensor of rank 3 or 4. Of a large one the beginning is shown:
set $tensor_rows and $tensor_columns for more.
end

define var
	set $v = $arg0
	if $v->name != 0
		printf "\"%s\"", $v->name
	else
		printf "no name"
	end
	if $v->node != 0
		printf ", made by %s at %s:%d", $v->node->op->name, $v->node->site.file, $v->node->site.line
	end
	printf "\nvalue "
	tensor $v->value
	printf "gradient "
	tensor $v->grad
end
document var
var VAR: the name of a Var, the operation and line that made it, its value and its gradient.
"gradient (2,3) none": not wanted, not made yet (before the backward walk), or given up after it.
end

define tape
	set $n = $arg0->last
	printf "%d nodes\n", $arg0->nodes
	set $i = 0
	while $n != 0 && $i < $tape_nodes
		printf "  %s ", $n->op->name
		tensor-shape $n->out->value
		printf " at %s:%d\n", $n->site.file, $n->site.line
		set $n = $n->previous
		set $i = $i + 1
	end
	if $n != 0
		printf "  ...\n"
	end
end
document tape
tape TAPE: how many nodes there are, and the last of them: operation, shape, line of source.
set $tape_nodes for more.
end

define break-backward
	break autograd/tape.c:call_backward if $_streq(node->op->name, "$arg0")
	commands
		silent
		printf "backward of %s ", node->op->name
		tensor-shape node->out->value
		printf " at %s:%d\n", node->site.file, node->site.line
		step
	end
end
document break-backward
break-backward NAME: stop in each backward of the operation of this name, as op_tanh.
In an optimised build it may stop on the line before, in call_backward: step once more.
end
