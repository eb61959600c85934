#!/usr/bin/env python3
"""The inbox as a place to work in: what the other journeys pass by.

the cursor stays with its conversation when the list is put in another order - a video shows a picture of itself, or what
is known of it - words and files are dropped on the field, the conversation and a row - a saved view and a card are dragged
- the language of the spelling is chosen, and a computer without dictionaries says so - somebody is called in a note - a line that
is gone is asked for
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.request

import gi

from comfort import drag, files, make_file, tiles
from driver import App, Atspi, ask, perform, turn, wait
from profiles import save_view
from triage import Desk as Triage

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

NUMBER = "447700910066"


class Desk(Triage):
    def credentials(self):
        for folder, _, files in os.walk(os.path.join(self.display.home, "data")):
            if "practice.json" in files:
                with open(os.path.join(folder, "practice.json"), encoding="utf-8") as stream:
                    return json.load(stream)
        return None

    def upload(self, path, mime):
        """A file as a customer's telephone brings it to the network. Its id there."""
        known = self.credentials()
        with open(path, "rb") as stream:
            data = stream.read()
        body = (b'--X\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n--X\r\nContent-Disposition: form-data; name="type"\r\n\r\n'
                + mime.encode() + b'\r\n--X\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: ' + mime.encode() + b"\r\n\r\n" + data + b"\r\n--X--\r\n")
        request = urllib.request.Request(f"{self.server}/v23.0/{known['phone_number_id']}/media", body,
                                         {"Authorization": "Bearer " + known["token"], "Content-Type": "multipart/form-data; boundary=X"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["id"]

    def inbound(self, **message):
        ask(self.server + "/_practice/inbound", {"from": NUMBER, "name": "Carla Camera", **message})

    def views(self):
        return [next(node.name for node in row.walk() if node.role == "label" and not node.name.isdigit())
                for row in self.app.find("list", "Views").children()]

    def cli(self, *words):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", *words], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def field(self):
        return self.app.find("text", re.compile("^Message to "), 10)

    def drag(self, source, target, part=0.5):
        """From the middle of one thing to another: to this part of its height. Boxes are told without the window's upper edge, 16 pixels."""
        x, y, w, h = source.box
        to_x, to_y, to_w, to_h = target.box
        from_x, from_y, to_x, to_y = x + w // 3, y + h // 2 + 16, to_x + to_w // 3, to_y + int(to_h * part) + 16
        steps = ["mousemove", str(from_x), str(from_y), "sleep", "0.2", "mousedown", "1"]
        for step in range(1, 13):
            steps += ["mousemove", str(from_x + (to_x - from_x) * step // 12), str(from_y + (to_y - from_y) * step // 12), "sleep", "0.05"]
        subprocess.run(["xdotool", *steps, "sleep", "0.4", "mouseup", "1"], check=True)
        turn(0.6)

    def open_row(self, name):
        """From the top of the list; again when the rows have moved just then."""
        def opened():
            if self.app.look("text", re.compile("^Message to " + re.escape(name))):
                return True
            subprocess.run(["xdotool", "mousemove", "360", "400", "click", "--repeat", "30", "--delay", "5", "4", "mousemove", "700", "300"], check=True)
            turn(0.5)
            row = self.app.look("list item", re.compile("^" + re.escape(name)))
            if row is not None:
                self.display.click(row)
                turn(0.6)
            return False
        wait(f"the conversation with {name}", opened, 30)


def cursor_stays(desk):
    """Pinning takes the row to the top: the keys go on from there, also when something was taken back before."""
    desk.keys("ctrl+1")
    first = wait("a cursor", desk.cursor)
    desk.keys("j", "j", "j")
    given = desk.cursor()
    assert given != first
    desk.keys("shift+a")
    desk.expect("assigned", lambda now: now[given]["assignee"])
    desk.keys("z")
    desk.expect("not assigned", lambda now: not now[given]["assignee"])
    desk.keys(*["j"] * 12)
    pinned = desk.cursor()
    assert pinned != given
    desk.keys("p")
    desk.expect("pinned", lambda now: now[pinned]["pinned"])
    turn(1)
    assert desk.cursor() == pinned, f"the cursor went from {pinned} to {desk.cursor()}"
    assert desk.rows()[0].startswith(pinned), desk.rows()[:2]
    second = desk.rows()[1].split(",")[0]
    desk.keys("j")
    assert desk.cursor() == second, f"J went to {desk.cursor()} instead of {second}"
    desk.keys("k", "p")
    desk.expect("no longer pinned", lambda now: not now[pinned]["pinned"])
    turn(1)
    assert desk.cursor() == pinned, f"the cursor went from {pinned} to {desk.cursor()}"
    desk.did("P takes the row away and the cursor along with it, up and down")


def film(path, how):
    """Four seconds, made as @how says."""
    pipeline = Gst.parse_launch(f"videotestsrc num-buffers=60 pattern=smpte ! video/x-raw,width=320,height=480,framerate=15/1 ! {how} ! filesink location={path}")
    pipeline.set_state(Gst.State.PLAYING)
    message = pipeline.get_bus().timed_pop_filtered(30 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    assert message and message.type == Gst.MessageType.EOS, f"no video was made with {how}"
    return path


def thumbnails(desk):
    folder = os.path.join(desk.folder, "media", "thumbnails")
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def videos(desk):
    """A telephone's MP4 that can be decoded here, one of a kind that cannot, and one that is broken."""
    Gst.init(None)
    good = film(os.path.join(desk.display.home, "good.mp4"), "jpegenc ! qtmux")
    with open(good, "rb") as stream:
        data = stream.read()
    foreign = os.path.join(desk.display.home, "foreign.mp4")
    at = data.index(b"jpeg", data.index(b"stsd"))
    with open(foreign, "wb") as stream:
        stream.write(data[:at] + b"xyz1" + data[at + 4:])
    desk.inbound(type="video", video={"id": desk.upload(good, "video/mp4"), "mime_type": "video/mp4", "caption": "Our hall"})
    desk.open_row("Carla Camera")
    desk.app.find("*", re.compile(r"^Video, 0:04 · MP4 · [\d.]+\s[kM]B$"), 20)
    wait("its picture", lambda: len(thumbnails(desk)) == 2, 20)
    assert [name.rsplit(".", 1)[1] for name in thumbnails(desk)] == ["jpg", "json"], thumbnails(desk)
    desk.did("A video shows a picture of itself, with length, type and size")
    desk.inbound(type="video", video={"id": desk.upload(foreign, "video/mp4"), "mime_type": "video/mp4"})
    wait("the second", lambda: desk.app.look("*", re.compile(r"^Video, 0:04 · MP4 · [\d.]+\s[kM]B$"), index=1), 20)
    desk.inbound(type="video")
    desk.app.find("*", re.compile(r"^Video, MP4 · \d+\sbytes$"), 20)
    turn(2)
    assert len(thumbnails(desk)) == 2, thumbnails(desk)
    assert not desk.app.warnings(), desk.app.warnings()
    desk.did("One that no decoder here knows, and one that is broken, say what is known of them")


def drops(desk):
    """From a small window in the corner, as another program would bring them."""
    path = make_file(desk, "Price list.txt")
    desk.open_row("Polite Pia")
    drag(desk, files("words", "on Saturday"), desk.field())
    wait("the words in the field", lambda: desk.field().text() == "on Saturday", 8)
    desk.field().type("")
    drag(desk, files("words", "on Sunday"), desk.app.find("list", "Conversation"))
    wait("the words in the field", lambda: desk.field().text() == "on Sunday", 8)
    desk.did("Words that are dropped on the field or on the conversation stand in the field")
    desk.field().type("")
    desk.open_row("Voice Vera")
    desk.field().type("See you ")
    turn(1)
    desk.open_row("Polite Pia")
    drag(desk, files("words", "on Monday"), desk.app.find("list item", re.compile("^Voice Vera"), 8))
    desk.app.find("text", "Message to Voice Vera", 8)
    wait("the words behind the draft", lambda: desk.field().text() == "See you on Monday", 8)
    desk.field().type("")
    desk.did("Dropped on a row of the list, words open that conversation and stand behind its draft")
    drag(desk, files("drag", path), desk.field())
    wait("the file in the tray", lambda: len(tiles(desk)) == 1, 8)
    assert desk.field().text() == "", "the name of the file stands in the field"
    desk.did("A file that is dropped on the field is a file, not its name")
    desk.app.press("button", "Remove the File")
    wait("no file left", lambda: not tiles(desk), 8)


def views(desk):
    desk.settle()
    desk.keys("ctrl+1", "alt+1")
    wait("a cursor", desk.cursor)
    desk.keys("t")
    desk.app.find("dialog", None, 8)
    turn(0.4)
    desk.keys("A", "d", "Return")
    wait("the tag", lambda: any(row["tags"] == "Ad" for row in desk.threads().values()), 8)
    for name in ("First", "Second", "Third"):
        save_view(desk, "Ad", name)
    assert desk.views()[-3:] == ["First", "Second", "Third"], desk.views()

    def row(name):
        return next(row for row in desk.app.find("list", "Views").children() if any(node.name == name for node in row.walk()))
    desk.drag(row("Third"), row("First"), 0.2)
    wait("the third is first", lambda: desk.views()[-3:] == ["Third", "First", "Second"], 8)
    turn(1)
    desk.drag(row("Third"), row("First"), 0.8)
    wait("the third in the middle", lambda: desk.views()[-3:] == ["First", "Third", "Second"], 8)
    desk.keys("ctrl+z")
    wait("one step back", lambda: desk.views()[-3:] == ["Third", "First", "Second"], 8)
    desk.did("A saved view is dragged before and behind another, and Undo takes it back")


def broken_view(desk):
    """The tag of the views goes while nobody looks."""
    turn(1)
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.execute("PRAGMA foreign_keys = ON")
        file.execute("DELETE FROM tag WHERE name = 'Ad'")
    desk.app = App(desk.display, "--page", "inbox")
    desk.app.find("list", "Views", 20)
    turn(1)
    desk.keys("ctrl+7")
    desk.app.sees("This View Needs Attention", 8)
    desk.app.sees("A tag of this view no longer exists.", 5)
    desk.app.find("button", "Edit View…", 5)
    desk.shot("broken-view")
    desk.did("A view that names a tag which is gone says so and offers to change it")
    desk.keys("ctrl+1")


def signs(desk):
    """What cannot be searched is answered in a sentence."""
    desk.keys("ctrl+k")
    turn(0.8)
    desk.display.write("?!... ;-)")
    desk.app.sees(re.compile("^Signs alone cannot be searched"), 8)
    desk.keys("ctrl+a", "BackSpace")
    desk.app.find("entry", None, 5).type("a" * 10000)
    desk.app.sees("This is too long to search for.", 8)
    desk.app.find("entry", None, 5).type("cake")
    turn(0.5)
    desk.app.press("button", "Close", within=desk.app.find("dialog", "Search"))
    wait("the search closed", lambda: desk.app.look("dialog", "Search") is None, 5)
    desk.did("Signs alone, and ten thousand letters, are answered in a sentence")


def offline(desk):
    """The header says so, and within five seconds."""
    desk.open_row("Polite Pia")
    desk.app.press("toggle button", "No Internet")
    enter(desk, "Are you there?")
    desk.display.key("Return")
    desk.app.sees("Offline – 1 message waiting", 5)
    desk.app.press("toggle button", "No Internet")
    wait("online again", lambda: desk.app.look("label", "Offline – 1 message waiting") is None, 30)
    desk.did("Without a network the header says so within five seconds, with what waits")


def board(desk):
    desk.keys("alt+2")
    desk.display.click(desk.app.find("page tab", "Board", 10))
    desk.app.press("button", "Start with Five Stages")
    desk.app.press("button", "Unfold No Stage")
    cards = desk.app.find("list", "No Stage")
    card = wait("a card", lambda: next((node for node in cards.walk() if node.role == "list item" and "," in node.name), None), 15)
    name = card.name.split(",")[0]
    turn(1)
    desk.drag(card, desk.app.find("list", "New Question"))
    desk.app.sees(f"{name} moved to New Question", 8)
    wait("the new stage", lambda: name in [row["name"] for row in desk.cli("contact", "list", "--stage", "New Question")], 8)
    desk.keys("ctrl+z")
    wait("no stage again", lambda: name not in [row["name"] for row in desk.cli("contact", "list", "--stage", "New Question")], 8)
    desk.did("A card is dragged to another lane, and Undo takes it back")
    desk.keys("alt+1")


def underlined(desk, word):
    field = desk.field()
    if word not in field.text():
        return None
    attributes = Atspi.Text.get_attribute_run(field.at.get_text_iface(), field.text().index(word), False)[0]
    return attributes.get("underline") == "error"


def enter(desk, words=""):
    """Walks to the field with the Tab key, as somebody without a mouse does."""
    def focused():
        if desk.field().at.get_state_set().contains(Atspi.StateType.FOCUSED):
            return True
        desk.display.key("Tab")
        return False
    wait("the cursor in the field", focused, 40, 0.02)
    if words:
        desk.display.write(words)
        wait(f"“{words}” in the field", lambda: desk.field().text() == words, 8)


def open_menu(desk):
    """Opens the menu of the field. Its entries have no names, so that they are counted and walked to."""
    enter(desk)
    turn(0.5)
    desk.display.key("Menu")
    menu = desk.app.find("menu", None, 6)
    turn(0.4)
    return [node for node in menu.walk(hidden=True) if node.role == "menu item"]


def languages(desk):
    desk.open_row("Polite Pia")
    enter(desk, "We recieve it ")
    wait("a wrong word", lambda: underlined(desk, "recieve"), 10)
    open_menu(desk)
    desk.keys("Down", "Down", "Down", "Return")  # after Undo, Select All and Insert Emoji: Check Spelling
    wait("no underline", lambda: underlined(desk, "recieve") is False, 10)
    desk.open_row("Voice Vera")
    desk.open_row("Polite Pia")
    turn(1.5)
    assert underlined(desk, "recieve") is False, "what was switched off is on again"
    enter(desk)
    open_menu(desk)
    desk.keys("Down", "Down", "Return")  # nothing to undo in a draft that was opened
    wait("checked again", lambda: underlined(desk, "recieve"), 10)
    desk.did("The menu of the field switches the spelling off and on, for every conversation")
    desk.display.key("ctrl+a", "BackSpace")
    desk.display.write("Nous recevons votre commande ")
    wait("French underlined", lambda: underlined(desk, "recevons"), 10)
    open_menu(desk)
    desk.keys("Down", "Down", "Down", "Down", "Return")  # Languages
    turn(0.6)
    desk.keys("Down", "Down", "Return")  # after English
    turn(0.6)
    desk.keys("Down", "Return")
    wait("French known", lambda: underlined(desk, "recevons") is False, 10)
    desk.open_row("Voice Vera")
    desk.open_row("Polite Pia")
    turn(1.5)
    assert underlined(desk, "recevons") is False, "the language that was chosen for her is forgotten"
    desk.field().type("")
    desk.did("It has the languages, too; the one that is chosen for a customer stays chosen")


def no_dictionary(desk):
    """The same computer without the folder in which dictionaries lie."""
    share = os.path.join(desk.display.home, "share")
    os.makedirs(share, exist_ok=True)
    for name in os.listdir("/usr/share"):
        if name not in ("hunspell", "myspell", "aspell"):
            os.symlink(os.path.join("/usr/share", name), os.path.join(share, name))
    before = os.environ["XDG_DATA_DIRS"]
    turn(1)
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()
    os.environ["XDG_DATA_DIRS"] = ":".join([part for part in before.split(":") if part not in ("/usr/share", "/usr/local/share")] + [share])
    desk.app = App(desk.display, "--page", "inbox")
    desk.open_row("Polite Pia")
    enter(desk, "Nous recevons ")
    turn(1.5)
    assert underlined(desk, "recevons") is False, "checked without a dictionary"
    entries = open_menu(desk)
    assert len(entries) == 9 and not entries[-1].sensitive, [(entry.name, entry.sensitive) for entry in entries]
    desk.shot("no-dictionary")
    desk.display.key("Escape")
    desk.field().type("")
    turn(1)
    os.environ["XDG_DATA_DIRS"] = before
    desk.did("Without a dictionary nothing is underlined, and the menu says why")


def mention(desk):
    """Bea works here, too; she has read the conversation."""
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.execute("INSERT INTO staff (id, name, role) VALUES (77, 'Bea', 3)")
        file.execute("UPDATE reading SET unread = 0, read_at = 9999999999999 WHERE staff_id = 77")
    desk.open_row("Polite Pia")
    enter(desk)
    desk.display.key("ctrl+shift+n")
    desk.app.find("text", "Note for the team", 8)
    turn(0.5)
    desk.display.write("For @")
    desk.app.find("menu", "People", 8)
    turn(0.4)
    desk.keys("Return")
    wait("her name", lambda: desk.app.find("text", "Note for the team").text() == "For @Bea ", 8)
    desk.shot("mention")
    desk.app.press("button", "Add Note")

    def unread():
        with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
            return file.execute("SELECT count(*) FROM reading WHERE staff_id = 77 AND unread > 0").fetchone()[0]
    wait("unread for Bea", lambda: unread() == 1, 8)
    desk.did("In a note an @ offers who works here, and whom it calls finds the conversation unread")


def line_gone(desk):
    """The line the customers wrote to is removed; another one is there."""
    turn(1)
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info (line)")]
        row = dict(zip(names, file.execute("SELECT * FROM line").fetchone()))
        old, row["id"], row["name"] = row["id"], row["id"] + 1, "Wholesale"
        for name in ("phone_number_id", "number", "box"):
            if row.get(name):
                row[name] = str(row[name])[:-1] + "9"
        file.execute(f"INSERT INTO line ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [row[name] for name in names])
        file.execute("UPDATE line SET state = 5 WHERE id = ?", (old,))
    desk.app = App(desk.display, "--page", "inbox")
    desk.open_row("Polite Pia")
    desk.app.sees("Which line should answer?", 10)
    desk.shot("which-line")
    wait("Pia’s words kept", lambda: desk.field().text() == "", 5)
    desk.field().type("We are here")
    turn(1)
    desk.app.press("button", "Practice")  # the practice shop gives its lines this name
    wait("no question", lambda: desk.app.look("label", "Which line should answer?") is None, 8)
    desk.shot("line-chosen")
    desk.did("The line is gone: the field asks which one answers, and takes the one that is chosen")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in PARTS:
        part(desk)


PARTS = (cursor_stays, videos, drops, views, broken_view, board, signs, offline, languages, no_dictionary, mention, line_gone)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
