#!/usr/bin/env python3
"""The odd sides of the inbox: what is done twice, half, to many, or to something that has gone meanwhile.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys

from driver import App, GLib, ask, perform, turn, wait
from comfort import files, make_file
from inbox import Desk as Inbox, play
from triage import strip

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

    def restart(self, meanwhile=None):
        """The program is closed and opened again; the practice shop listens somewhere else then."""
        self.app.quit()
        if meanwhile:
            meanwhile()
        self.app = App(self.display, "--page", "inbox")

        def answers():
            self.folder, self.server = self.practice()
            return ask(self.server + "/_practice/personas") is not None
        wait("the practice shop", answers, 30, 0.3)

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
    desk.restart()
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


def many_tags(desk):
    """Three hundred tags: one is found by typing, in the dialog of tags and in the filter."""
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.executemany("INSERT INTO tag (name, folded, colour) VALUES (?, ?, 1)", [(f"Ségment {i:03}", f"ségment {i:03}") for i in range(300)])
    desk.keys("ctrl+1")
    name = wait("a cursor", desk.cursor)
    desk.keys("t")
    desk.app.find("text", "Find or Add", 8)
    turn(0.4)
    desk.display.write("segment 27")
    turn(0.4)
    desk.shot("tags-found")
    found = [node for node in desk.app.find("dialog").walk() if node.role == "list item" and node.name.startswith("Ségment")]
    assert len(found) == 10, [node.name for node in found]
    desk.display.write("3")
    turn(0.4)
    desk.keys("Down", "Return")
    desk.expect("the tag", lambda now: now[name]["tags"] == "Ségment 273")
    desk.did("One of three hundred tags is found by a part of its name")
    desk.app.press("button", "Filter")
    desk.app.find("dialog", "Filter", 5)
    turn(0.6)
    for i in range(8):
        desk.app.press("toggle button", f"Ségment {i:03}")
    wait("no ninth", lambda: not desk.app.find("toggle button", "Ségment 008").sensitive, 5)
    search = desk.app.find("*", "Find a Tag", 5)
    (search if search.at.get_editable_text_iface() else next(node for node in search.walk() if node.role == "text")).type("299")
    wait("one and the chosen", lambda: len([node for node in desk.app.find("dialog", "Filter").walk() if node.role == "toggle button" and node.name.startswith("Ségment")]) == 9, 5)
    desk.keys("Escape")
    turn(0.6)
    desk.app.press("button", "Clear the Filter")
    desk.did("The filter takes eight tags and no ninth that it would not ask for")
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.execute("PRAGMA foreign_keys = ON")
        file.execute("DELETE FROM tag WHERE name LIKE 'Ségment%' AND id NOT IN (SELECT tag_id FROM thread_tag)")


def selecting(desk):
    return desk.app.look("*", re.compile(r"^\d+ selected$")) is not None


def out_of_sight(desk):
    """What is snoozed, or leaves the view by another hand, is not selected out of sight; and nobody is counted who is not there."""
    desk.keys("ctrl+1")
    wait("a cursor", desk.cursor)
    desk.keys("x", "j", "x")
    wait("two", lambda: selecting(desk), 5)
    before = desk.threads()
    desk.keys("s")
    desk.app.find("dialog", None, 8)
    turn(0.4)
    desk.keys("u")
    desk.expect("two snoozed", lambda now: sum(row["status"] == "snoozed" for row in now.values()) == 2)
    wait("no selection", lambda: not selecting(desk), 5)
    waiting = {name for name, row in desk.threads().items() if row["unread"] and row["status"] in ("open", "pending")}
    inbox = next(iter(desk.app.find("list", "Views").children()))
    wait("the number of the inbox", lambda: str(len(waiting)) in [node.name for node in inbox.walk()], 5)
    desk.keys("z")
    desk.expect("as before", lambda now: {name: strip(row) for name, row in now.items()} == {name: strip(row) for name, row in before.items()})
    desk.did("Snoozing several ends the selection, and the inbox counts what is in it")
    desk.keys("x", "j", "x")
    wait("two", lambda: selecting(desk), 5)
    ids = [row["id"] for row in desk.cli("threads") if row["name"] in [re.sub("^Selected: ", "", name).split(",")[0] for name in desk.rows() if name.startswith("Selected")]]
    assert len(ids) == 2, (ids, desk.rows()[:4])
    for each in ids:
        desk.cli("act", "done", "--thread", str(each))
    wait("no selection", lambda: not selecting(desk), 8)
    desk.did("What somebody else put away meanwhile is not selected any more")
    desk.keys("x", "j", "x", "j")
    wait("two", lambda: selecting(desk), 5)
    other = desk.cursor()
    before = desk.threads()
    desk.display.click(desk.app.find("list item", re.compile("^" + re.escape(other)), 5), button=3)
    menu = desk.app.find("menu", None, 6)
    turn(0.5)
    [node for node in menu.walk() if node.role == "menu item"][1].press()  # Done
    desk.expect("the one of the menu done", lambda now: now[other]["status"] == "closed")
    turn(1)
    now = desk.threads()
    assert [name for name in now if now[name]["status"] != before[name]["status"]] == [other], "the selected ones were meant, not the row of the menu"
    desk.keys("z")
    desk.expect("as before", lambda now: now[other]["status"] == before[other]["status"])
    desk.did("The menu of a row that is not selected is of that row alone")


def searches(desk):
    """Enter before the answer is there; more hits than fit; coming back from a hit."""
    for i in range(70):
        desk.customer(f"4477009107{i:02}", f"Bernd {i:02}", type="text", text=f"A needle, number {i}")
    wait("seventy more", lambda: len(desk.threads()) >= 90, 40)
    desk.settle()
    desk.keys("ctrl+k")
    desk.app.find("entry", None, 8, desk.app.find("dialog", "Search"))
    desk.display.write("he")
    wait("hits", lambda: desk.app.look("*", re.compile(r"^\d+ hits? in")), 8)
    subprocess.run(["xdotool", "key", "ctrl+a", "type", "--delay", "1", "Tomato"], check=True)
    subprocess.run(["xdotool", "key", "ctrl+a", "type", "--delay", "1", "Bernd 42"], check=True)
    subprocess.run(["xdotool", "key", "Return"], check=True)
    desk.app.find("text", "Message to Bernd 42", 8)
    desk.did("Enter opens what was typed, not what an earlier word had found")
    desk.keys("ctrl+k")
    entry = desk.app.find("entry", None, 8, desk.app.find("dialog", "Search"))
    wait("the words", lambda: entry.text() == "Bernd 42", 5)
    desk.display.write("needle")
    desk.app.find("*", re.compile("^60 hits in"), 8)
    desk.app.press("button", "Show More")
    desk.app.find("*", re.compile("^70 hits in"), 8)
    desk.shot("searched")
    desk.did("What was searched for last is there again, and all hits can be had")
    desk.keys("Escape")


def out_of_view(desk):
    """The conversation is open, but somebody works in another program, or in Contacts: what comes in is told and stays unread."""
    desk.open_row("Polite Pia")
    desk.expect("read", lambda now: now["Polite Pia"]["unread"] == 0)

    def told(words):
        return any("Polite Pia" in notice["title"] and words in notice["body"] for notice in desk.notices.shown)
    window = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True).stdout.strip()
    other = files("drag", make_file(desk, "other.txt"))
    turn(1.5)
    there = next(each for each in subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True).stdout.split() if each != window)
    subprocess.run(["xdotool", "windowfocus", "--sync", there], check=True)
    turn(0.5)
    desk.customer("447700900201", "Polite Pia", type="text", text="While you are away")
    wait("a notification", lambda: told("While you are away"), 12)
    assert desk.threads()["Polite Pia"]["unread"] == 1
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    desk.expect("read by coming back", lambda now: now["Polite Pia"]["unread"] == 0)
    other.terminate()
    desk.did("A message in the open conversation is told while another program is in front, and read by coming back")
    desk.keys("alt+2")
    turn(1)
    desk.customer("447700900201", "Polite Pia", type="text", text="While you look at people")
    wait("a notification", lambda: told("While you look at people"), 12)
    assert desk.threads()["Polite Pia"]["unread"] == 1, "a message was read that nobody saw"
    desk.keys("alt+1")
    desk.expect("read by coming back", lambda now: now["Polite Pia"]["unread"] == 0)
    desk.did("While Contacts are shown nothing is read behind them")


def unread_from_here(desk):
    """From a message in the middle: that one and what came after it."""
    for i in range(3):
        desk.customer("447700910777", "Carla Count", type="text", text=f"Line {i}")
        turn(1.1)
    desk.open_row("Carla Count")
    desk.expect("read", lambda now: now["Carla Count"]["unread"] == 0)
    desk.said("Line 2")
    turn(1)
    row = desk.said("Line 1")
    x, y, w, h = row.box
    subprocess.run(["xdotool", "mousemove", str(x + 40), str(y + h // 2 + 16), "click", "3"], check=True)
    desk.app.find("menu", None, 6)
    turn(0.4)
    desk.keys("Down", "Down", "Return")
    desk.app.sees("Marked as unread from here", 8)
    desk.expect("two unread", lambda now: now["Carla Count"]["unread"] == 2)
    desk.app.press("button", "Undo")
    desk.expect("read again", lambda now: now["Carla Count"]["unread"] == 0)
    desk.did("A conversation is marked as unread from one of its messages on, and Undo takes that back")


def after_the_end(desk):
    """A notification stays on the desktop when the program has ended; its buttons start it and do what they say."""
    desk.customer("447700910888", "Nadia Night", type="text", text="Still there?")
    desk.expect("Nadia", lambda now: now.get("Nadia Night", {}).get("unread"))
    thread = next(row["id"] for row in desk.cli("threads") if row["name"] == "Nadia Night")
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()
    service = start_service(desk)
    activate(desk, "done-thread", GLib.Variant("x", int(thread)))
    desk.expect("Nadia done", lambda now: now["Nadia Night"]["status"] == "closed", 30)
    wait("the end of the program", lambda: service.poll() is not None, 30)
    desk.did("Mark as Done works although the program had ended, without a window, and it ends again")
    service = start_service(desk)
    activate(desk, "open-thread", GLib.Variant("x", int(thread)))
    desk.app.process = service
    desk.app.root = wait("the window", desk.app._find_root, 20)
    desk.display.fill()
    desk.app.find("text", "Message to Nadia Night", 20)
    desk.did("Reply opens the window with that conversation")
    desk.restart()


def start_service(desk):
    """As the bus starts the program for a notification."""
    service = subprocess.Popen(["shopbell", "--gapplication-service"], stderr=desk.app.log)
    wait("the service", lambda: bus_name(desk), 10)
    return service


def bus_name(desk):
    names = desk.notices.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames", None, None, 0, -1, None).unpack()[0]
    return next((name for name in names if name.startswith("io.github.shopbell.Shopbell")), None)


def activate(desk, action, target):
    name = bus_name(desk)
    desk.notices.bus.call_sync(name, "/" + name.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                               GLib.Variant("(sava{sv})", (action, [target], {})), None, 0, -1, None)


def sent_later(desk):
    """What goes out tomorrow stays in sight, however much is said before."""
    desk.customer("447700910999", "Lara Later", type="text", text="Tomorrow is fine")
    desk.open_row("Lara Later")
    desk.enter()
    desk.display.write("Good morning")
    subprocess.run(["xdotool", "key", "ctrl+shift+Return"], check=True)
    desk.app.press("button", re.compile("^(Tomorrow|Today) "))
    desk.app.find("label", re.compile("^Goes out .*Good morning"), 8)
    for i in range(45):
        desk.customer("447700910999", "Lara Later", type="text", text=f"And also {i}")
    desk.said("And also 44")
    desk.settle()
    desk.app.find("label", re.compile("^Goes out .*Good morning"), 5)
    desk.app.press("button", "Cancel the Waiting Message")
    wait("nothing waits", lambda: desk.app.look("label", re.compile("^Goes out ")) is None, 8)
    desk.did("A message for later stays in sight after forty-five others, and can be cancelled")


def at_the_side(desk):
    """A name and a tag are being written when the customer writes again; what is done at the side has Undo."""
    desk.customer("447700910444", "Sid", type="text", text="Hello")
    desk.open_row("Sid")
    side = next(node for node in desk.app.root.walk() if node.name == "Customer" and node.role != "label")
    desk.enter(side)
    name = desk.app.find("text", "Your Name for Them", 8)
    desk.enter(name)
    desk.display.write("Sidney")
    desk.customer("447700910444", "Sid", type="text", text="Are you there?")
    desk.said("Are you there?")
    turn(1)
    assert name.text() == "Sidney", f"the name that was being written is {name.text()!r}"
    desk.keys("Return")
    desk.app.sees("Renamed", 8)
    desk.expect("renamed", lambda now: "Sidney" in now)
    desk.did("A name that is being written stays when the customer writes, and has Undo")
    desk.enter(desk.app.find("*", "Add a Tag", 5))
    turn(0.5)
    desk.display.write("Wed")
    desk.customer("447700910444", "Sid", type="text", text="Hello again")
    desk.said("Hello again")
    turn(1)
    desk.display.write("ding")
    desk.keys("Return")
    desk.expect("the tag", lambda now: now["Sidney"]["tags"] == "Wedding")
    desk.app.press("button", "Undo", seconds=8)
    desk.did("So does a tag")


def own_words(desk):
    """Somebody else sits down in the middle of a sentence: it is not theirs."""
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.execute("INSERT INTO staff (id, name, role) VALUES (77, 'Zoe', 3)")
    desk.customer("447700910445", "Olga Own", type="text", text="Hello")
    desk.open_row("Olga Own")
    turn(6)  # no toast lies over the field
    desk.enter()
    desk.display.write("Words of the owner")
    desk.keys("ctrl+shift+p")
    desk.app.find("dialog", "Switch Person", 8)
    turn(0.5)
    desk.keys("z")
    desk.app.sees("Zoe is at the desk now", 8)
    wait("an empty field", lambda: desk.field().text() == "", 8)
    desk.keys("ctrl+shift+p")
    desk.app.find("dialog", "Switch Person", 8)
    turn(0.5)
    desk.keys("o")
    desk.app.sees("Owner is at the desk now", 8)
    desk.open_row("Olga Own")
    wait("the words again", lambda: desk.field().text() == "Words of the owner", 8)
    desk.keys("alt+1")
    desk.did("Who sits down writes words of their own, and finds them again")


def lapsed(desk):
    """The 24 hours end in the middle of a sentence, and a note is written meanwhile: both are kept, each in its place."""
    desk.open_row("Polite Pia")
    turn(6)  # no toast lies over the field
    desk.enter()
    desk.display.write("It will be")
    for words in ("+23 h 59", "+1 h"):
        desk.app.press("button", words)
        turn(1.5)
    desk.app.find("label", "It will be", 10)
    desk.app.find("button", "Send Template", 5)
    assert desk.app.look("label", "Practice") is not None, "nothing says by which line it goes out"
    desk.shot("lapsed")
    desk.app.press("button", "Note")
    note = desk.app.find("text", "Note for the team", 8)
    assert note.text() == "", "the words for the customer stand in the note"
    desk.enter(note)
    desk.display.write("Call her")
    subprocess.run(["xdotool", "key", "ctrl+Return"], check=True)
    desk.app.sees("Note added", 8)
    desk.app.find("button", "Put into Template", 8)
    desk.app.find("label", "It will be", 5)
    desk.did("Over the 24 hours a note is added, and the sentence that was begun is still there")


def shortcuts(desk):
    """What has a key is told, each by its own line."""
    desk.keys("ctrl+question")
    dialog = desk.app.find("dialog", "Keyboard Shortcuts", 8)
    told = [node.name for node in dialog.walk(True) if node.role == "list item"]
    for words in ("Walk Through the List", "Open the Conversation", "Send, or Add the Note", "Attach a File…", "Answer an Earlier Message", "Copy"):
        assert any(name.startswith(words) for name in told), (words, told)
    desk.keys("Escape")
    desk.did("The keys of writing, of a message and of the contacts are told, too")


def group_of_people(desk):
    """Delete on a group deletes the group."""
    rule = json.dumps({"all": [{"subject": "name", "op": "contains", "value": "a"}]})
    desk.restart(lambda: desk.cli("segment", "save", "Brides", "--rule", rule))
    desk.keys("alt+2")
    chip = desk.app.find("toggle button", re.compile("^Brides"), 15)
    turn(1)
    people = len(desk.cli("contact", "list"))
    desk.enter(chip)
    desk.keys("Delete")
    desk.app.sees("“Brides” removed", 8)
    assert len(desk.cli("contact", "list")) == people, "somebody was deleted"
    desk.did("Delete on a group deletes the group, and nobody in it")
    desk.keys("alt+1")


def story(desk):
    play(desk, PARTS)


PARTS = (taken_back, begun_notes, many_tags, out_of_sight, out_of_view, unread_from_here, after_the_end, shortcuts, group_of_people, sent_later, lapsed, at_the_side, own_words, searches)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
