#!/usr/bin/env python3
"""The desktop file and the D-Bus service agree with each other, with the program and with the rules of the desktop."""

import configparser
import os
import re

from check import APP_ID, BASE_ID, build, done, expect, need, read, run, source

MAIN_CATEGORIES = {"AudioVideo", "Audio", "Video", "Development", "Education", "Game", "Graphics", "Network", "Office", "Science",
                   "Settings", "System", "Utility"}

need("desktop-file-validate")
path = build("data", APP_ID + ".desktop")
run("desktop-file-validate", path, quiet=True)

parser = configparser.ConfigParser(interpolation=None, strict=True)
parser.optionxform = str
parser.read(path, encoding="utf-8")
entry = parser["Desktop Entry"]

expect("@" not in read(path), "something was not filled in: " + re.sub(r"\s+", " ", "".join(re.findall(r".*@.*", read(path)))))
expect(entry.get("Icon") == APP_ID, f"Icon is {entry.get('Icon')}, not {APP_ID}")
expect(entry.get("DBusActivatable") == "true", "not DBusActivatable, so notifications do not work after the window was closed")
expect(entry.get("StartupNotify") == "true", "no StartupNotify")
expect(entry.get("X-GNOME-UsesNotifications") == "true", "no X-GNOME-UsesNotifications")
expect("NoDisplay" not in entry, "NoDisplay hides the program")
categories = [category for category in entry.get("Categories", "").split(";") if category]
expect(len(MAIN_CATEGORIES & set(categories)) == 1, f"needs one main category, has {sorted(MAIN_CATEGORIES & set(categories))}")
metainfo = read(source("data", BASE_ID + ".metainfo.xml.in"))
for category in re.findall(r"<category>(\w+)</category>", metainfo):
    expect(category in categories, f"the metainfo says {category}, the desktop file does not")
expect(entry.get("Comment", "")[-1:] not in ("", "."), "Comment is missing or ends with a full stop")

# The program behind Exec is one that we build.
program = entry.get("Exec", "").split(" ")[0]
expect(program and f"executable('{program}'" in read(source("src", "ui", "meson.build")), f"Exec starts {program!r}, which is not built here")

# What D-Bus activation of an action needs: an action of the application of that name, without a parameter.
application = read(source("src", "ui", "window", "sb-application-actions.c"))
for action in [name for name in entry.get("Actions", "").split(";") if name]:
    expect(re.search(r'\{ "%s", \w+ \}' % re.escape(action), application), f"the application has no action “{action}” without a parameter")
    expect("Desktop Action " + action in parser, f"there is no group for the action “{action}”")
if "MimeType" in entry:
    expect("G_APPLICATION_HANDLES_OPEN" in application, "MimeType promises to open files, which the application does not do")

for language in read(source("po", "LINGUAS")).split("\n"):
    if language and not language.startswith("#"):
        expect(f"Comment[{language}]" in entry, f"Comment is not there in {language}")

service = configparser.ConfigParser(interpolation=None)
service.optionxform = str
service.read(build("data", APP_ID + ".service"), encoding="utf-8")
expect(service.get("D-BUS Service", "Name", fallback=None) == APP_ID, "the D-Bus service has another name")
command = service.get("D-BUS Service", "Exec", fallback="").split(" ")
expect(os.path.isabs(command[0]) and command[0].endswith("/" + program), f"the D-Bus service starts {command[0]!r}")
expect(command[1:] == ["--gapplication-service"], "the D-Bus service does not start the program as a service")

done()
