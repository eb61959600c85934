#!/usr/bin/env python3
"""Somebody goes to the own shop in the middle of a sentence: the practice shop is put away, and the program goes on."""
import re
import sys

from driver import App, GLib, perform, turn


def story(on):
    on.app = App(on.display, "--page", "inbox")
    on.practice()
    row = on.app.find("list item", re.compile("Amina Haddad"), 30)
    on.display.click(row)
    field = on.app.find("*", re.compile("^Message to Amina"), 20)
    on.display.click(field)
    on.display.write("Half a sent")
    turn(1)
    on.did("A sentence is begun in the practice shop")

    names = on.notices.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames", None, None, 0, -1, None).unpack()[0]
    name = next(name for name in names if name.startswith("io.github.shopbell.Shopbell"))
    on.notices.bus.call_sync(name, "/" + name.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                             GLib.Variant("(sava{sv})", ("connect", [], {})), None, 0, -1, None)
    turn(2)
    assert on.app.process.poll() is None, f"the program ended with {on.app.process.returncode}"
    on.app.sees("Connect Your Number", 15)
    on.did("The own shop is open, and asks for its number")


if __name__ == "__main__":
    sys.exit(perform(story))
