#!/usr/bin/env python3
"""The page of Shopbell in software centres: valid, complete, and within what the centres accept."""

import datetime
import re
import struct
import xml.etree.ElementTree as ElementTree

from check import APP_ID, BASE_ID, VERSION, build, done, expect, need, read, run, source

SIGNS_OF_TRADE = ("app", "application", "tool", "client", "program", "gtk", "gnome", "shopbell")
TEXT = "{http://www.w3.org/XML/1998/namespace}lang"

need("appstreamcli")
path = build("data", APP_ID + ".metainfo.xml")
output = run("appstreamcli", "validate", "--no-net", "--pedantic", "--explain", path)
for line in output.split("\n"):
    expect(not re.match(r"\s*[EW]:", line), "appstreamcli: " + line.strip())
screens = dict(re.findall(r"^(\w+):\n (.*)$", run("appstreamcli", "check-syscompat", "--details", path), flags=re.M))
for screen in ("Desktop", "Laptop", "Tablet", "Handset"):
    expect("Compatible (100%)" in screens.get(screen, ""), f"check-syscompat: {screen}: {screens.get(screen)}")

root = ElementTree.parse(path).getroot()


def plain(element, name):
    """The English text of the child @name."""
    for child in element.findall(name):
        if TEXT not in child.attrib:
            return " ".join("".join(child.itertext()).split())
    return ""


def check_words():
    name, summary = plain(root, "name"), plain(root, "summary")
    expect(0 < len(name) < 20, f"name: {len(name)} characters")
    expect(10 <= len(summary) <= 35, f"summary: {len(summary)} characters")
    expect(not summary.endswith("."), "summary: full stop")
    words = re.findall(r"\w+", summary.lower())
    expect(words[:1] not in (["a"], ["an"], ["the"]), "summary: begins with an article")
    for word in SIGNS_OF_TRADE:
        expect(word not in words, f"summary: says “{word}”")
    expect("whatsapp" not in (name + summary).lower(), "another’s brand in name or summary")
    description = root.find("description")
    first = plain(description, "p")
    expect(len(first) >= 80, f"description: its first paragraph has {len(first)} characters")
    english = [part for part in description.iter() if part.tag in ("p", "li") and TEXT not in part.attrib]
    expect(sum(len(" ".join(part.text.split())) for part in english) >= 3 * 70, "description: shorter than three lines")
    expect(len([part for part in english if part.tag == "li"]) <= 10, "description: more than ten points")
    for language in [line for line in read(source("po", "LINGUAS")).splitlines() if re.fullmatch("[a-z]{2}", line)]:
        there = [part for part in description.iter() if part.get(TEXT) == language]
        expect(len(there) == len(english), f"description: {len(there)} of {len(english)} paragraphs in {language}")


def check_facts():
    expect(plain(root, "id") == APP_ID, f"id is not {APP_ID}")
    expect(plain(root, "launchable") == APP_ID + ".desktop", "launchable is not the desktop file")
    expect(root.find("content_rating[@type='oars-1.1']") is not None, "no OARS 1.1 rating")
    expect(root.find("developer") is not None and root.find("developer").get("id"), "no id of the developer")
    expect(plain(root, "project_license") == "GPL-3.0-or-later" and "GNU GENERAL PUBLIC LICENSE" in read(source("COPYING")), "licence")
    kinds = {url.get("type") for url in root.findall("url")}
    for kind in ("homepage", "bugtracker", "vcs-browser", "help", "contact"):
        expect(kind in kinds, f"no URL of the {kind}")
    for url in root.findall("url"):
        expect(url.text.startswith("https://"), f"URL {url.text}")
    colours = {colour.get("scheme_preference"): colour.text.lower() for colour in root.findall("branding/color[@type='primary']")}
    expect(set(colours) == {"light", "dark"} and len(set(colours.values())) == 2, f"branding colours: {colours}")
    for colour in colours.values():
        parts = [int(colour[i:i + 2], 16) for i in (1, 3, 5)]
        expect(max(parts) - min(parts) >= 32, f"branding colour {colour} is next to grey")
    built = read(source("meson.build")) + read(source("src", "ui", "meson.build")) + read(source("src", "cli", "meson.build"))
    for binary in root.findall("provides/binary"):
        expect(f"executable('{binary.text}'" in built, f"the program {binary.text} is not built here")


def png_size(file):
    with open(file, "rb") as picture:
        head = picture.read(24)
    return struct.unpack(">II", head[16:24]) if head.startswith(b"\x89PNG") else (0, 0)


def check_screenshots():
    screenshots = root.findall("screenshots/screenshot")
    expect(len(screenshots) >= 3, f"{len(screenshots)} screenshots")
    expect(len([shot for shot in screenshots if shot.get("type") == "default"]) == 1, "not one default screenshot")
    for shot in screenshots:
        caption = plain(shot, "caption")
        expect(caption and not caption.endswith("."), f"caption “{caption}”")
        image = shot.find("image")
        match = re.fullmatch(r"https://\S+/v([0-9.]+)/(data/screenshots/[a-z-]+\.png)", image.text.strip())
        if not expect(match, f"screenshot {image.text}: not of a tag of ours"):
            continue
        expect(match[1] == VERSION, f"screenshot {image.text}: not of version {VERSION}")
        said = (int(image.get("width")), int(image.get("height")))
        try:
            real = png_size(source(match[2]))
        except OSError:
            real = None
        expect(real == said, f"{match[2]}: {real}, not {said}")
        expect(said[0] <= 1000 and said[1] <= 700, f"{match[2]}: larger than 1000 × 700")


def check_releases():
    releases = root.findall("releases/release")
    versions = [release.get("version") for release in releases]
    expect(versions[:1] == [VERSION], f"the newest release is not {VERSION}")
    today = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=1)
    for release in releases:
        version = release.get("version")
        expect(re.fullmatch(r"[0-9]+(\.[0-9]+)*", version), f"release {version}: not a plain version")
        expect(datetime.date.fromisoformat(release.get("date")) <= today, f"release {version}: lies in the future")
        text = "".join(release.find("description").itertext()).strip() if release.find("description") is not None else ""
        expect(len(text) >= 40, f"release {version}: no description")
    for newer, older in zip(versions, versions[1:]):
        expect(run("appstreamcli", "vercmp", newer, "gt", older).strip().endswith("true"), f"release {newer} stands before {older}")
    # What the page says of the newest release is what NEWS says.
    news = " ".join(read(source("NEWS")).split())
    expect(news.startswith(f"Shopbell {VERSION} "), f"NEWS does not begin with {VERSION}")
    for part in releases[0].find("description").iter():
        if part.tag in ("p", "li") and TEXT not in part.attrib:
            sentence = " ".join(part.text.split())
            expect(sentence.replace("’", "'") in news.replace("’", "'"), f"NEWS does not say “{sentence}”")


check_words()
check_facts()
check_screenshots()
check_releases()

# The other profile is made from the same file.
expect(read(source("data", BASE_ID + ".metainfo.xml.in")).count(BASE_ID) == 0, "the source file names the id instead of leaving it to the profile")
done()
