#!/usr/bin/env python3
"""The inbox as a place to work in: what the other journeys pass by.

the cursor stays with its conversation when the list is put in another order
"""

import sys

from driver import perform, turn, wait
from triage import Desk, fill


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


def story(desk):
    fill(desk)
    cursor_stays(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
