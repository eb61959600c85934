#!/usr/bin/env python3
"""Two windows on one shop: what is done in one shows in the other, and one conversation written in both loses no word.
"""

import re
import sys

from driver import Atspi, Node, perform, turn, wait
from tour import Tour

FIELD = re.compile("^Message to ")


class Two(Tour):
    def windows(self):
        return [node for node in self.app.root.children() if node.role == "frame"]

    def look(self, window, role, name):
        return self.app.look(role, name, window)

    def open_in(self, window, name):
        """A window below the other is not reached by the pointer: the row is activated from the list itself."""
        row = wait(name, lambda: self.look(window, "list item", re.compile("^" + re.escape(name))), 15)
        row.at.get_component_iface().grab_focus()
        turn(0.3)

    def field(self, window):
        return wait("the field", lambda: self.look(window, "text", FIELD), 10)

    def name_of(self, window, name):
        """How the row of this customer reads in the list."""
        row = self.look(window, "list item", re.compile("^" + re.escape(name)))
        return row.name if row else ""


def story(two):
    two.start()
    app = two.app
    app.press("button", re.compile("^Start Practicing"))
    app.find("list item", re.compile("^Hurry Hugo"), 40)
    two.find_server()
    two.open_thread("Polite Pia")
    two.display.key("ctrl+alt+n")
    wait("a second window", lambda: len(two.windows()) == 2, 10)
    two.display.fill()
    turn(1.0)
    two.did("New Window opens a second one on the same shop")


if __name__ == "__main__":
    sys.exit(perform(story, Two))
