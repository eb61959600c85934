#!/usr/bin/env python3
"""Photos and other files: what came is kept on this computer, and what cannot go out is named before it is sent.

a photo opens the next day, without a network, after a restart - a program, a drawing, a photo of a telephone's own kind and an
uncompressed sound are named one by one - a picture of twenty megabytes is made smaller
"""

import os
import random
import re
import struct
import sys
import zlib

from comfort import files, tiles
from driver import ask, perform, turn, wait
from odd import Desk

NUMBER = "447700910654"
NAME = "Petra Photo"
WORDS = "The network does not take files of this type."


class Photos(Desk):
    def media(self):
        """Every file that is kept, with its size."""
        found = {}
        for folder, _, names in os.walk(os.path.join(self.folder, "media")):
            if "thumbnails" not in folder:
                found.update({os.path.join(folder, name): os.path.getsize(os.path.join(folder, name)) for name in names})
        return found

    def file(self, name, content=b"what is in it"):
        path = os.path.join(self.display.home, name)
        with open(path, "wb") as stream:
            stream.write(content)
        return path

    def paste(self, path):
        holder = files("copy", path)
        self.enter()
        self.keys("ctrl+v")
        wait("it above the field", lambda: len(tiles(self)) == 1, 20)
        holder.kill()

    def out(self):
        rows = ask(f"{self.server}/_practice/messages?persona={NUMBER}")["messages"]
        return [row["type"] for row in rows if row["direction"] == "out"]


def noise(width, height):
    """A PNG that cannot be packed: nearly three bytes for each point."""
    source = random.Random(7)
    lines = b"".join(b"\0" + source.randbytes(width * 3) for _ in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines, 0)) + chunk(b"IEND", b""))


def kept(desk):
    desk.customer(NUMBER, NAME, type="image", image={"caption": "Like this one"})
    desk.open_row(NAME)
    row = desk.said("Like this one")
    wait("the photo", lambda: desk.app.look("button", "Photo", row), 20)
    before = wait("its file", desk.media, 10)
    ask(desk.server + "/_practice/online", {"online": False})
    desk.app.sees(re.compile("^Offline since"), 15)
    desk.did("A photo came, and was fetched; then the network is gone")
    desk.restart(lambda: None)
    wait("the list", lambda: desk.app.look("list item", re.compile("^" + NAME)), 20)
    desk.display.click(desk.app.find("list item", re.compile("^" + NAME)))
    desk.app.sees(re.compile("^Offline since"), 15)
    for words in ("+23 h 59", "+1 h"):
        desk.app.press("button", words)
        turn(0.5)
    row = desk.said("Like this one")
    desk.app.find("label", "Yesterday", 10)
    desk.app.press("button", "Photo", within=row, seconds=15)
    dialog = desk.app.find("dialog", "Photo", 10)
    desk.app.find("label", "Like this one", 5, within=dialog)
    picture = desk.app.find("image", None, 10, within=dialog)
    wait("all of it", lambda: picture.box[2] > 100 and picture.box[3] > 100, 10)
    desk.shot("photo-offline")
    assert desk.media() == before, "another file than before"
    desk.did("The program was closed meanwhile, and a day has passed: it opens from this computer's own disk")
    desk.keys("Escape")
    wait("the photo closed", lambda: desk.app.look("dialog", "Photo") is None, 8)
    ask(desk.server + "/_practice/online", {"online": True})
    desk.customer(NUMBER, NAME, type="text", text="Back again")
    desk.open_row(NAME)


def wrong(desk):
    for name, content in (("setup.exe", b"MZ\x90\0"), ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("IMG_0042.heic", b"\0\0\0\x18ftypheic"),
                          ("birdsong.wav", b"RIFF\x24\0\0\0WAVEfmt "), ("letter.odt", b"PK\x03\x04")):
        desk.paste(desk.file(name, content))
        desk.app.find("label", name, 8)
        desk.app.find("label", WORDS, 8)
        send = desk.app.look("button", "Send")
        assert send is None or not send.sensitive, f"{name} can be sent"
        desk.enter()
        desk.keys("ctrl+Return")
        turn(0.5)
        desk.app.press("button", "Remove the File")
        wait("no file left", lambda: not tiles(desk), 8)
    assert not desk.out(), desk.out()
    desk.did("Program, drawing, telephone's photo, raw sound and a text of another office are named, and none is sent")
    desk.paste(desk.file("prices.csv", b"Cake,Price\nLemon,19\n"))
    assert desk.app.look("label", WORDS) is None
    desk.app.press("button", "Send")
    wait("it on the telephone", lambda: desk.out() == ["document"], 20)
    wait("no file left", lambda: not tiles(desk), 8)
    desk.did("A table of commas goes out, as plain text")


def large(desk):
    path = desk.file("stand.png", noise(2600, 2600))
    assert os.path.getsize(path) > 20 * 1000 * 1000
    desk.paste(path)
    desk.app.find("label", "The file is larger than the network allows.", 8)
    assert not desk.app.find("button", "Send").sensitive, "a picture of twenty megabytes can be sent"
    desk.app.press("button", "Shrink")
    wait("a smaller picture", lambda: desk.app.look("button", "Shrink") is None and desk.app.find("button", "Send").sensitive, 60)
    desk.app.press("button", "Send")
    wait("it on the telephone", lambda: desk.out() == ["document", "image"], 30)
    assert os.path.getsize(path) > 20 * 1000 * 1000, "the owner's own file was changed"
    desk.did("A picture of twenty megabytes is offered to be made smaller; the owner's own file stays as it is")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (kept, wrong, large):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Photos))
