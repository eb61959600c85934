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
from driver import App, ask, perform, turn, wait
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
            above = self.app.look("button", re.compile(" new above$"))
            row = above or self.app.look("list item", re.compile("^" + re.escape(name)))
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


def play(desk, parts):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in parts:
        part(desk)


def story(desk):
    play(desk, PARTS)


PARTS = (cursor_stays, videos, drops, views, broken_view, board)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
