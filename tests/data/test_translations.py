#!/usr/bin/env python3
"""Translations: every file with words is listed, each language is sound, complete, and counts as its speakers do."""

import glob
import os
import re
import subprocess
import tempfile

from check import done, expect, need, read, run, source

PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
}
HEADER = ("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team",
          "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
# What `meson compile shopbell-pot` uses for C (preset glib).
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3", "ngettext:1,2"]

need("msgfmt", "xgettext", "msgcmp", "msgattrib")


def entries(path):
    return [line.strip() for line in read(path).split("\n") if line.strip() and not line.startswith("#")]


def check_potfiles():
    listed = entries(source("po", "POTFILES.in"))
    expect(len(listed) == len(set(listed)), "POTFILES.in: a file stands twice")
    for name in listed:
        expect(os.path.exists(source(name)), f"POTFILES.in: {name} is not there")
    for pattern in ("src/**/*.c", "src/**/*.h", "src/**/*.cc", "src/**/*.blp", "data/*.desktop.in", "data/*.metainfo.xml.in", "data/*.gschema.xml"):
        for path in glob.glob(source(pattern), recursive=True):
            name = os.path.relpath(path, source())
            marked = name.startswith("data/") or re.search(r"\b(?:_|C_|N_|NC_|ngettext|g_dngettext) ?\(\s*\"", read(path))
            expect(not marked or name in listed, f"POTFILES.in: {name} has words to translate and is not listed")
            if marked and path.endswith((".c", ".cc")):
                expect("gi18n" in read(path) or "gettext" in read(path), f"{name}: marks words and does not include gi18n")
    return listed


def make_pot(listed, folder):
    """What xgettext finds in the sources of today."""
    pot = os.path.join(folder, "shopbell.pot")
    environment = dict(os.environ, GETTEXTDATADIRS="/usr/share/gettext:" + source("data"))
    plain = [name for name in listed if not name.endswith(".blp")]
    run("xgettext", "--from-code=UTF-8", "--add-comments=Translators", *["--keyword=" + word for word in KEYWORDS], "--flag=_:1:pass-c-format",
        "-o", pot, "-D", source(), *plain, env=environment)
    return pot


def check_strings(pot):
    """What makes a string untranslatable, or ugly in print."""
    for entry in read(pot).split("\n\n")[1:]:
        reference = " ".join(re.findall(r"#: (\S+)", entry)[:1])
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', entry.split("msgstr")[0]))
        if reference.startswith("data/") and "desktop.in" in reference:
            continue
        expect("..." not in text, f"{reference}: three dots instead of “…”")
        expect("'" not in text.replace("%'", "%"), f"{reference}: a typewriter’s apostrophe")
        expect('\\"' not in text, f"{reference}: a typewriter’s quotes")
        expect(text == text.strip(), f"{reference}: “{text}” begins or ends with a blank: put together from pieces")


def header_of(text):
    block = text.split("\n\n")[0]
    lines = "".join(re.findall(r'^"(.*)"$', block[block.index("msgstr"):], flags=re.M)).split("\\n")
    return {line.split(":", 1)[0]: line.split(":", 1)[1].strip() for line in lines if ":" in line}


def check_language(language, pot, folder):
    path = source("po", language + ".po")
    if not expect(os.path.exists(path), f"LINGUAS names {language}, and {language}.po is not there"):
        return
    text, header = read(path), header_of(read(path))
    for field in HEADER:
        expect(header.get(field), f"{language}: {field} is empty")
    expect(header.get("Language") == language, f"{language}: its header says {header.get('Language')}")
    expect(header.get("Plural-Forms") == PLURALS[language], f"{language}: other plural forms than its grammar’s")
    expect("charset=UTF-8" in header.get("Content-Type", ""), f"{language}: not in UTF-8")
    expect(re.search(r"^# Reviewed-By: \S", text, flags=re.M), f"{language}: does not say who reviewed it, or that nobody did")
    run("msgfmt", "--check", "--check-accelerators=_", "-o", os.path.join(folder, language + ".mo"), path)
    expect(not re.search(r"^#,.*fuzzy", text, flags=re.M), f"{language}: fuzzy entries")
    expect(not re.search(r"^#~ ", text, flags=re.M), f"{language}: entries of words that are gone")
    missing = subprocess.run(["msgcmp", "--no-fuzzy-matching", path, pot], capture_output=True, text=True)
    gaps = [line for line in missing.stderr.split("\n") if "not" in line or "no " in line or "untranslated" in line]
    expect(missing.returncode == 0, f"{language}: not complete, {len(gaps)} words\n" + missing.stderr.strip()[:2000])


listed = check_potfiles()
languages = entries(source("po", "LINGUAS"))
expect(sorted(languages) == languages and set(languages) == set(PLURALS), f"LINGUAS: {languages}")
expect({os.path.basename(path)[:-3] for path in glob.glob(source("po", "*.po"))} == set(languages), "po/ and LINGUAS name other languages")
main = read(source("src", "main.c"))
expect(all(call in main for call in ("bindtextdomain (GETTEXT_PACKAGE", "bind_textdomain_codeset", "textdomain (")), "main.c does not open the translations")
with tempfile.TemporaryDirectory() as folder:
    pot = make_pot(listed, folder)
    expect(read(pot).count("\nmsgid ") > 200, "hardly any words were found")
    check_strings(pot)
    for language in languages:
        if language in PLURALS:
            check_language(language, pot, folder)

done()
