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

if [ -n "$fix" ]; then
  exec "$format" -i "${files[@]}"
fi

wrong=0
for file in "${files[@]}"; do
  # The first complaint of a file is enough to find the place.
  if ! complaint=$("$format" --dry-run -Werror "$file" 2>&1); then
    printf '%s\n' "$complaint" | grep -m1 -E '^[^ ]+:[0-9]+:' || printf '%s: %s\n' "$file" "$complaint"
    wrong=$((wrong + 1))
  fi
done
if [ "$wrong" -gt 0 ]; then
  echo "$wrong of ${#files[@]} files; build-aux/check-format.sh --fix puts them right"
  exit 1
fi
echo "${#files[@]} files are laid out well"
