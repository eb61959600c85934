#!/usr/bin/env python3
"""Somebody goes to the own shop in the middle of a sentence, of a search, and before the practice shop is there: what was left is
put away, nothing of it stays in sight, and the program goes on."""
import re
import sys

from driver import App, GLib, perform, turn, wait


def act(on, action):
    """As the desktop asks the program for something."""
    names = on.notices.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames", None, None, 0, -1, None).unpack()[0]
    name = next(name for name in names if name.startswith("io.github.shopbell.Shopbell"))
    on.notices.bus.call_sync(name, "/" + name.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                             GLib.Variant("(sava{sv})", (action, [], {})), None, 0, -1, None)


def dialog(on):
    found = on.app.look("dialog")
    return found.name if found else None


def goes_with_its_dialogs(on):
    """A search, the preferences and what they open hold on to the shop they were opened in."""
    act(on, "practice")
    on.app.find("list item", re.compile("Amina Haddad"), 30)
    for action, title in (("search", "Search"), ("preferences", "Preferences")):
        act(on, action)
        wait(title, lambda: dialog(on) == title, 8)
        on.display.write("am")
        act(on, "shop")
        on.app.sees("No Number Yet", 15)
        wait("no dialog", lambda: dialog(on) is None, 8)
        act(on, "practice")
        on.app.find("list item", re.compile("Amina Haddad"), 30)
    on.did("A search and the preferences go with the shop they were opened in")


def asked_twice(on):
    """The practice shop takes a moment; whoever does not wait for it gets the own shop, and can write in it."""
    act(on, "shop")
    on.app.sees("No Number Yet", 15)
    act(on, "practice")
    act(on, "shop")
    turn(8)
    on.app.sees("No Number Yet", 5)
    act(on, "practice")
    on.app.find("list item", re.compile("Amina Haddad"), 30)
    act(on, "shop")
    on.app.sees("No Number Yet", 15)
    turn(1)
    assert on.app.look("*", re.compile("Another program has this shop open")) is None, "the program stands in its own way"
    on.did("The last of two shops that are asked for at once is the one that is shown")


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

    act(on, "connect")
    turn(2)
    assert on.app.process.poll() is None, f"the program ended with {on.app.process.returncode}"
    on.app.sees("Connect Your Number", 15)
    on.did("The own shop is open, and asks for its number")
    on.display.key("Escape")
    goes_with_its_dialogs(on)
    asked_twice(on)


if __name__ == "__main__":
    sys.exit(perform(story))
