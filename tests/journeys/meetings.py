#!/usr/bin/env python3
"""Where two things meet: a customer who became one with another, was blocked or erased while the conversation is open; a voice note
when the window is closed; files that are gone; a book that is pasted; a notification that is older than the shop.
"""

import os
import re
import subprocess
import sys

from comfort import drag, files, make_file, tiles
from driver import App, Atspi, GLib, perform, turn, wait
from inbox import play
from odd import Desk as Odd
from odd import activate


class Desk(Odd):
    def open_row(self, name):
        """As a notification does it, wherever the row is."""
        thread = next(int(row["id"]) for row in self.cli("threads") if row["name"] == name)
        activate(self, "open-thread", GLib.Variant("x", thread))
        wait(f"the conversation with {name}", lambda: self.shows(name), 10)
        turn(0.5)
        return thread

    def shows(self, name):
        """Whether this one's conversation is open: the name is in the middle of its header."""
        return any(node.role == "label" and node.name == name and node.box[1] < 45 and 600 < node.box[0] + node.box[2] // 2 < 900 for node in self.app.root.walk())

    def meet(self, number, name, text):
        self.customer(number, name, type="text", text=text)
        wait(name, lambda: name in self.threads(), 15)

    def act(self, *words):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, *words], capture_output=True, text=True)
        assert found.returncode == 0, found.stderr
        turn(1)

    def person(self, name):
        return next(row["id"] for row in self.cli("contact", "list") if row["name"] == name)

    def write(self, words):
        self.enter()
        self.display.write(words)
        turn(0.8)

    def again(self):
        self.app = App(self.display, "--page", "inbox")
        turn(2)
        self.folder, self.server = self.practice()

    def focused(self):
        return [node.name for node in self.app.root.walk() if node.at.get_state_set().contains(Atspi.StateType.FOCUSED)]


def somebody_new(desk):
    """The pointer rests on the list, so that nothing moves there; a notification of somebody new is opened."""
    row = next(node for node in desk.app.find("list", "Conversations").walk() if node.role == "list item")
    x, y, w, h = row.box
    subprocess.run(["xdotool", "mousemove", str(x + w // 2), str(y + h // 2)], check=True)
    turn(0.5)
    desk.meet("447700932009", "Nina New", "Hi")
    desk.open_row("Nina New")
    desk.keys("alt+1", "e")
    desk.expect("Nina done", lambda now: now["Nina New"]["status"] == "closed")
    assert [name for name, row in desk.threads().items() if row["status"] == "closed"] == ["Nina New"], "another one was done, too"
    subprocess.run(["xdotool", "mousemove", "700", "300"], check=True)
    desk.did("The keys act upon the conversation that is shown, also when its row still waits above the list")


def merged(desk):
    """The one who goes is open, with words half written."""
    desk.meet("447700931001", "Merle One", "I am the one")
    desk.meet("447700931002", "Merle Other", "I am the other")
    stale = desk.open_row("Merle Other")
    desk.write("Half a sentence")
    desk.act("contact", "merge", desk.person("Merle One"), desk.person("Merle Other"))
    wait("the one who stays", lambda: desk.shows("Merle One"), 8)
    desk.said("I am the other")
    desk.said("I am the one")
    wait("the words", lambda: desk.field().text() == "Half a sentence", 8)
    desk.did("Two become one: whoever has the one who goes open sees both, and goes on writing")
    desk.open_row("Polite Pia")
    activate(desk, "open-thread", GLib.Variant("x", stale))
    wait("the one who stays", lambda: desk.shows("Merle One"), 8)
    desk.did("A notification of the one who went opens the one who stays")
    desk.keys("alt+1", "z")
    wait("only her own words", lambda: [node.name[-12:] for node in desk.conversation()] == ["I am the one"], 8)
    desk.did("Undo takes them apart, also in the conversation that is open")


def blocked(desk):
    """A message waits until later when its customer is blocked."""
    desk.meet("447700931004", "Bob Blocked", "Hi")
    desk.open_row("Bob Blocked")
    desk.write("See you")
    subprocess.run(["xdotool", "key", "ctrl+shift+Return"], check=True)
    desk.app.press("button", re.compile("^(Tomorrow|Today) "))
    desk.app.find("label", re.compile("^Goes out .*See you"), 8)
    desk.write("A draft")
    desk.act("contact", "block", desk.person("Bob Blocked"))
    desk.app.sees("This customer is on your block list.", 8)
    desk.app.press("button", "+23 h 59")
    desk.app.sees("Not sent: This customer is on your block list.", 20)
    assert not [row for row in desk.cli("messages") if row.get("text") == "See you" and row["status"] in ("sent", "delivered", "read")]
    desk.did("What waits for somebody who was blocked meanwhile is not sent, and says why")


def notified(desk):
    """A day passed since she wrote; the answer is a template."""
    desk.meet("447700931005", "Nora Night", "Hello?")
    desk.open_row("Polite Pia")
    for words in ("+23 h 59", "+1 h"):
        desk.app.press("button", words)
        turn(1.5)
    desk.open_row("Nora Night")
    desk.app.find("button", "Send Template", 8)
    wait("the keys in the first empty gap", lambda: "Gap 2" in desk.focused(), 8)
    desk.did("Reply after a day: the keys are in the first gap that is still empty")


def erased(desk):
    """The search still shows a customer who is erased now; so does a notification."""
    desk.open_row("Polite Pia")
    desk.meet("447700932003", "Hilda Hit", "A xylophone, please")
    thread = next(int(row["id"]) for row in desk.cli("threads") if row["name"] == "Hilda Hit")
    desk.keys("ctrl+k")
    desk.app.find("entry", None, 8, desk.app.find("dialog", "Search"))
    desk.display.write("xylophone")
    wait("one hit", lambda: desk.app.look("*", re.compile("^1 hit in")), 8)
    desk.act("contact", "erase", "--for-good", desk.person("Hilda Hit"))
    desk.keys("Return")
    desk.app.sees("This customer is not in the shop any more.", 8)
    wait("Pia", lambda: desk.shows("Polite Pia"), 5)
    activate(desk, "open-thread", GLib.Variant("x", thread))
    turn(1)
    assert desk.shows("Polite Pia")
    desk.did("A hit and a notification of somebody who was erased say so, and open nobody")


def vanished(desk):
    """Files that cannot be sent say which and why before anything goes out."""
    desk.meet("447700932010", "Vic File", "The price list?")
    desk.open_row("Vic File")
    here, empty, link = make_file(desk, "here.txt"), make_file(desk, "empty.txt", ""), os.path.join(desk.display.home, "link.txt")
    os.symlink("/nowhere/at/all", link)
    drag(desk, files("drag", here, empty, link), desk.app.find("list", "Conversation"))
    wait("three files", lambda: len(tiles(desk)) == 3, 8)
    desk.app.sees("This file is empty.", 5)
    desk.app.sees("This file is not there any more. Take it off here, and add it again.", 5)
    assert not desk.app.find("button", "Send").sensitive
    for _ in range(2):
        desk.app.press("button", "Remove the File", index=1)
    wait("one file that can go", lambda: len(tiles(desk)) == 1 and desk.app.find("button", "Send").sensitive, 5)
    os.remove(here)
    desk.app.press("button", "Send")
    desk.app.sees("This file is not there any more. Take it off here, and add it again.", 5)
    assert not desk.app.find("button", "Send").sensitive
    desk.app.press("button", "Remove the File")
    desk.did("An empty file, and one that went before it was sent, are named in their place")


def too_long(desk):
    """A book instead of a sentence."""
    desk.field().type("Before")
    desk.field().type("word " * 200000)
    desk.app.sees("This text has 1,000,000 letters: too long to be written here. A message holds 4,096.", 8)
    desk.field().type("😀" * 4097)
    desk.app.press("button", "Send")
    desk.app.sees("The text is longer than the network allows.", 8)
    assert len(desk.field().text()) == 4097
    desk.field().type("😀" * 4096)
    desk.app.press("button", "Send")
    wait("an empty field", lambda: desk.field().text() == "", 10)
    desk.did("A book is refused in words; a message holds 4,096 letters, faces among them, and not one more")


def recording(desk):
    """Ctrl+W in the middle of a voice note."""
    desk.open_row("Vic File")
    desk.app.press("button", "Record Voice Message")
    desk.app.sees(re.compile(r"^0:0[2-9]$"), 10)
    desk.display.key("ctrl+w")
    wait("the end", lambda: desk.app.process.poll() is not None, 20)
    desk.again()
    desk.app.find("text", "Message to Vic File", 10)
    wait("the take", lambda: len(tiles(desk)) == 1, 8)
    desk.app.sees("Voice Message", 5)
    desk.app.press("button", "Send")
    wait("the voice note sent", lambda: [row for row in desk.cli("messages") if row.get("type") == "audio" and row["direction"] == "out"], 20)
    desk.did("A voice note that was being recorded when the window was closed waits in its conversation")


def changing(desk):
    """A message waits for the network and is being changed when another conversation is opened, and when the window is closed."""
    desk.meet("447700932011", "Ed Edit", "Which colour?")
    desk.open_row("Ed Edit")
    desk.app.press("toggle button", "No Internet")
    turn(1)
    desk.write("It is blue")
    desk.keys("Return")
    wait("an empty field", lambda: desk.field().text() == "", 8)
    edit(desk, "It is blue")
    desk.write(" or green")
    desk.open_row("Polite Pia")
    desk.open_row("Ed Edit")
    wait("what was changed", lambda: desk.field().text() == "It is blue or green", 8)
    desk.field().type("")
    turn(1)
    edit(desk, "It is blue")
    desk.open_row("Polite Pia")
    desk.open_row("Ed Edit")
    wait("nothing changed", lambda: desk.field().text() == "", 8)
    desk.did("What was changed in a waiting message is a draft when one goes elsewhere; what was not changed is none")
    edit(desk, "It is blue")
    desk.write(", dark")
    desk.app.press("button", "Send")
    desk.said("It is blue, dark")
    desk.app.find("list item", re.compile("^Ed Edit.*: It is blue, dark"), 8)
    desk.app.press("toggle button", "No Internet")
    wait("it goes out once, as it was changed", lambda: [row["text"] for row in desk.cli("messages") if row["direction"] == "out" and row["status"] in ("sent", "delivered", "read") and (row.get("text") or "").startswith("It is blue")] == ["It is blue, dark"], 30)
    desk.did("A waiting message is changed where one writes, and goes out as it was changed")


def edit(desk, words):
    x, y, w, h = desk.said(words).box
    subprocess.run(["xdotool", "mousemove", str(x + w - 50), str(y + 36), "click", "3"], check=True)
    desk.app.find("menu", None, 6)
    turn(0.5)
    desk.keys("Down", "Return")
    wait("its words in the field", lambda: desk.field().text() == words, 8)
    desk.app.find("button", "Stop Editing", 5)


def filtered(desk):
    """The tag that is filtered by goes."""
    desk.keys("alt+1", "ctrl+1")
    name = wait("a cursor", desk.cursor)
    desk.keys("t", "G", "o", "n", "Return")
    desk.expect("the tag", lambda now: now[name]["tags"] == "Gon")
    desk.app.press("button", "Filter")
    desk.app.find("dialog", "Filter", 5)
    turn(0.6)
    desk.app.press("toggle button", "Gon")
    desk.app.find("button", "Save…", 8)
    desk.keys("Escape")
    wait("no dialog", lambda: desk.app.look("dialog", "Filter") is None, 8)
    wait("one row", lambda: len(desk.rows()) == 1, 8)
    desk.act("tag", "remove", "Gon")
    desk.app.sees("A tag of this view no longer exists.", 8)
    desk.app.press("button", "Clear the Filter")
    wait("all rows", lambda: len(desk.rows()) > 5, 8)
    desk.did("A filter by a tag that is gone says so, and is not silently empty")


def told(desk):
    """What a screen reader hears while the keys are in the field."""
    heard = []
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    desk.meet("447700932012", "Ann Ounce", "Hello")
    desk.open_row("Ann Ounce")
    desk.enter()
    desk.customer("447700932012", "Ann Ounce", type="text", text="Can you hear me?")
    wait("the message", lambda: "Can you hear me?" in heard, 8)
    assert "Message to Ann Ounce" in desk.focused(), desk.focused()
    desk.app.press("toggle button", "No Internet")
    wait("the way out", lambda: any(words.startswith("Offline since") for words in heard), 8)
    desk.app.press("toggle button", "No Internet")
    wait("the way back", lambda: "Back online" in heard, 20)
    listener.deregister("object:announcement")
    desk.did("A new message, the loss of the network and its return are announced, and the keys stay where they are")


def story(desk):
    play(desk, PARTS)


PARTS = (somebody_new, merged, blocked, notified, erased, vanished, too_long, changing, filtered, told, recording)

if __name__ == "__main__":
    sys.exit(perform(story, Desk, {"SHOPBELL_VOICE_SOURCE": "audiotestsrc is-live=true wave=ticks"}))
