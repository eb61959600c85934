#!/usr/bin/env python3
"""Every icon: valid, drawn on its grid, in one colour where it has to be, and there under each name the program asks for."""

import glob
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

from check import APP_ID, BASE_ID, build, done, expect, need, read, run, source

SVG = "{http://www.w3.org/2000/svg}"
# Names of the desktop's own theme, as the sources use them; looked up in the theme itself below.
THEME = "/usr/share/icons/Adwaita"

need("xmllint", "rsvg-convert", "gtk4-encode-symbolic-svg", "gresource")

apps = [source("data/icons/hicolor/scalable/apps", name + ".svg") for name in (BASE_ID, BASE_ID + ".Devel")]
marks = [source("data/icons/hicolor/symbolic/apps", name + "-symbolic.svg") for name in (BASE_ID, BASE_ID + ".Devel")]
symbols = sorted(glob.glob(source("data/icons/symbolic/*.svg")))
expect(len(symbols) > 10, "the symbols are gone")


def square(path, size):
    root = ElementTree.parse(path).getroot()
    expect(root.get("viewBox") == f"0 0 {size} {size}", f"{os.path.basename(path)}: view box {root.get('viewBox')}")


def edges(path):
    """How far from each edge of a 128 px picture the drawing keeps, and how much of it is covered."""
    ppm = subprocess.run(["rsvg-convert", "-w", "128", "-h", "128", "--background-color", "#ff00ff", path], capture_output=True).stdout
    raw = subprocess.run(["convert", "png:-", "-depth", "8", "rgb:-"], input=ppm, capture_output=True).stdout
    expect(len(raw) == 128 * 128 * 3, f"{os.path.basename(path)}: cannot be drawn")
    drawn = [i // 3 for i in range(0, len(raw), 3) if raw[i:i + 3] != b"\xff\x00\xff"]
    if not drawn:
        return 0, 0
    columns, rows = [i % 128 for i in drawn], [i // 128 for i in drawn]
    return min(min(columns), min(rows), 127 - max(columns), 127 - max(rows)), len(drawn)


need("convert")
for path in apps + marks + symbols:
    if expect(os.path.exists(path), f"{os.path.relpath(path, source())} is missing"):
        run("xmllint", "--noout", "--nonet", path, quiet=True)
for path in apps:
    square(path, 128)
    gap, covered = edges(path)
    expect(gap >= 0 and covered > 3000, f"{os.path.basename(path)}: {covered} of 16384 points drawn")
    expect("<text" not in read(path) and "<image" not in read(path) and "filter" not in read(path), f"{os.path.basename(path)}: letters, bitmap or shadow")
    expect("whatsapp" not in read(path).lower(), f"{os.path.basename(path)}: another’s brand")

for path in marks + symbols:
    square(path, 16)
    text, root = read(path), ElementTree.parse(path).getroot()
    for name in ("linearGradient", "radialGradient", "text", "image", "filter", "style", "mask"):
        expect(root.find(f".//{SVG}{name}") is None, f"{os.path.basename(path)}: <{name}> in an icon of one colour")
    colours = {colour.lower() for colour in re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]{3,8})"', text)}
    expect(len(colours) <= 1, f"{os.path.basename(path)}: the colours {sorted(colours)}")
    run("gtk4-encode-symbolic-svg", path, "16x16", "-o", os.environ.get("TMPDIR", "/tmp"))
    gap, covered = edges(path)
    expect(covered > 300, f"{os.path.basename(path)}: nearly nothing is drawn")

# The resource holds each symbol; GTK says nothing when an icon is missing.
listing = "".join(subprocess.run(["gresource", "list", found], capture_output=True, text=True).stdout for found in [build("src/ui/shopbell")])
expect("style.css" in listing, "the program holds no resource")
for path in symbols:
    name = os.path.basename(path)
    expect("/" + name in listing or name[:-4] not in "".join(read(file) for file in glob.glob(source("src/ui/**/*.c"), recursive=True)),
           f"{name} is used and not in the resource")

theme = {os.path.splitext(name)[0] for _, _, names in os.walk(THEME) for name in names}
ours = {os.path.basename(line)[:-4] for line in listing.split() if line.endswith(".svg")} | {BASE_ID, APP_ID}
toolkit = subprocess.run(["sh", "-c", "gresource list /usr/lib/*/libgtk-4.so.1; gresource list /usr/lib/*/libadwaita-1.so.0"], capture_output=True, text=True).stdout
toolkit = {os.path.splitext(os.path.basename(line))[0] for line in toolkit.split() if "/icons/" in line}
used = set()
for path in glob.glob(source("src/ui/**/*.c"), recursive=True):
    used |= set(re.findall(r'"([a-z0-9-]+-symbolic)"', read(path)))
expect(len(used) > 10, "no icon names found in the sources")
for name in sorted(used):
    expect(name in theme | ours | toolkit, f"the icon “{name}” is in no theme and no resource")

done()
