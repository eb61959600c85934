#!/usr/bin/env python3
"""The help in other languages: complete, with the same marks as the English, and naming the window as that language names it."""

import collections
import glob
import os
import re
import tempfile

from check import done, expect, need, read, run, source

need("itstool", "msgfmt", "msgcmp", "yelp-check")

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# A key, a link or a button has to stand in each language as often as in English; where emphasis falls is the language's own affair.
MARK = re.compile(r"<(key|gui|guiseq|keyseq|link|code|cmd|app|file|input|output)\b([^>]*)>")
GUI = re.compile(r"<gui\b[^>]*>(.*?)</gui>", re.S)


def entries(path):
    """(context, msgid, msgstr) of each entry that has one translation."""
    for block in read(path).split("\n\n"):
        block = "\n".join(line for line in block.split("\n") if not line.startswith("#"))
        parts = re.split(r"^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ", block, flags=re.M)[1:]
        found = {key: "".join(STRING.findall(text)).replace('\\"', '"').replace("\\n", "\n") for key, text in zip(parts[::2], parts[1::2])}
        if found.get("msgid") and "msgstr" in found:
            yield found.get("msgctxt"), found["msgid"], found["msgstr"]


def plain(text):
    """Words as they are shown, in one line: the line under a letter is not."""
    return re.sub(r" · \d of \d$", "", " ".join(text.replace("_", "").split())).replace("&amp;", "&")


def check_language(language, template, pages, folder):
    catalog = source("help", language, language + ".po")
    window = collections.defaultdict(set)
    for _, msgid, msgstr in entries(source("po", language + ".po")):
        window[plain(msgid)].add(plain(msgstr))
    run("msgfmt", "--check", "-o", os.path.join(folder, language + ".mo"), catalog, quiet=True)
    run("msgcmp", catalog, template, quiet=True)
    named = 0
    for _, msgid, msgstr in entries(catalog):
        if not msgstr or msgid == "translator-credits":
            continue
        marks, theirs = (collections.Counter(MARK.findall(text)) for text in (msgid, msgstr))
        expect(marks == theirs, f"{language}: other marks: “{msgid[:60]}…”: {(marks - theirs) + (theirs - marks)}")
        wanted = [window[plain(word)] or None for word in GUI.findall(msgid)]
        given = [plain(word) for word in GUI.findall(msgstr)]
        named += len(given)
        for words in filter(None, wanted):
            expect(words & set(given), f"{language}: the window says {sorted(words)}: “{msgid[:60]}…”")
    expect(named > 40, f"{language}: names nothing of the window")
    out = os.path.join(folder, language)
    os.mkdir(out)
    run("itstool", "-m", os.path.join(folder, language + ".mo"), "-o", out, *pages)
    os.symlink(source("help", "C", "legal.xml"), os.path.join(out, "legal.xml"))
    made = sorted(glob.glob(os.path.join(out, "*.page")))
    expect(len(made) == len(pages), f"{language}: {len(made)} of {len(pages)} pages were made")
    run("yelp-check", "validate", *made, quiet=True)
    run("yelp-check", "links", out, quiet=True)


languages = [line for line in read(source("help", "LINGUAS")).split() if line in {os.path.basename(path) for path in glob.glob(source("help", "*"))}]
expect(sorted(languages) == sorted(set(re.findall(r"^[a-z]+$", read(source("po", "LINGUAS")), re.M))), f"the help speaks {languages}, the window others")
pages = sorted(glob.glob(source("help", "C", "*.page")))
with tempfile.TemporaryDirectory() as folder:
    template = os.path.join(folder, "help.pot")
    run("itstool", "-o", template, *pages)
    for language in languages:
        check_language(language, template, pages, folder)

done()
