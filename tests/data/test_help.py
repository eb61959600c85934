#!/usr/bin/env python3
"""The help: valid, without dead ends, and naming what really stands in the window."""

import glob
import html
import os
import re
import tempfile
import xml.etree.ElementTree as ElementTree

from check import done, expect, need, read, run, source

MALLARD = "{http://projectmallard.org/1.0/}"
WANTED = {"index", "first-steps", "practice", "connect", "inbox", "sending", "troubleshooting"}
# Words on screens that are not ours: those of the business account.
FOREIGN = {"API Setup", "System users"}

need("yelp-check", "yelp-build", "xmllint", "itstool")
folder = source("help", "C")
pages = sorted(glob.glob(os.path.join(folder, "*.page")))
ids = {os.path.basename(page)[:-len(".page")] for page in pages}
expect(WANTED <= ids, f"pages missing: {sorted(WANTED - ids)}")

for page in pages:
    run("xmllint", "--noout", "--nonet", page, quiet=True)
run("yelp-check", "validate", *pages, quiet=True)
run("yelp-check", "links", folder, quiet=True)
run("yelp-check", "orphans", folder, quiet=True)
run("yelp-check", "ids", folder, quiet=True)
run("yelp-check", "media", folder, quiet=True)
with tempfile.TemporaryDirectory() as out:
    run("yelp-build", "html", "-o", out, folder)
    built = {name[:-len(".html")] for name in os.listdir(out) if name.endswith(".html")}
    expect(WANTED <= built, f"not built: {sorted(WANTED - built)}")
    run("itstool", "-o", os.path.join(out, "help.pot"), *pages)
    expect("practice shop" in read(os.path.join(out, "help.pot")), "nothing to translate was found")

# Meson installs every page, and only what is there.
listed = set(re.findall(r"'([a-z-]+)\.page'", read(source("help", "meson.build"))))
expect(listed == ids, f"help/meson.build: {sorted(listed ^ ids)}")

# Whatever the help says you will see stands in the sources, letter by letter.
words = set()
for path in glob.glob(source("src", "**", "*.c"), recursive=True) + glob.glob(source("src", "**", "*.blp"), recursive=True):
    words |= {text.replace('\\"', '"') for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', read(path))}
words |= {re.sub(r" · \d of \d$", "", word) for word in words}
named = 0
for page in pages:
    root = ElementTree.parse(page).getroot()
    expect(root.get("id") == os.path.basename(page)[:-len(".page")], f"{os.path.basename(page)}: id {root.get('id')}")
    expect(root.find(f"{MALLARD}info/{MALLARD}desc") is not None, f"{os.path.basename(page)}: no description")
    expect(root.find(f"{MALLARD}info/{MALLARD}revision") is not None, f"{os.path.basename(page)}: no revision")
    for gui in root.iter(MALLARD + "gui"):
        text = " ".join(html.unescape("".join(gui.itertext())).split())
        named += 1
        expect(text in words | FOREIGN | {"Main Menu"}, f"{os.path.basename(page)}: “{text}” is not in the window")
expect(named > 40, "the help names nothing of the window")

# F1 leads to this document.
application = read(source("src", "ui", "window", "sb-application-actions.c"))
expect("help:shopbell" in application and "gnome.yelp('shopbell'" in read(source("help", "meson.build")), "F1 opens another document")

done()
