#!/usr/bin/env python3
"""The inbox as a place to work in: what the other journeys pass by.

the cursor stays with its conversation when the list is put in another order - a video shows a picture of itself, or what
is known of it
"""

import json
import os
import re
import subprocess
import sys
import urllib.request

import gi

from driver import ask, perform, turn, wait
from triage import Desk as Triage, fill

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
    tagged = desk.cursor()
    assert tagged != first
    desk.keys("t", "B", "i", "g", "Return")
    desk.expect("a tag", lambda now: now[tagged]["tags"] == "Big")
    desk.keys("z")
    desk.expect("no tag", lambda now: not now[tagged]["tags"])
    desk.keys(*["j"] * 14)
    pinned = desk.cursor()
    assert pinned != tagged
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


def story(desk):
    fill(desk)
    for part in PARTS:
        part(desk)


PARTS = (cursor_stays, videos)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
