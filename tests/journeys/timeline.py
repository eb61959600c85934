#!/usr/bin/env python3
"""A conversation of a hundred thousand messages in the real window: where it opens, what moves, what is kept, what it says."""

import re
import subprocess
import sys
import time

from driver import App, ask, perform, turn, wait

N = 100000
CUSTOMER = "Amina Haddad"
MOST_ROWS = 200


class Thread:
    """The messages on show, by their words."""

    def __init__(self, stage, app):
        self.stage = stage
        self.display = stage.display
        self.app = app

    def open(self, name):
        self.display.click(self.app.find("list item", re.compile("^" + re.escape(name)), 20))
        self.app.sees(re.compile("Message to " + re.escape(name)), 15)
        turn(0.6)

    def list(self):
        return self.app.find("list", "Conversation")

    def rows(self):
        return [node for node in self.list().children() if node.role == "list item"]

    def places(self):
        """Words of each message whose top is in sight: its top edge."""
        _, top, _, height = self.list().box
        found = {}
        for node in self.rows():
            y = node.box[1]
            if top - 400 <= y <= top + height + 400:
                found[node.name] = y
        return found

    def newest_in_sight(self):
        _, top, _, height = self.list().box
        shown = [(node.box[1], node.name) for node in self.rows()]
        return max((y, name) for y, name in shown if y < top + height)[1]

    def wheel(self, up, clicks=1):
        x, y, w, h = self.list().box
        subprocess.run(["xdotool", "mousemove", str(x + w // 2), str(y + h // 2), "click", "--repeat", str(clicks), "--delay", "12",
                        "4" if up else "5"], check=True)
        turn(0.08)


def number(name):
    found = re.search(r"Message (\d+)", name)
    return int(found.group(1)) if found else None


def opens_at_first_unread(thread):
    started = time.monotonic()
    thread.open(CUSTOMER)
    took = time.monotonic() - started
    thread.app.find("*", "New", 5)
    _, top, _, height = thread.list().box
    first = next(node for node in thread.rows() if number(node.name) == N - 99)
    y = first.box[1]
    assert top <= y <= top + height / 2, f"the first unread message stands at {y - top} of {height}"
    assert not any("نعم" in node.name and node.box[1] < top + height for node in thread.rows()), "it opened at the foot"
    thread.stage.did(f"{N} messages: it opens at the first unread one, under the line New ({took:.1f} s with the walk there)")


def keeps_its_place(thread):
    """Each turn of the wheel moves every message by the same amount, whether a page is read in that moment or not."""
    moves, pages, most = [], 0, 0
    before, oldest = thread.places(), thread.rows()[0].name
    for _ in range(38):
        thread.wheel(True, 3)
        now = thread.places()
        shifts = {now[name] - before[name] for name in now if name in before}
        assert shifts, "nothing that was in sight is still there"
        assert max(shifts) - min(shifts) <= 1, f"messages moved against each other: {sorted(shifts)}"
        rows = thread.rows()
        pages += rows[0].name != oldest
        oldest, before = rows[0].name, now
        most = max(most, len(rows))
        moves.append(max(shifts))
    usual = sorted(moves)[len(moves) // 2]
    assert usual > 10, f"the wheel moves nothing: {moves}"
    assert all(abs(move - usual) <= 1 for move in moves), f"the place was lost: {moves}"
    assert pages >= 3, f"only {pages} pages were read"
    assert most <= MOST_ROWS, f"{most} rows"
    thread.stage.did(f"scrolling up read {pages} older pages: every message moved by {usual} pixels a turn, never more than {most} rows")


def goes_to_a_hit(thread):
    thread.app.press("button", re.compile("^Search"))
    thread.app.sees("Type a word, a name or a number", 10)
    thread.display.write("50021")
    thread.app.sees("1 hit in", 20)
    hit = wait("the hit", lambda: next((n for n in thread.app.root.walk() if n.role == "list item" and (n.name == CUSTOMER or "50021" in n.name)), None), 10)
    started = time.monotonic()
    thread.display.click(hit)
    row = wait("the message of the hit", lambda: next((n for n in thread.rows() if number(n.name) == 50021), None), 10)
    took = time.monotonic() - started
    turn(0.3)
    row = next(n for n in thread.rows() if number(n.name) == 50021)
    _, top, _, height = thread.list().box
    assert top <= row.box[1] < top + height, f"the hit stands at {row.box[1] - top} of {height}"
    assert len(thread.rows()) <= MOST_ROWS
    thread.stage.did(f"a search hit opens at its message, {len(thread.rows())} rows around it ({took:.2f} s)")


def keeps_each_place(thread):
    before = thread.places()
    thread.open("Mrs Okafor")
    thread.open(CUSTOMER)
    now = thread.places()
    shifts = {now[name] - before[name] for name in now if name in before}
    assert shifts == {0}, f"it came back elsewhere: {shifts or 'other messages'}"
    thread.stage.did("another conversation and back: it stands where it was left")


def tells_of_new_ones(thread, customer):
    before = thread.places()
    customer("Are you there?")
    customer("Hello?")
    thread.app.find("button", "2 new", 20)
    now = thread.places()
    shifts = {now[name] - before[name] for name in now if name in before}
    assert shifts == {0}, f"what was read moved away: {shifts}"
    thread.app.press("button", "2 new")
    wait("the foot", lambda: "Hello?" in thread.newest_in_sight(), 10)
    assert thread.app.look("button", "2 new") is None
    thread.stage.did("two new messages: a pill at the foot says so, nothing moves, and it leads to them")


def works_with_keys(thread):
    thread.display.click(next(n for n in thread.rows() if "Hello?" in n.name))
    thread.display.key("Up")
    focused = wait("the focus on a message", lambda: next((n for n in thread.rows() if has_focus(n)), None), 5)
    assert "Are you there?" in focused.name, focused.name
    thread.display.key("ctrl+c")
    thread.display.key("Menu")
    items = wait("the menu", lambda: [n for n in focused.walk() if n.role == "menu item"], 5)
    assert len(items) == 5, f"{len(items)} items: Reply, Copy, Mark as Unread from Here, Info and Print Conversation were expected"
    items[3].press()
    thread.app.sees("Written by the customer", 5)
    thread.app.sees("Details", 5)
    thread.display.key("Escape")
    wait("the end of the dialog", lambda: thread.app.look("*", "Message Info") is None, 5)
    thread.stage.did("arrows walk from message to message; the menu copies, replies and tells what is known")


def has_focus(node):
    from driver import Atspi
    return node.at.get_state_set().contains(Atspi.StateType.FOCUSED)


def plays_a_voice_message(thread):
    thread.open("Voice Vera")
    thread.app.find("button", "Play", 15)
    length = wait("its length", lambda: next((n for n in thread.app.root.walk() if n.role == "label" and re.fullmatch(r"\d:\d\d", n.name)), None), 15)
    whole = length.name
    thread.app.press("button", "Speed 1×")
    thread.app.find("button", "Speed 1.5×", 5)
    thread.app.press("button", "Play")
    thread.app.find("button", "Pause", 10)
    wait("the remaining time", lambda: any(n.role == "label" and re.fullmatch(r"\d:\d\d", n.name) and n.name < whole for n in thread.app.root.walk()), 10)
    thread.app.press("button", "Pause")
    thread.app.find("button", "Play", 10)
    thread.stage.did(f"a voice message of {whole} plays in its place, and pauses")


def story(stage):
    app = stage.app = App(stage.display)
    app.sees("Welcome to Shopbell", 20)
    app.find("frame", "Shopbell", 5)  # what the desktop calls the window before there is a shop
    app.press("button", re.compile("^Start Practicing"))
    app.find("list item", re.compile("^Hurry Hugo"), 40)
    app.find("list item", re.compile("^Voice Vera"), 20)
    turn(2)
    app.quit()
    subprocess.run(["fill-thread", stage.practice()[0], CUSTOMER, str(N)], check=True)

    stage.app = App(stage.display)
    thread = Thread(stage, stage.app)
    opens_at_first_unread(thread)
    keeps_its_place(thread)
    goes_to_a_hit(thread)
    keeps_each_place(thread)
    tells_of_new_ones(thread, customer_of(stage))
    works_with_keys(thread)
    plays_a_voice_message(thread)


def customer_of(stage):
    """Writes as the customer of the long conversation."""
    url = stage.practice()[1]
    personas = ask(url + "/_practice/personas")
    rows = personas["personas"] if isinstance(personas, dict) else personas
    key = next(row.get("key") or row.get("id") for row in rows if row.get("name") == CUSTOMER)
    return lambda text: ask(url + "/_practice/inbound", {"persona": key, "type": "text", "text": text})


if __name__ == "__main__":
    sys.exit(perform(story))
