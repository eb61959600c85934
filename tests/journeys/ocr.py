#!/usr/bin/env python3
"""A photograph of a paper list becomes contacts: read, reviewed with the keys alone, brought in, taken back."""

import json
import os
import re
import subprocess
import sys
import time

from driver import App, Stage, perform, turn, wait

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reader"))
import paper  # noqa: E402

ROWS = 40
os.environ["SHOPBELL_CAMERA"] = "videotestsrc is-live=true ! video/x-raw,width=640,height=480"


class Paper:
    """What a stage knows of a list on paper."""
    folder = None
    truth = ()

    def contacts(self):
        """Names by number, as the shop's file has them."""
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "export", "contacts", "--format", "csv"], capture_output=True, text=True, check=True)
        return found.stdout

    def imports(self):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "import", "list"], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def count_in(self):
        text = re.sub(r"[^0-9\n]", "", self.contacts())
        return sum("447700900" + row["phone"][-3:] in text for row in self.truth)


class Desk(Paper, Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()


def draw(desk):
    """The practice customers have numbers of the same range; those on the paper are nobody's yet."""
    turn(4)
    desk.list = os.path.join(desk.display.home, "IMG_2041.jpg")
    taken = {f"07700 {number}" for number in re.findall(r"447700(900\d{3})", re.sub(r"[ +]", "", desk.contacts()))}
    desk.truth = paper.draw_list(desk.list, ROWS, "photo", taken=taken)
    assert desk.count_in() == 0


def open_paper(desk, path):
    """As a person pastes a file that was copied in the file manager."""
    owner = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "clipboard.py"), "files", path])
    try:
        turn(1.5)
        desk.display.key("ctrl+v")
        desk.app.find("*", re.compile("^Read a Paper List$"), 60)
    finally:
        owner.terminate()
        owner.wait()


def read(desk):
    desk.display.click(desk.app.find("label", "Contacts"))
    turn(1)
    open_paper(desk, desk.list)
    desk.app.sees(re.compile(rf"{ROWS} rows read, 0 looked at"), 30)
    finish = desk.app.find("button", "Finish")
    assert not finish.sensitive, "Finish is on before anybody looked"
    desk.did("The photo is read; Finish is off until every number was looked at")


def refuse(desk):
    before = desk.imports()
    desk.display.key("ctrl+Return")
    turn(1)
    assert desk.imports() == before, "something came in unseen"
    desk.did("Ctrl+Enter brings nothing in while numbers wait")


def settle(desk):
    """The doubts first, by the first letter that is offered; then a row is skipped, gone back to, and retyped."""
    n = 0
    while desk.app.look("button", "Other…") and n < 60:
        desk.display.key("1")
        desk.display.key("Tab")
        n += 1
    desk.did(f"{n} letters in doubt are settled with one key each")
    desk.display.key("s")
    desk.app.sees(re.compile(r"1 looked at"), 8)
    desk.display.key("z")
    desk.app.sees(re.compile(r"0 looked at"), 8)
    desk.display.key("F2")
    entry = desk.app.find("*", "What It Says", 8)
    number = entry.text()
    desk.display.key("ctrl+a")
    desk.display.write(number)
    desk.display.key("Return")
    turn(0.3)
    desk.did("A row is skipped, Z brings it back, F2 types a cell again")


def accept(desk):
    start = time.monotonic()
    for _ in range(ROWS + 2):
        desk.display.key("Return")
        if desk.app.look("button", "Other…"):
            desk.display.key("1")
            desk.display.key("Return")
    desk.app.sees(re.compile(rf"{ROWS} looked at"), 10)
    assert desk.app.find("button", "Finish").sensitive
    desk.did(f"All {ROWS} rows are accepted with Enter in {time.monotonic() - start:.0f} s")


def finish(desk):
    desk.display.key("ctrl+Return")
    desk.app.sees(re.compile(rf"{ROWS} people came in"), 20)
    wait("forty contacts", lambda: desk.count_in() == ROWS, 10)
    desk.did(f"{ROWS} contacts are in the shop, each with the number of the paper")
    desk.app.press("button", "Undo")
    wait("the contacts gone", lambda: desk.count_in() == 0, 20)
    desk.did("Undo takes them all back")


def doubts(desk):
    """A photo from too far away: letters in doubt are marked, one key settles each, and Z takes that back."""
    far = os.path.join(desk.display.home, "far.jpg")
    paper.draw_list(far, 9, "small", seed=3)
    open_paper(desk, far)
    desk.app.find("button", "Other…", 20)
    count = lambda: int(re.search(r"(\d+) doubts? left", desk.app.sees(re.compile(r"^\d+ doubts? left$"), 5).name).group(1))  # noqa: E731
    before = count()
    desk.display.key("1")
    wait("one doubt less", lambda: count() == before - 1, 5)
    desk.display.key("z")
    wait("the doubt again", lambda: count() == before, 5)
    desk.display.key("Return")
    turn(0.3)
    desk.app.sees(re.compile(r"0 looked at"), 5)
    desk.did(f"{before} letters are in doubt; 1 settles one, Z takes that back, and Enter does not pass over it")


def camera(desk):
    """The camera of the test shows stripes: it can be photographed, and there is nobody on it."""
    blurred = os.path.join(desk.display.home, "blurred.jpg")
    paper.draw_card(blurred, 1, "blurred")
    open_paper(desk, blurred)
    desk.app.sees("No Rows Found", 30)
    desk.app.press("button", "Take a Photo…")
    button = wait("a picture", lambda: (lambda node: node if node and node.sensitive else None)(desk.app.look("button", "Take Photo")), 10)
    desk.did("The camera shows what it sees")
    button.press()
    desk.app.sees("No Rows Found", 30)
    desk.did("A photo without a name says so, and offers to take another")


def story(desk):
    draw(desk)
    read(desk)
    refuse(desk)
    settle(desk)
    accept(desk)
    finish(desk)
    doubts(desk)
    camera(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
