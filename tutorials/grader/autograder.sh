#!/bin/sh
# Writes the zip that Gradescope takes: setup.sh, run_autograder, and in source/ the part of a
# handout that checks one chapter. No solution is in it.
# usage: [OUT=file.zip] tutorials/grader/autograder.sh CHAPTER
chapter=$1 out=${OUT:-build/autograder-$1.zip}
fail() { printf '%s\n' "$1" >&2; exit 1; }
command -v zip >/dev/null || fail 'make autograder needs zip: apt-get install zip'
case $out in /*) ;; *) out=$PWD/$out ;; esac
mkdir -p "${out%/*}" && stage=$(mktemp -d) && trap 'rm -rf "$stage"' EXIT || exit 1
said=$(tutorials/handout/handout.sh "$stage/source" 2>&1) || fail "$said"

# Of the handout only what make exercise-build reads.
(
	cd "$stage/source" || exit 1
	for entry in * .[a-z]*; do
		case $entry in
		Makefile | LICENSE | tensor | autograd | layers | optim | audio | text | tutorials | tests) ;;
		*) rm -rf "$entry" ;;
		esac
	done
	for entry in tests/* tutorials/*; do
		case $entry in
		tests/support | tutorials/grader | tutorials/learn | tutorials/lesson | tutorials/write | tutorials/"$chapter") ;;
		*) [ ! -d "$entry" ] || rm -rf "$entry" ;;
		esac
	done
	mkdir emotionnet
) || exit 1

cat >"$stage/setup.sh" <<'END'
#!/bin/sh
# Gradescope runs this once, when it makes the machine.
root=${AUTOGRADER:-/autograder}
if ! { pkg-config --exists check && command -v gcc && command -v make && command -v objcopy; } >/dev/null 2>&1; then
	apt-get update && apt-get install -y gcc libc6-dev make binutils check pkg-config || exit 1
fi
END
cat >"$stage/run_autograder" <<'END'
#!/bin/sh
# Gradescope runs this for each submission: one file exercise.c, or one .c file of any name.
root=${AUTOGRADER:-/autograder}
END
cat >>"$stage/setup.sh" <<END
# For any processor: what runs may be another than what builds.
make -s -C "\$root/source" MODE=sanitize ARCH=baseline CH=${chapter%%-*} exercise-build
END
cat >>"$stage/run_autograder" <<END
cd "\$root/source" && mkdir -p "\$root/results" || exit 1
file=\$root/submission/exercise.c
[ -f "\$file" ] || for any in "\$root"/submission/*.c; do file=\$any; done
OBJECTS=build/sanitize-baseline tutorials/grade.sh $chapter "\$file" build/graded
status=\$?
cp build/graded/results.json "\$root/results/results.json" && [ \$status -le 1 ]
END
chmod +x "$stage/setup.sh" "$stage/run_autograder"
rm -f "$out"
(cd "$stage" && zip -q -r "$out" setup.sh run_autograder source) || exit 1
echo "$out: give it to Gradescope as the autograder of $chapter."
