#!/usr/bin/env python3
"""A file dropped anywhere on the window: lists come to the import, paper to be read, and of the rest it is said what could be dropped."""

import os
import re
import subprocess
import sys

from driver import App, Stage, perform, turn, wait

HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = os.path.join(HERE, "..", "import")


class Dropping(App):
    """The window, with a way to drop on it."""

    def __init__(self, display, folder):
        lines, self.answers, self.n_answers = os.path.join(display.home, "lines"), os.path.join(display.home, "answers"), 0
        os.mkfifo(lines)
        self.lines = os.open(lines, os.O_RDWR)
        super().__init__(display, folder, lines, self.answers, program="drop-stage")

    def drop(self, *paths, on_place=False):
        os.write(self.lines, (("place " if on_place else "") + " ".join(paths) + "\n").encode())
        self.n_answers += 1
        turn(0.3)
        return wait("an answer to the drop", self.answer)

    def answer(self):
        with open(self.answers, encoding="utf-8") as stream:
            said = stream.read().split()
        return said[-1] if len(said) == self.n_answers else None


class Drops(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.folder = os.path.join(display.home, "shop")
        subprocess.run(["shopbell-cli", "--shop", self.folder, "init", "--name", "Marigold Cakes"], check=True, capture_output=True)
        self.app = Dropping(display, self.folder)

    def file(self, name, content=b"nothing"):
        path = os.path.join(self.display.home, name)
        with open(path, "wb") as stream:
            stream.write(content)
        return path

    def rows(self, pattern):
        """The page of the import stands there with its rows."""
        self.app.find("button", re.compile(pattern), 15)

    def title(self, name, rows):
        """The name of a file has a direction of its own."""
        self.app.sees(re.compile(f"^\u2068{name}\u2069 · {rows}"), 8)


def lists(desk):
    people = desk.file("stall.csv", b"Name,Phone\nAmina Haddad,+447700900101\n")
    assert desk.app.drop(people) == "yes"
    desk.rows("^Import 1 Person$")
    desk.title("stall.csv", "1 row")
    desk.did("A CSV dropped on the window is looked at")
    assert desk.app.drop(os.path.join(LISTS, "programs", "gnumeric.xlsx"), on_place=True) == "yes"
    desk.rows("^Import 8 People$|^Import [0-9]+ People$")
    desk.title("gnumeric.xlsx", "12 rows")
    desk.did("A workbook dropped on the page that is open takes its place")
    assert desk.app.drop(desk.file("cake.mp3"), os.path.join(LISTS, "phones", "whatsapp.vcf")) == "yes"
    desk.rows("^Import 2 People$")
    desk.title("whatsapp.vcf", "2 rows")
    desk.did("Of several files the list is taken")


def broken(desk):
    assert desk.app.drop(desk.file("broken.xlsx", b"PK\x03\x04 no more")) == "yes"
    desk.app.sees("This File Cannot Be Read", 10)
    desk.did("A file that cannot be read says why, and nothing dies")


def paper(desk):
    picture = desk.file("card.png", b"\x89PNG\r\n\x1a\n broken")
    assert desk.app.drop(picture) == "yes"
    desk.app.sees("This File Cannot Be Read", 20)
    desk.display.key("Escape")
    turn(0.5)
    desk.did("A picture goes to be read as paper")


def others(desk):
    assert desk.app.drop(desk.file("song.mp3")) == "no"
    desk.app.sees("Drop a spreadsheet, phone contacts, a photo or a PDF", 8)
    desk.did("What is neither is told what could be dropped")


def story(desk):
    lists(desk)
    broken(desk)
    paper(desk)
    others(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Drops))
