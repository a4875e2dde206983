#!/bin/sh
# Packs the C compiler that the pages compile warm-ups with: wcc of xcc (MIT licence), its headers and C library, and
# what checks a warm-up, compiled by it.
# usage: tutorials/web/kit.sh XCC KIT      XCC: a folder with xcc's source; it is fetched if it is not there
xcc=$1 kit=$2
from=${XCC_FROM:-https://github.com/tyfkda/xcc} # a URL, or a folder with a copy of the repository
commit=231c05bd02934058f3906039cee1100980abe19d
if [ ! -e "$xcc/Makefile" ]; then
	GIT_TERMINAL_PROMPT=0 git clone -q "$from" "$xcc" && git -C "$xcc" checkout -q $commit || exit 1
fi
unset MAKEFLAGS MFLAGS MAKELEVEL # it is another project's Makefile
[ -e "$xcc/cc.wasm" ] || {
	make -C "$xcc" AR=llvm-ar wcc && make -C "$xcc" AR=llvm-ar wcc-gen2
} >"$kit.txt" 2>&1 || { tail -3 "$kit.txt" >&2; exit 1; }

work=$kit.work
rm -rf "$work" && mkdir -p "$work/usr/lib" "$work/tutorials/lesson" || exit 1
cp -r "$xcc/include" "$work/usr/" && cp "$xcc"/lib/w*.a "$work/usr/lib/" && cp "$xcc/cc.wasm" "$xcc/LICENSE" "$work/" &&
	cp tutorials/lesson/warmup.h "$work/tutorials/lesson/" &&
	"$xcc/wcc" -c -I . -o "$work/checks.o" tutorials/lesson/warmup.c &&
	echo 'int warmup_result(void); int main(void) { return warmup_result(); }' >"$work/main.c" &&
	"$xcc/wcc" -c -o "$work/main.o" "$work/main.c" &&
	"$xcc/wcc" -c -o "$work/printf.o" tutorials/web/printf.c &&
	(cd "$work" && tar -cf ../kit.new --format=ustar --owner=0 --group=0 --mtime=@0 --sort=name ./*) &&
	mv "$(dirname "$kit")/kit.new" "$kit" && rm -r "$work"
