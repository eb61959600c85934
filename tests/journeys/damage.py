#!/usr/bin/env python3
"""A part of the shop's file is rubbish: what can be read is shown, and the window says that it is not all.

a page with some of the customers - the file as a whole
"""

import os
import re
import sqlite3
import sys

from driver import App, perform, turn, wait
from triage import Desk, fill


def pages_of(desk, table):
    """The pages at the foot of a table's tree, from its first rows to its last."""
    file = sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10)
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.execute("PRAGMA page_size").fetchone()[0]
    root = file.execute("SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).fetchone()[0]
    file.close()
    with open(os.path.join(desk.folder, "shop.db"), "rb") as stream:
        stream.seek((root - 1) * size)
        page = stream.read(size)
    assert page[0] == 5, f"{table} is too small: one page"
    count = int.from_bytes(page[3:5], "big")
    cells = [int.from_bytes(page[12 + 2 * i:14 + 2 * i], "big") for i in range(count)]
    return size, [int.from_bytes(page[cell:cell + 4], "big") for cell in cells] + [int.from_bytes(page[8:12], "big")]


def spoil(desk, size, page):
    with open(os.path.join(desk.folder, "shop.db"), "r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * size)


def close(desk):
    turn(1)
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()


def forgive(desk, words):
    """The log tells of the damage, and of nothing else."""
    strange = [line for line in desk.app.warnings() if not re.search(words, line)]
    assert not strange, strange
    desk.app.quit()
    os.truncate(desk.app.log.name, 0)


def part_of_the_list(desk):
    """The customers who came first stand on a page that is gone; those who wrote last are on others."""
    fill(desk)
    close(desk)
    size, pages = pages_of(desk, "contact")
    spoil(desk, size, pages[0])
    desk.app = App(desk.display, "--page", "inbox")
    desk.app.find("list item", re.compile("^Customer "), 15)
    desk.app.find("*", "Some conversations cannot be read.", 10)
    shown = [row for row in desk.rows() if row.startswith("Customer ")]
    assert len(shown) > 5, desk.rows()
    assert desk.app.look("*", "Conversations Cannot Be Read") is None and desk.app.look("*", "All Answered") is None
    desk.shot("banner")
    desk.did("What can be read stands in the list, and above it a banner says that some is missing")
    desk.app.press("button", "Connection Health")
    desk.app.sees("A part of it cannot be read or does not fit together.", 20)
    assert not any("btree" in node.name or "malformed" in node.name for node in desk.app.root.walk()), "it speaks of trees and pages"
    desk.did("The button of the banner leads to Connection Health, which says so in words")
    forgive(desk, "malformed|damaged|not be read|cannot be read|set aside")


def whole_file(desk):
    """The first page, without which there is no file."""
    spoil(desk, 4096, 1)
    desk.app = App(desk.display, "--page", "inbox")
    desk.app.sees("The Shop’s File Was Damaged", 20)
    words = desk.app.sees(re.compile(r"set aside as “shop\.db\.damaged-"), 5)
    name = re.search("“(.*?)”", words.name or words.text()).group(1)
    assert os.path.exists(os.path.join(desk.folder, name)), name
    turn(7)
    desk.app.find("button", "Show the Old File", 1)
    desk.shot("set-aside")
    desk.app.press("button", "Close")
    wait("the words gone", lambda: desk.app.look("*", "The Shop’s File Was Damaged") is None, 6)
    desk.did("A file that is rubbish is set aside; the window says so and where, until it was read")
    forgive(desk, "malformed|not a database|set aside|damaged")


def story(desk):
    part_of_the_list(desk)
    whole_file(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
