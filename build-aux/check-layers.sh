#!/usr/bin/env bash
# The layering and the sizes of the sources, where the compiler does not see them. Complaints on standard output; exit 1 with any.
#
#   check-layers.sh [SRC]
#
# 1. An include points down only: base < model < store, channel, import, ocr, rule < engine < cli, ui; desktop sees the store;
#    practice and mailbox see base alone, reader also import.
#    No include has a slash: each folder is an include directory of its own.
# 2. Each outside library has its home.
# 3. g_autoptr and g_autofree begin with a value: no compiler warns, and the cleanup of rubbish crashes rarely.
# 4. No file passes 600 lines.
set -eu
src=${1:-$(cd "$(dirname "$0")/.." && pwd)/src}
[ -d "$src/base" ] || { echo "$src: no sources"; exit 2; }
cd "$src"

find . -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -printf '%P\n' | sort | xargs awk '
  BEGIN {
    sees["base"] = "base"
    sees["model"] = "model base"
    sees["store"] = "store model base"
    sees["channel"] = "channel model base"
    sees["import"] = "import model base"
    sees["rule"] = "rule model base"
    sees["engine"] = "engine rule import ocr channel store model base"
    sees["cli"] = "cli engine rule import ocr channel store model base"
    sees["ui"] = "ui engine rule import ocr channel store model base"
    sees["desktop"] = "desktop store model base"
    sees["."] = sees["ui"]                      # main.c
    sees["ocr"] = "ocr base"
    sees["reader"] = "reader import model base"
    sees["practice"] = "practice base"
    sees["mailbox"] = "mailbox base"

    home["sqlite3.h"] = "base store practice mailbox"
    home["libsoup/"] = "base channel practice mailbox"
    home["sodium.h"] = "base channel mailbox"
    home["libsecret/"] = "engine"
    home["archive"] = "import"
    home["libxml/"] = "import"
    home["xlsxwriter.h"] = "import"
    home["tesseract/"] = "reader"
    home["leptonica/"] = "reader"
    home["poppler"] = "reader"
    home["phonenumbers/"] = "base"
    home["gtk/"] = "ui"
    home["adwaita.h"] = "ui"
    home["pango/"] = "base ui"

    # Which folder a header lives in.
    for (i = 1; i < ARGC; i++)
      if (ARGV[i] ~ /\.h$/) {
        n = split(ARGV[i], part, "/")
        folders_of[part[n]] = folders_of[part[n]] " " (n > 1 ? part[1] : ".")
      }
  }

  function complain(file, line, words) { printf "%s%s: %s\n", file, line ? ":" line : "", words; wrong++ }

  function among(word, list) { return index(" " list " ", " " word " ") > 0 }

  # The folder that @name comes from when @folder includes it: its own first, else the first it may see, else any.
  function folder_of(name, folder,    n, i, list) {
    n = split(folders_of[name], list, " ")
    for (i = 1; i <= n; i++) if (list[i] == folder) return folder
    for (i = 1; i <= n; i++) if (among(list[i], sees[folder])) return list[i]
    return list[1]
  }

  FNR == 1 {
    n = split(FILENAME, part, "/")
    folder = n > 1 ? part[1] : "."
    if (!(folder in sees) && !(folder in told)) { complain(FILENAME, 0, "nobody said what the folder " folder " may see"); told[folder] = 1 }
  }

  FNR > lines[FILENAME] { lines[FILENAME] = FNR }

  match($0, /^[ \t]*#[ \t]*include[ \t]*"[^"]+"/) {
    name = $0; sub(/^[^"]*"/, "", name); sub(/".*/, "", name)
    if (name ~ /\//) complain(FILENAME, FNR, "include with a slash: " name)
    else if (name == "sb-config.h" || name ~ /-resources\.h$/) ;      # made by the build
    else if (!(name in folders_of)) complain(FILENAME, FNR, name " is no header of ours")
    else {
      from = folder_of(name, folder)
      if (!among(from, sees[folder])) complain(FILENAME, FNR, folder " may not see " from ": " name)
      else if (name == "sb-db.h" && !among(folder, home["sqlite3.h"])) complain(FILENAME, FNR, "all SQL lives in store")
      else if (name ~ /-private\.h$/ && from != folder) complain(FILENAME, FNR, name " is private to " from)
    }
  }

  match($0, /^[ \t]*#[ \t]*include[ \t]*<[^>]+>/) {
    name = $0; sub(/^[^<]*</, "", name); sub(/>.*/, "", name)
    for (start in home)
      if (index(name, start) == 1 && !among(folder, home[start]))
        complain(FILENAME, FNR, "<" name "> belongs in " home[start])
    if (index(name, "libsecret/") == 1) secrets[FILENAME] = 1
  }

  /^[ \t]+g_auto(ptr|list|slist|queue|free|[ \t]*\()/ && /;[ \t]*(\/\*.*)?$/ && !/=/ { complain(FILENAME, FNR, "no value at the start:" $0) }

  /adw_toast_new/ && FILENAME !~ /sb-tell\.c$/ { complain(FILENAME, FNR, "toasts are made in sb-tell.c, or they read words of customers as markup") }

  END {
    for (file in secrets) n_secrets++
    if (n_secrets > 1) complain("engine", 0, "libsecret is in more than one file")
    for (file in lines)
      if (lines[file] > 600) complain(file, 0, lines[file] " lines; 600 is the limit")
    if (NR == 0) complain(".", 0, "no sources read")
    print wrong ? wrong " complaints" : "the layers hold"
    exit wrong > 0
  }
' || exit 1
