#!/usr/bin/env python3
"""The odd sides of the inbox: what is done twice, half, to many, or to something that has gone meanwhile.
"""

import re
import subprocess
import sys

from driver import App, ask, perform, turn, wait
from inbox import Desk as Inbox, play

LONG = "Xenia " + "of the Very Long Name " * 9
NOTE = "She pays on Friday"


class Desk(Inbox):
    def conversation(self):
        return [node for node in self.app.find("list", "Conversation").walk() if node.role == "list item"]

    def said(self, words):
        """The row of the message with these words."""
        return wait(words, lambda: next((node for node in self.conversation() if words in node.name), None), 10)

    def customer(self, number, name, **message):
        return ask(self.server + "/_practice/inbound", {"from": number, "name": name, **message})["id"]

    def enter(self, field=None):
        """The text field has the keys."""
        x, y, w, h = (field or self.field()).box
        subprocess.run(["xdotool", "mousemove", str(x + w // 2), str(y + h // 2 + 16), "click", "1"], check=True)
        turn(0.3)


def taken_back(desk):
    """A message is answered, and is taken back by the customer: nothing shows its words any more."""
    first = desk.customer("447700910501", LONG, type="text", text="My card is 1234")
    desk.customer("447700910501", LONG, type="text", text="An answer", context={"id": first})
    desk.open_row("Xenia")
    quote = wait("the quote", lambda: desk.app.look("button", re.compile(r"^Answers Xenia.*: My card is 1234", re.S)), 8)
    assert quote.box[3] <= 60, f"a long name makes a quote of {quote.box[3]} pixels"
    desk.did("The quote of somebody with a very long name has two lines")
    desk.enter()
    desk.keys("ctrl+Up", "ctrl+Up")
    desk.app.find("label", "My card is 1234", 5)
    desk.customer("447700910501", LONG, type="revoke", revoke={"original_message_id": first})
    desk.said("This message was deleted")
    wait("no words of it", lambda: not desk.app.look("*", re.compile("My card is 1234")), 8)
    desk.app.find("button", re.compile(r"^Answers Xenia.*: This message was deleted", re.S), 5)
    desk.did("What was taken back is neither quoted nor answered any more")


def begun_notes(desk):
    """A note is begun, another conversation is opened, the program is closed: it is there again, and never as a message."""
    desk.open_row("Polite Pia")
    desk.enter()
    desk.keys("ctrl+shift+n")
    desk.display.write(NOTE)
    turn(0.8)
    desk.open_row("Voice Vera")
    assert desk.field().text() == ""
    desk.app.quit()
    desk.app = App(desk.display, "--page", "inbox")
    wait("a row", lambda: desk.app.look("list item", re.compile("^Polite Pia")), 20)
    desk.display.click(desk.app.find("list item", re.compile("^Polite Pia")))
    field = desk.app.find("text", "Note for the team", 8)
    assert field.text() == NOTE, field.text()
    desk.did("A note that was begun waits in its conversation, as a note")
    desk.enter(field)
    subprocess.run(["xdotool", "key", "ctrl+Return", "ctrl+Return"], check=True)
    desk.app.sees("Note added", 8)
    desk.app.press("button", "Undo")
    wait("no note", lambda: NOTE not in desk.notes(), 8)
    desk.did("The note is added once, and Undo stands beside it")


def story(desk):
    play(desk, PARTS)


PARTS = (taken_back, begun_notes)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
