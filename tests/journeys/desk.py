#!/usr/bin/env python3
"""What the desk does in one go and by itself, in the real window and the practice shop.

a macro is made in the preferences, run by key on several, taken back - the shop is closed and a customer who writes is
answered once - after Done the customer is asked and answers
"""

import datetime
import os
import re
import sqlite3
import sys

from driver import Atspi, ask, perform, turn, wait
from triage import Desk as Triage, fill, strip


class Desk(Triage):
    def preferences(self, page):
        self.display.key("ctrl+comma")
        self.app.sees("Who Works Here", 10)
        self.display.click(self.app.find("page tab", page))
        turn(0.6)

    def close(self):
        """A subpage first, then the dialog."""
        self.display.key("Escape")
        turn(0.6)

    def choose(self, row, below):
        """Takes the choice so many below the present one, of a row that opens a list."""
        self.display.click(self.app.find("label", row))
        turn(0.5)
        for _ in range(below):
            self.display.key("Down")
        self.display.key("Return")
        turn(0.4)

    def walk_to(self, name):
        """Walks there with the Tab key, as somebody without a mouse does; what scrolls follows."""
        pattern = re.compile(name)

        def there():
            for node in self.app.root.walk():
                if pattern.search(node.name) and node.at.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return True
            self.display.key("Tab")
            return False
        wait(f"the cursor on “{name}”", there, 60, 0.02)

    def messages(self, number):
        """What went over the wire to this number, as the practice server logged it."""
        rows = ask(self.server + "/_practice/requests")["requests"]
        return [row["body"] for row in rows if isinstance(row.get("body"), dict) and str(row["body"].get("to", "")).endswith(number)]


def make_macro(desk):
    app = desk.app
    desk.preferences("Macros")
    desk.display.click(app.find("list item", re.compile("^Add a Macro"), 8))
    app.find("text", "Name of the Macro", 8).type("Picked up")
    app.press("button", "Save")
    app.sees("It needs something to do: add a step.", 5)
    for step in (2, 0):
        desk.display.click(app.find("button", re.compile("^Add a Step")))
        app.find("menu item", None, 5, index=step).press()
        turn(0.6)
    app.find("text", "Add the Tag", 5).type("Pickup")
    desk.choose("Key", 1)
    app.press("button", "Save")
    app.find("list item", re.compile("^Picked up"), 8)
    desk.did("A macro is made in the preferences: a tag, then done, on the key 1")
    desk.close()


def run_macro(desk):
    desk.keys("ctrl+1")
    wait("a cursor", desk.cursor)
    before = desk.settle()
    desk.keys("x", "j", "x", "j", "x")
    desk.app.find("*", re.compile("^3 selected$"), 5)
    desk.keys("1")
    desk.expect("three picked up", lambda now: sum(row["tags"] == "Pickup" and row["status"] == "closed" for row in now.values()) == 3)
    desk.app.sees("Picked up · 3 conversations", 5)
    desk.did("One key runs it on three conversations, and one toast says so")
    desk.app.press("button", "Undo")
    desk.expect("all as before", lambda now: {n: strip(row) for n, row in now.items()} == {n: strip(row) for n, row in before.items()})
    desk.did("One Undo takes all of it back")


def broken_macro(desk):
    """A tag that is gone: the macro says so in the preferences, and does nothing when it is run."""
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.execute("INSERT INTO macro (id, name, key, steps, position) VALUES (99, 'Easter', '2', ?, 9)",
                     ('{"steps":[{"do":"status","value":3},{"do":"tag","value":12345,"text":"Easter"}]}',))
    before = desk.settle()
    desk.keys("m")
    desk.app.sees("The tag “Easter” no longer exists.", 8)
    desk.keys("e")
    desk.app.sees("“Easter” needs attention: The tag “Easter” no longer exists.", 8)
    assert desk.settle() == before
    desk.preferences("Macros")
    desk.app.sees("Needs attention: The tag “Easter” no longer exists.", 8)
    desk.did("A macro that names a tag which is gone says what is missing, and does nothing")
    row = desk.app.find("list item", re.compile("^Easter"), 5)
    wait("its Delete", lambda: desk.app.look("button", "Delete", row), 5).press()
    wait("the list without it", lambda: desk.app.look("list item", re.compile("^Easter")) is None, 8)
    desk.app.press("button", "Undo")
    desk.app.find("list item", re.compile("^Easter"), 8)
    desk.did("Deleted and had back")
    desk.close()


def close_shop(desk):
    """Today is a holiday, so the shop is closed at whatever hour this is played."""
    app = desk.app
    desk.preferences("Hours")
    desk.walk_to("^Add a Day")
    desk.display.write(datetime.date.today().isoformat())
    desk.keys("Return")
    app.sees("Nothing is sent, because this is off", 8)
    desk.walk_to("^Answer by Itself")
    desk.keys("space")
    app.sees(re.compile("The shop is closed now. If Amina Haddad wrote"), 8)
    desk.did("Today is made a holiday, and the preview shows what would be sent now")
    desk.walk_to("^Ask How It Was")
    desk.keys("space")
    turn(0.5)
    desk.close()


def answered_once(desk):
    number = "447700910055"
    for text in ("Are you open?", "Hello?"):
        ask(desk.server + "/_practice/inbound", {"from": number, "name": "Nadia Night", "type": "text", "text": text})
        turn(1.5)
    sent = wait("the answer", lambda: desk.messages(number), 10)
    turn(2.0)
    sent = desk.messages(number)
    assert len(sent) == 1, sent
    assert "Hello Nadia" in sent[0]["text"]["body"], sent
    row = desk.app.find("list item", re.compile("^Nadia Night"), 10)
    desk.display.click(row)
    desk.app.sees("Sent because the shop was closed", 10)
    assert desk.threads()["Nadia Night"]["status"] == "open"
    desk.did("A customer who writes twice is answered once, and the conversation says why")


def asked(desk):
    """The wait of two minutes passes on the practice clock."""
    number = "447700910055"
    desk.display.click(desk.app.find("list item", re.compile("^Nadia Night"), 10))
    turn(0.5)
    desk.app.press("button", "Done")
    desk.expect("Nadia done", lambda now: now["Nadia Night"]["status"] == "closed")
    question = wait("the question", lambda: next((m for m in desk.messages(number) if m["type"] == "interactive"), None), 150, 1.0)
    buttons = question["interactive"]["action"]["buttons"]
    assert len(buttons) == 3, question
    wamid = wait("its id", lambda: next((m["id"] for m in ask(desk.server + "/_practice/messages?persona=" + number)["messages"] if m["type"] == "interactive"), None), 5)
    ask(desk.server + "/_practice/inbound", {"from": number, "message": wamid, "tap": buttons[0]["reply"]["id"]})
    turn(2.0)
    assert desk.threads()["Nadia Night"]["status"] == "closed"
    desk.keys("ctrl+6")
    desk.display.click(desk.app.find("list item", re.compile("^Nadia Night"), 10))
    desk.app.sees(re.compile("The customer said: 🙂 Good"), 10)
    desk.did("After Done the customer is asked; the answer stands in the conversation, which stays done")


def story(desk):
    fill(desk)
    make_macro(desk)
    run_macro(desk)
    broken_macro(desk)
    close_shop(desk)
    answered_once(desk)
    asked(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
