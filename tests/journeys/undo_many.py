#!/usr/bin/env python3
"""A group is deleted, a tag is taken off three hundred conversations, the three hundred are done: three times Ctrl+Z, and
everything is as it was before.
"""

import json
import re
import sys
import time

from driver import App, ask, perform, turn, wait
from inbox import Desk as Inbox

N = 300
RULE = {"all": [{"subject": "name", "op": "contains", "value": "bride"}]}


class Desk(Inbox):
    def state(self):
        """All that the three acts change: the conversations with their tags, and the groups of people with how many are in them."""
        groups = {row["name"]: (row["kind"], row["rule"], self.cli("segment", "count", row["name"])[0]["count"]) for row in self.cli("segment", "list")}
        return self.threads(), groups

    def tagged(self):
        return sum(row["tags"] == "Wedding" for row in self.threads().values())

    def closed(self):
        return sum(row["status"] == "closed" for row in self.threads().values())

    def select_all(self):
        """Of the view that is shown; how many they are."""
        self.keys("ctrl+a")
        return int(self.app.find("*", re.compile(r"^\d+ selected$"), 8).name.split()[0])

    def leave(self):
        self.keys("Escape")
        wait("the selection left", lambda: self.app.look("*", re.compile(r"^\d+ selected$")) is None, 5)

    def tag(self):
        """T, and the tag by its name; it is taken off when all of them have it."""
        self.keys("t")
        self.app.find("dialog", None, 8)
        turn(0.5)
        self.keys("w")


def fill(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for i in range(max(0, N - len(desk.threads()))):
        ask(desk.server + "/_practice/inbound", {"from": f"447700920{i:03}", "name": f"Bride {i:03}", "type": "text", "text": f"Our wedding cake, number {i}?"})
    wait(f"{N} conversations", lambda: len(desk.threads()) >= N, 90, 0.5)
    desk.settle()
    desk.app.quit()
    problems = desk.app.warnings()
    assert not problems, problems
    desk.cli("segment", "save", "Brides", "--rule", json.dumps(RULE))
    desk.app = App(desk.display, "--page", "inbox")
    desk.keys("ctrl+1")
    wait("a cursor", desk.cursor)
    assert desk.select_all() == N
    desk.keys("t")
    desk.app.find("dialog", None, 8)
    turn(0.5)
    desk.keys("W", "e", "d", "d", "i", "n", "g", "Return")
    wait(f"{N} tagged", lambda: desk.tagged() == N, 30, 0.5)
    desk.leave()
    desk.settle()
    desk.did(f"{N} conversations wait, all with a tag; a group of people is there")


def delete_group(desk):
    desk.keys("alt+2")
    chip = desk.app.find("toggle button", re.compile("^Brides [0-9,]+$"), 15)
    turn(1)
    desk.display.click(chip, button=3)
    desk.app.find("menu", None, 6)
    turn(0.5)
    desk.keys("Up", "Return")  # the last of its menu
    desk.app.sees("“Brides” removed", 8)
    wait("no group", lambda: not desk.cli("segment", "list"), 8)
    desk.did("The group is deleted")
    desk.keys("alt+1")


def story(desk):
    fill(desk)
    before = desk.state()
    assert "Brides" in before[1] and before[1]["Brides"][2] >= N - 30, before[1]
    delete_group(desk)
    desk.keys("ctrl+1")
    wait("a cursor", desk.cursor)
    assert desk.select_all() == N
    begun = time.monotonic()
    desk.tag()
    wait("no tag", lambda: desk.tagged() == 0, 30, 0.2)
    desk.did(f"The tag is off {N} conversations after {time.monotonic() - begun:.1f} s")
    begun = time.monotonic()
    desk.keys("e")
    wait(f"{N} done", lambda: desk.closed() == N, 30, 0.2)
    desk.app.sees("All Answered", 8)
    desk.did(f"{N} are done after {time.monotonic() - begun:.1f} s")
    begun = time.monotonic()
    desk.keys("ctrl+z")
    wait("all open again", lambda: desk.closed() == 0, 30, 0.2)
    desk.keys("ctrl+z")
    wait("all tagged again", lambda: desk.tagged() == N, 30, 0.2)
    desk.keys("ctrl+z")
    wait("the group again", lambda: "Brides" in desk.state()[1], 30, 0.2)
    desk.settle()
    now = desk.state()
    assert now[1] == before[1], (now[1], before[1])
    different = [(name, before[0][name], now[0].get(name)) for name in before[0] if before[0][name] != now[0].get(name)]
    assert not different and len(now[0]) == len(before[0]), different[:3]
    desk.did(f"Three times Ctrl+Z, and all is as before, after {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
