#!/usr/bin/env python3
"""The story of a shop, played in the real window on a virtual display: each step prints what it checked.

customer writes - notification - reply - ticks - the answer window lapses - template - network gone - queue - back -
kill -9 - nothing lost - search - sorting by keyboard, each key taken back - a snoozed conversation returns -
a photographed list becomes contacts, and is taken back
"""

import json
import re
import subprocess
import sys

import ocr
from driver import App, Stage, ask, perform, turn, wait


class Tour(ocr.Paper, Stage):
    server = None

    # -- the practice server, as the customers' side --

    def find_server(self):
        self.folder, self.server = self.practice()

    def control(self, path, body=None, method=None):
        return ask(self.server + "/_practice/" + path, body, method)

    def customer(self, persona, text):
        self.control("inbound", {"persona": persona, "type": "text", "text": text})

    def phone(self, persona):
        rows = self.control(f"messages?persona={persona}")
        return rows["messages"] if isinstance(rows, dict) else rows

    def on_phone(self, persona, text):
        return [row for row in self.phone(persona) if (row.get("text") or "") == text]

    def threads(self):
        """Each conversation by name, as it stands in the shop's file."""
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "threads"], capture_output=True, text=True, check=True)
        return {row["name"]: row for row in map(json.loads, found.stdout.splitlines())}

    def is_so(self, name, **what):
        wait(f"{name}: {what}", lambda: all(self.threads()[name].get(key) == value for key, value in what.items()), 15, 0.2)

    # -- the window --

    def start(self):
        self.app = App(self.display)

    def open_thread(self, name):
        row = self.app.find("list item", re.compile("^" + re.escape(name)), 15)
        self.display.click(row)
        self.app.sees(re.compile("Message to "), 10)

    def send(self, text):
        box = self.app.find("text", re.compile("^Message to "), 10)
        box.type(text)
        self.app.press("button", "Send")

    def bubble(self, text, words, seconds=15):
        """The own message with this text whose accessible name has these words."""
        pattern = re.compile(r"^You .*" + words + r".*" + re.escape(text), re.S)
        return self.app.find("*", pattern, seconds)


def story(tour):
    app = None
    tour.start()
    app = tour.app
    app.sees("Welcome to Shopbell", 20)
    tour.did("The first start shows what Shopbell does")

    app.press("button", re.compile("^Start Practicing"))
    app.find("list item", re.compile("^Hurry Hugo"), 40)
    tour.find_server()
    tour.did("The practice shop opens, with a week of life in it")

    tour.open_thread("Polite Pia")
    app.sees("nothing leaves this computer")
    tour.did("A conversation opens, and the banner says that nothing leaves this computer")

    before = len(tour.notices.shown)
    tour.customer("vera", "Do you bake on Sundays?")
    notice = wait("a notification", lambda: next((n for n in tour.notices.shown[before:] if "Vera" in n["title"] and "Sundays" in n["body"]), None), 20)
    assert any("Reply" in label for label in notice["labels"]), notice
    tour.did("A customer writes: the notification has her words and a Reply button")

    tour.notices.press(notice, notice["actions"][notice["labels"].index(next(x for x in notice["labels"] if "Reply" in x))])
    app.sees("Message to Voice Vera", 10)
    tour.did("Reply opens her conversation with the cursor in the answer")

    tour.send("Every Sunday until 13:00.")
    tour.bubble("Every Sunday until 13:00.", "read", 30)
    assert len(tour.on_phone("vera", "Every Sunday until 13:00.")) == 1
    tour.did("The answer goes out, arrives once, and its ticks come back: read")

    app.press("button", re.compile(r"23\s*h\s*59"))
    app.press("button", re.compile(r"1\s*h$"))
    app.sees("only an approved template may be sent", 20)
    assert app.look("button", "Send") is None, "free text can still be sent"
    tour.did("A day passes: the answer window lapses on screen and a template is offered")

    fill_gaps(app)
    app.press("button", "Send Template", seconds=10)
    wait("the template on her phone", lambda: [m for m in tour.phone("vera") if m["direction"] == "out" and m["type"] == "template"], 20)
    tour.did("The template is filled in, sent, and on her phone")

    tour.customer("vera", "Thank you!")
    app.find("text", re.compile("^Message to "), 20)
    tour.did("She answers: her window is open again and the composer is back")

    app.press("toggle button", "No Internet")
    tour.send("First, while offline")
    wait("an empty composer", lambda: app.find("text", re.compile("^Message to ")).text() == "", 10)
    tour.send("Second, while offline")
    app.sees(re.compile(r"2 messages waiting"), 20)
    app.sees(re.compile("Offline since"), 5)
    assert not tour.on_phone("vera", "First, while offline")
    tour.did("The network is gone: two messages wait, and the window says so")

    draft = "Not finished yet"
    app.find("text", re.compile("^Message to ")).type(draft)
    turn(1.0)
    problems = app.warnings()
    assert not problems, problems
    app.kill()
    tour.start()
    app = tour.app
    app.find("list item", re.compile("^Voice Vera"), 30)
    tour.find_server()
    tour.did("kill -9 in the middle, and a new start")

    tour.open_thread("Voice Vera")
    assert app.find("text", re.compile("^Message to "), 10).text() == draft, "the draft is gone"
    tour.did("The draft is still there")

    tour.control("online", {"online": True})
    for text in ("First, while offline", "Second, while offline"):
        wait(text, lambda: tour.on_phone("vera", text), 60)
        tour.bubble(text, "(sent|delivered|read)", 30)
    turn(2)
    for text in ("First, while offline", "Second, while offline", "Every Sunday until 13:00."):
        assert len(tour.on_phone("vera", text)) == 1, f"{text}: {len(tour.on_phone('vera', text))} times"
    order = [m["text"] for m in tour.phone("vera") if (m.get("text") or "").endswith("while offline")]
    assert order == ["First, while offline", "Second, while offline"], order
    tour.did("The network is back: both went out once, in order; nothing was lost and nothing sent twice")

    find_and_sort(tour)
    from_paper(tour)


def from_paper(tour):
    """Forty orders on paper, seen one by one, come into the shop and go back."""
    ocr.draw(tour)
    ocr.read(tour)
    ocr.accept(tour)
    ocr.finish(tour)


def find_and_sort(tour):
    """What fills the rest of the day: finding what was said, and an inbox that becomes empty."""
    app = tour.app
    tour.display.key("ctrl+k")
    app.sees("Type a word, a name or a number", 10)
    tour.display.write("Sundays from:vera")
    app.sees(re.compile("1 hit in"), 20)
    hits = app.find("dialog", "Search", 5)
    tour.display.click(app.find("list item", re.compile("Do you bake on|Voice Vera"), 10, within=hits))
    wait("the search closed", lambda: app.look("dialog", "Search") is None, 10)
    app.find("list item", re.compile(r"^Customer .*Do you bake on Sundays", re.S), 10)
    app.sees("Message to Voice Vera", 10)
    tour.did("Ctrl+K finds her words of yesterday and opens the conversation at them")

    tour.display.click(app.find("list item", re.compile("^Polite Pia"), 10))
    app.find("label", "Polite Pia", 10)
    before = tour.threads()["Polite Pia"]
    tour.display.key("e")
    tour.is_so("Polite Pia", status="closed")
    tour.display.key("ctrl+z")
    tour.is_so("Polite Pia", status=before["status"], snooze_until=before["snooze_until"])
    tour.did("E: done. Ctrl+Z: as it was before")

    tour.display.key("s")
    app.find("dialog", "Snooze", 8)
    turn(0.5)
    tour.display.key("h")
    tour.is_so("Polite Pia", status="snoozed")
    wait("her row gone", lambda: app.look("list item", re.compile("^Polite Pia")) is None, 10)
    tour.did("S, H: snoozed for an hour, and gone from the inbox")

    tour.display.click(app.find("button", re.compile(r"1\s*h$"), 10))
    app.find("list item", re.compile("^Polite Pia"), 20)
    tour.is_so("Polite Pia", status="open")
    tour.did("An hour passes: the conversation is back by itself")


def fill_gaps(app):
    """Writes something into every gap of the template form."""
    def gaps():
        return [node for node in app.root.walk()
                if node.role == "text" and node.sensitive and not node.name.startswith(("Message to", "Write as", "Search"))
                and node.at.get_editable_text_iface()]
    for node in wait("the gaps of the template", gaps):
        node.type("Vera")


if __name__ == "__main__":
    sys.exit(perform(story, Tour))
