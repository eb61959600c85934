"""Called by the script beside it, with the driver of the journeys: three pages of the real window, 1000 × 700."""

import os
import re
import sys

from driver import App, Display, turn, wait

HERE = os.path.dirname(os.path.abspath(__file__))
LOCALE = {"ADW_DEBUG_COLOR_SCHEME": "prefer-light", "LC_ALL": "en_GB.UTF-8", "LANGUAGE": "en"}


def take(name, page, prepare=None):
    display = Display(1000, 700, LOCALE)
    app = None
    try:
        app = App(display, "--page", page)
        turn(1.5)
        display.fill()
        if prepare is not None:
            prepare(display, app)
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


PICTURES = {"inbox": open_conversation, "connect": None, "welcome": None}
for picture in sys.argv[1:] or PICTURES:
    take(picture, picture, PICTURES[picture])
