#!/usr/bin/env python3
"""Paper that is read again: turned while rows are decided, in other languages, and a document of many pages."""

import os
import re
import subprocess
import sys

import ocr
from driver import App, Atspi, Stage, perform, turn, wait
from ocr import paper

ROWS = 12
PAGES = 60


class Desk(ocr.Paper, Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()


def begin(desk):
    turn(3)
    desk.display.click(desk.app.find("label", "Contacts"))
    turn(1)
    desk.list = os.path.join(desk.display.home, "list.jpg")
    paper.draw_list(desk.list, ROWS, "photo", seed=9)
    ocr.open_paper(desk, desk.list)
    desk.app.sees(re.compile(rf"{ROWS} rows read, 0 looked at"), 30)


def accept(desk, n):
    for _ in range(n):
        desk.display.key("Return")
        if desk.app.look("button", "Other…"):
            desk.display.key("1")
            desk.display.key("Return")
    desk.app.sees(re.compile(rf"{n} looked at"), 10)


def turned(desk):
    accept(desk, 3)
    desk.display.key("r")
    desk.app.sees("Lying on Its Side?", 30)
    desk.app.press("button", "Turn and Read")
    desk.app.sees(re.compile(rf"{ROWS} rows read, 3 looked at"), 10)
    desk.did("The photo is turned while three rows are decided: they stay, and nobody comes twice")
    desk.shot("turned")
    desk.display.key("z")
    turn(1)
    desk.app.sees(re.compile(rf"{ROWS} rows read, 3 looked at"), 10)
    desk.display.key("z")
    desk.app.sees(re.compile(rf"{ROWS} rows read, 2 looked at"), 10)
    desk.did("Z takes the turn back, and then the last row that was decided")


def ticked(desk):
    """The languages whose switch is on."""
    return {node.name for node in desk.app.root.walk() if node.role == "check box" and node.at.get_state_set().contains(Atspi.StateType.CHECKED)}


def go_to(desk, name):
    """By the Tab key, as far as the switch of this name."""
    for _ in range(9):
        if any(node.name == name and node.at.get_state_set().contains(Atspi.StateType.FOCUSED) for node in desk.app.root.walk() if node.role == "check box"):
            return
        desk.display.key("Tab")
        turn(0.2)
    raise AssertionError(f"the Tab key does not reach {name}")


def languages(desk):
    desk.app.press("toggle button", "More")
    turn(0.5)
    desk.app.press("menu item", index=1)  # “Languages on the Paper…”
    desk.app.find("*", "French", 15)
    desk.app.find("*", "Arabic", 5)
    desk.shot("languages")
    turn(1)  # the dialog has come to rest
    before = ticked(desk)
    go_to(desk, "French")
    desk.display.key("space")
    wait("French is ticked", lambda: ticked(desk) == {"French"} | before, 5)
    desk.app.press("button", "Read Again")
    desk.app.sees(re.compile(rf"{ROWS} rows read, 2 looked at"), 30)
    turn(1)
    desk.did("French is added by its name, and the page is read again; the rows that were decided stay")


def many_pages(desk):
    svg = os.path.join(desk.display.home, "page.svg")
    pages = []
    for i in range(PAGES):
        pages.append(f"{svg}{i}")
        with open(pages[-1], "w", encoding="utf-8") as stream:
            stream.write('<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842">'
                         f'<text x="60" y="90" font-family="Noto Sans" font-size="14">Amina Haddad 07700 900{i:03}</text></svg>')
    path = os.path.join(desk.display.home, "book.pdf")
    subprocess.run(["rsvg-convert", "-f", "pdf", "-o", path, *pages], check=True)
    owner = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "clipboard.py"), "files", path])
    try:
        turn(1.5)
        desk.display.key("ctrl+v")
        desk.app.find("*", f"{PAGES} Pages", 20)
    finally:
        owner.terminate()
        owner.wait()
    desk.app.press("button", "Read Them")
    desk.app.sees(re.compile("50 rows read, 0 looked at"), 60)
    desk.app.sees(f"Pages 1–50 of {PAGES}", 5)
    desk.shot("many-pages")
    desk.app.quit()
    desk.app = App(desk.display, "--page", "inbox")
    turn(2)
    desk.display.click(desk.app.find("label", "Contacts", 20))
    desk.app.press("button", "Go On")
    desk.app.sees(f"Pages 1–50 of {PAGES}", 15)
    desk.did("The list is left and gone on with another day: the further pages are still offered")
    desk.app.press("button", f"Read the Next {PAGES - 50}")
    desk.app.sees(re.compile(f"{PAGES} rows read, 0 looked at"), 60)
    assert not desk.app.look("button", re.compile("^Read the Next"))
    desk.did(f"Of {PAGES} pages fifty are read at once, and the rest when it is asked for")


def story(desk):
    begin(desk)
    turned(desk)
    languages(desk)
    many_pages(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
