#!/bin/sh
# Installs what building the tests needs: Check (https://libcheck.github.io/check/) and pkg-config.
# Says what it runs, as root or through sudo. Does nothing where both are there.
set -u

have() { command -v "$1" >/dev/null 2>&1; }
ready() { have pkg-config && pkg-config --exists check; }

if ready; then
	echo "Check $(pkg-config --modversion check) and pkg-config are there."
	exit 0
fi

update=
if have apt-get; then
	update='apt-get update'
	install='apt-get install -y check pkg-config'
elif have dnf; then
	install='dnf install -y check-devel pkgconf-pkg-config'
elif have pacman; then
	install='pacman -S --noconfirm --needed check pkgconf'
elif have apk; then
	install='apk add check-dev pkgconf'
elif have brew; then
	install='brew install check pkg-config'
else
	echo "make deps: no package manager that is known here (apt, dnf, pacman, apk, brew)." >&2
	echo "Install Check and pkg-config by hand: https://libcheck.github.io/check/" >&2
	exit 1
fi

# brew refuses to run as root; the others need it.
as=
case $install in
brew*) ;;
*)
	if [ "$(id -u)" != 0 ]; then
		if ! have sudo; then
			echo "make deps: not root, and there is no sudo. As root, type:" >&2
			echo "  ${update:+$update && }$install" >&2
			exit 1
		fi
		as=sudo
	fi
	;;
esac

for command in "$update" "$install"; do
	[ -n "$command" ] || continue
	echo "make deps: ${as:+$as }$command"
	# The words of the command are meant to be split.
	# shellcheck disable=SC2086
	DEBIAN_FRONTEND=noninteractive $as $command || {
		echo "make deps: that failed. Type it yourself: ${as:+$as }$command" >&2
		exit 1
	}
done
ready || {
	echo "make deps: installed, but pkg-config still does not find check." >&2
	exit 1
}
