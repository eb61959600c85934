#!/usr/bin/env bash
# Are the sources laid out as .clang-format says? check-format.sh [--fix] [FILES]
#
# Without FILES all of src/ and tests/. Exit 1 with the names of those that are not; --fix puts them right instead.
# Clang-format of another version lays out differently, so that only version 19 may judge; without it: exit 77, a skipped test.
set -eu
cd "$(dirname "$0")/.."
format=$(command -v clang-format-19) || { echo "clang-format-19 is not installed, so the layout cannot be checked here"; exit 77; }

fix=
if [ "${1:-}" = --fix ]; then fix=1; shift; fi
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find src tests -name node_modules -prune -o -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -print | sort)
fi
[ ${#files[@]} -gt 0 ] || { echo "no sources found"; exit 2; }

made=$(mktemp -d)
trap 'rm -r "$made"' EXIT

# Copies are laid out, many at a time: to start the program takes longer than to lay out a file. The marks of words to
# translate stand close to their words; clang-format has no way to say so that leaves tables alone.
sources=()
for i in "${!files[@]}"; do
  sources[i]=$made/$i.${files[i]##*.}
  cp "${files[i]}" "${sources[i]}"
done
cp .clang-format "$made"
printf '%s\0' "${sources[@]}" | xargs -0 -P 2 -n 100 "$format" -i
sed -E -i 's/\b(_|N_|C_|NC_) \(/\1(/g' "${sources[@]}"

wrong=0
for i in "${!files[@]}"; do
  cmp -s "${files[i]}" "${sources[i]}" && continue
  if [ -n "$fix" ]; then
    cat "${sources[i]}" >"${files[i]}"
    continue
  fi
  place=$(diff "${files[i]}" "${sources[i]}" | sed -n '1s/[^0-9].*//p')
  echo "${files[i]}:$place: not laid out as .clang-format says"
  wrong=$((wrong + 1))
done
[ -z "$fix" ] || exit 0

if [ "$wrong" -gt 0 ]; then
  echo "$wrong of ${#files[@]} files; build-aux/check-format.sh --fix puts them right"
  exit 1
fi
echo "${#files[@]} files are laid out well"
