#!/usr/bin/env bash
# Are the sources laid out as .clang-format says? check-format.sh [--fix] [FILES]
#
# Without FILES all of src/ and tests/. Exit 1 with the names of those that are not; --fix puts them right instead.
# Clang-format of another version lays out differently, so that only version 19 may judge; without it: exit 77, a skipped test.
set -eu
cd "$(dirname "$0")/.."
format=$(command -v clang-format-19) || { echo "clang-format-19 is not installed, so the layout cannot be checked here"; exit 77; }
export format

fix=
if [ "${1:-}" = --fix ]; then fix=1; shift; fi
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find src tests -name node_modules -prune -o -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print | sort)
fi
[ ${#files[@]} -gt 0 ] || { echo "no sources found"; exit 2; }

# The marks of words to translate stand close to their words; clang-format has no way to say so that leaves tables alone.
lay_out () {
  "$format" "$1" | sed -E 's/\b(_|N_|C_|NC_) \(/\1(/g'
}

judge () {
  place=$(lay_out "$1" | diff "$1" - | sed -n '1s/[^0-9].*//p')
  [ -z "$place" ] || echo "$1:$place: not laid out as .clang-format says"
}

put_right () {
  made=$(mktemp)
  lay_out "$1" >"$made"
  cmp -s "$made" "$1" || cat "$made" >"$1"
  rm "$made"
}
export -f lay_out judge put_right

if [ -n "$fix" ]; then
  printf '%s\0' "${files[@]}" | xargs -0 -P 2 -I{} bash -c 'put_right "$1"' put_right {}
  exit
fi

wrong=$(printf '%s\0' "${files[@]}" | xargs -0 -P 2 -I{} bash -c 'judge "$1"' judge {})
if [ -n "$wrong" ]; then
  echo "$wrong"
  echo "$(wc -l <<<"$wrong") of ${#files[@]} files; build-aux/check-format.sh --fix puts them right"
  exit 1
fi
echo "${#files[@]} files are laid out well"
