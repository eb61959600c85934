"""Called by the script beside it, with the driver of the journeys: four pages of the real window, 1000 × 700."""

import os
import re
import subprocess
import sys

from driver import App, Display, turn, wait

HERE = os.path.dirname(os.path.abspath(__file__))
LOCALE = {"ADW_DEBUG_COLOR_SCHEME": "prefer-light", "LC_ALL": "en_GB.UTF-8", "LANGUAGE": "en"}


def take(name, page, prepare=None):
    display = Display(1000, 700, LOCALE)
    app = None
    os.makedirs(os.environ["XDG_CONFIG_HOME"] + "/gtk-4.0")
    with open(os.environ["XDG_CONFIG_HOME"] + "/gtk-4.0/settings.ini", "w", encoding="utf-8") as stream:
        stream.write("[Settings]\ngtk-decoration-layout=:close\n")
    try:
        app = App(display, "--page", page)
        turn(1.5)
        display.fill()
        if prepare is not None:
            prepare(display, app)
        subprocess.run(["xdotool", "mousemove", "3", "3"], check=True)
        turn(1.5)
        display.picture(os.path.join(HERE, name + ".png"))
        app.quit()
    finally:
        if app is not None and app.process.poll() is None:
            app.kill()
        display.close()


def open_conversation(display, app):
    """The one with an Arabic answer, without the phone at the side."""
    row = app.find("list item", re.compile("^Amina Haddad"), 15)
    display.click(row)
    wait("the conversation", lambda: app.look("heading", "Amina Haddad") or app.look("label", re.compile("Amina Haddad")), 10)


def open_card(display, app):
    """The customers, and what the shop knows of one of them."""
    display.click(wait("a row", lambda: next((node for node in app.root.walk() if node.role == "table row" and node.name.startswith("Amina Haddad")), None), 40))
    turn(1)


PICTURES = {"inbox": ("inbox", open_conversation), "contacts": ("contacts/people", open_card), "connect": ("connect", None), "welcome": ("welcome", None)}
if len(sys.argv) == 2:
    take(sys.argv[1], *PICTURES[sys.argv[1]])
else:  # each with a display and a bus of its own
    for picture in sys.argv[1:] or PICTURES:
        subprocess.run([sys.executable, __file__, picture], check=True)
