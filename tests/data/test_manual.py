#!/usr/bin/env python3
"""The manual pages: quiet under mandoc, installed, one for each program, and naming the options the programs have."""

import glob
import os
import re

from check import done, expect, need, read, run, source

need("mandoc")
pages = {os.path.basename(path)[:-2]: path for path in glob.glob(source("data", "man", "*.1"))}
builds = {path: read(path) for path in glob.glob(source("**", "meson.build"), recursive=True) if "/_build" not in path}

programs = set()
for text in builds.values():
    for name, rest in re.findall(r"executable\('(shopbell[a-z-]*)'(.*?)\n\n", text + "\n\n", flags=re.S):
        # What lies in libexecdir is called by other programs, never by a person.
        if "install: true" in rest and "libexecdir" not in rest:
            programs.add(name)
expect(len(programs) >= 3, f"programs found: {sorted(programs)}")
for name in sorted(programs):
    expect(name in pages, f"{name} has no manual page")
for name, path in sorted(pages.items()):
    run("mandoc", "-Tlint", "-Wwarning", path, quiet=True)
    text = read(path)
    expect(f".Nm {name}\n" in text, f"{name}.1 does not name its program")
    expect(name in programs, f"{name}.1 is of no program that is built")
    expect(any(f"man/{name}.1'" in build for build in builds.values()), f"{name}.1 is not installed")
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS"):
        expect(f".Sh {section}\n" in text, f"{name}.1: no section {section}")

# The window's own options.
application = read(source("src", "ui", "window", "sb-application.c"))
for option in re.findall(r'\{ "([a-z-]+)", \S+, 0, G_OPTION_ARG', application):
    expect(f"Fl -{option}" in read(pages["shopbell"]), f"shopbell.1 does not tell of --{option}")
for option in re.findall(r"Fl -([a-z][a-z-]+)", read(pages["shopbell"])):
    expect(option in ("help", "help-all", "gapplication-service") or f'"{option}"' in application, f"shopbell.1 tells of --{option}, which is not there")

done()
