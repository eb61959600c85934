#!/usr/bin/env python3
"""A conversation is snoozed in two ways: until a time or until the customer writes, and until the time whatever the customer writes.

it comes back when the customer writes - it stays away though the customer writes, and comes back at its time - Undo knows which
"""

import re
import subprocess
import sys

from driver import perform, turn, wait
from odd import Desk

SOFT = ("447700910701", "Sofia Soft")
FIRM = ("447700910702", "Fred Firm")


class Snooze(Desk):
    def of(self, person):
        return self.threads()[person[1]]

    def here(self, person):
        return any(row.startswith(person[1] + ",") for row in self.rows())

    def snooze(self, person, firm):
        """For an hour, by the header of the conversation."""
        self.customer(*person, type="text", text="Hello")
        self.open_row(person[1])
        subprocess.run(["xdotool", "mousemove", "700", "300"], check=True)  # under the pointer no row moves
        self.app.press("button", "Snooze")
        dialog = self.app.find("dialog", "Snooze", 8)
        turn(0.5)
        if firm:
            self.display.click(self.app.find("*", "Even If the Customer Writes", 5, within=dialog))
            subprocess.run(["xdotool", "mousemove", "700", "300"], check=True)
            turn(0.3)
            self.shot("dialog")
        self.keys("h")
        self.app.sees(re.compile("^Snoozed until .*, even if the customer writes$" if firm else r"^Snoozed until [\d:]+$"), 8)
        wait("it gone", lambda: not self.here(person) and self.of(person)["status"] == "snoozed", 8)


def soft(desk):
    desk.snooze(SOFT, False)
    desk.customer(*SOFT, type="text", text="Are you there?")
    wait("it back", lambda: desk.of(SOFT)["status"] == "open" and desk.here(SOFT), 10)
    assert desk.of(SOFT)["snooze_until"] == 0, desk.of(SOFT)
    desk.did("Snoozed for an hour: it is back as soon as the customer writes")


def firm(desk):
    desk.snooze(FIRM, True)
    before = desk.of(FIRM)["snooze_until"]
    desk.customer(*FIRM, type="text", text="Are you there?")
    wait("it unread", lambda: desk.of(FIRM)["unread"] >= 1, 10)
    turn(1)
    assert desk.of(FIRM)["status"] == "snoozed" and desk.of(FIRM)["snooze_until"] == before, desk.of(FIRM)
    assert not desk.here(FIRM), desk.rows()[:3]
    desk.did("Snoozed even if the customer writes: what comes in counts as unread, and it stays away")
    desk.keys("ctrl+1", "alt+1", "ctrl+z")
    wait("it open again", lambda: desk.of(FIRM)["status"] == "open", 8)
    desk.keys("ctrl+shift+z")
    wait("it away again", lambda: desk.of(FIRM)["status"] == "snoozed", 8)
    desk.customer(*FIRM, type="text", text="Hello?")
    wait("two unread", lambda: desk.of(FIRM)["unread"] >= 2, 10)
    turn(1)
    assert desk.of(FIRM)["status"] == "snoozed", "Undo and Redo forgot that it is to stay away"
    desk.did("Undo and Redo keep which of the two it was")
    desk.app.press("button", "+1 h")
    wait("it back", lambda: desk.of(FIRM)["status"] == "open", 15)
    desk.did("At its time it comes back")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (soft, firm):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Snooze))
