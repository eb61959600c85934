#!/usr/bin/env python3
"""The settings: they compile, explain themselves, hold no secret, and are those the program asks for."""

import glob
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

from check import BASE_ID, build, done, expect, need, read, run, source

need("glib-compile-schemas", "gsettings")
run("glib-compile-schemas", "--strict", "--dry-run", source("data"), quiet=True)

schema = ElementTree.parse(source("data", BASE_ID + ".gschema.xml")).getroot().find("schema")
expect(schema.get("id") == BASE_ID, "the schema has another id")
expect(schema.get("path") == "/" + BASE_ID.replace(".", "/") + "/", "the schema has another path")

keys = {key.get("name"): key for key in schema.findall("key")}
for name, key in keys.items():
    summary = (key.findtext("summary") or "").strip()
    expect(summary and not summary.endswith("."), f"{name}: no summary, or one with a full stop")
    expect((key.findtext("description") or "").strip().endswith("."), f"{name}: no description in sentences")
    expect(not re.search(r"token|secret|password|phone|number", name), f"{name}: sounds like something that belongs in the password store or the shop’s file")
for name in ("quiet-from", "quiet-to"):
    limits = keys[name].find("range")
    expect(limits is not None and (limits.get("min"), limits.get("max")) == ("0", "1439"), f"{name} is not a minute of the day")

# Every key the program names exists, for a wrong one ends the program; and no key is there for nothing.
sources = "".join(read(path) for path in glob.glob(source("src", "ui", "**", "*.c"), recursive=True))
for name in keys:
    expect(f'"{name}"' in sources, f"{name}: nothing in the program asks for it")
for path in glob.glob(source("src", "**", "*.c"), recursive=True):
    text = read(path)
    named = re.findall(r'g_settings_(?:get|set)_(?:boolean|int|uint|string|enum|value|double|int64)\s*\([^,]+,\s*"([a-z-]+)"', text)
    named += re.findall(r'g_settings_(?:bind|bind_with_mapping|create_action|reset)\s*\([^,]+,\s*"([a-z-]+)"', text)
    for name in named:
        expect(name in keys, f"{os.path.relpath(path, source())}: there is no setting “{name}”")

# The compiled form in the build directory is really usable.
with tempfile.TemporaryDirectory() as home:
    environment = dict(os.environ, GSETTINGS_SCHEMA_DIR=build("data"), GSETTINGS_BACKEND="memory", HOME=home)
    for name in keys:
        answer = subprocess.run(["gsettings", "get", BASE_ID, name], env=environment, capture_output=True, text=True)
        expect(answer.returncode == 0 and answer.stdout.strip(), f"{name}: {answer.stderr.strip()}")
    outside = subprocess.run(["gsettings", "set", BASE_ID, "quiet-from", "1440"], env=environment, capture_output=True, text=True)
    expect(outside.returncode != 0, "quiet-from takes 1440, which is no minute of the day")

done()
