#!/usr/bin/env python3
"""A message waits for a chosen time, and the customer's 24 hours are over before it goes out: it stays here, and nobody is left to wonder.

the clock runs over both at once - it is not sent - a notification and the message itself say why - its words go back to where
one writes, and into a template - the same while the network is gone
"""

import re
import sys
import time

from driver import ask, perform, turn, wait
from odd import Desk

NUMBER = "447700910321"
NAME = "Lia Later"
OTHER = "447700910322"
WHY = "More than 24 hours have passed since the customer wrote."


class Later(Desk):
    def phone(self, number):
        """What stands on the customer's telephone from the shop."""
        rows = ask(f"{self.server}/_practice/messages?persona={number}")["messages"]
        return [row for row in rows if row["direction"] == "out"]

    def wrote(self, number, name, text, minutes):
        """A message of some minutes ago, so that no narrow minute decides."""
        self.customer(number, name, type="text", text=text, at=int((time.time() - minutes * 60) * 1000))

    def plan(self, words):
        """Written, and put off by an hour."""
        self.field().type(words)
        turn(0.5)
        self.enter()
        self.keys("ctrl+shift+Return")
        self.app.press("button", re.compile("^(Today|Tomorrow) "), seconds=8)
        self.app.find("label", re.compile("^Goes out .*" + re.escape(words)), 10)

    def open_closed(self, name):
        """A conversation in which only a template may be sent."""
        def opened():
            if self.app.look("button", "Send Template") and self.app.look("*", re.compile("^" + re.escape(name.split()[0]) + " last wrote")):
                return True
            row = self.app.look("list item", re.compile("^" + re.escape(name)))
            if row is not None:
                self.display.click(row)
                turn(0.6)
            return False
        wait(f"the conversation with {name}", opened, 30)

    def said_no(self, name):
        """The notification that it was not sent."""
        return next((notice for notice in self.notices.shown if notice["title"] == f"Not sent to {name}"), None)

    def message(self, words):
        found = [row for row in self.cli("messages") if row["direction"] == "out" and row.get("text") == words]
        return found[-1] if found else None


def runs_out(desk):
    desk.wrote(NUMBER, NAME, "Is Saturday possible?", 20)
    desk.open_row(NAME)
    desk.plan("Saturday at ten")
    desk.did("A message is put off by an hour, well within the 24 hours")
    desk.open_row("Polite Pia")
    desk.app.press("button", "+23 h 59")
    wait("it refused", lambda: (desk.message("Saturday at ten") or {}).get("status") == "failed", 15)
    notice = wait("a notification", lambda: desk.said_no(NAME), 10)
    assert WHY in notice["body"] and "kept" in notice["body"], notice
    assert not desk.phone(NUMBER), desk.phone(NUMBER)
    desk.did("The 24 hours end first: nothing goes out, and a notification says to whom and why")


def reused(desk):
    desk.open_closed(NAME)
    row = desk.said("Saturday at ten")
    wait("the sentence at the message", lambda: any(WHY in node.name for node in row.walk()), 8)
    desk.app.find("button", "Send Template", 8)
    assert desk.app.look("button", "Send") is None, "free text can be sent"
    desk.shot("refused")
    desk.app.press("button", "Use These Words", within=row)
    desk.app.find("label", "Saturday at ten", 8)
    desk.app.find("button", "Put into Template", 8)
    desk.did("The message says why it stayed, and its words are beside the template")
    desk.app.press("button", "Use These Words", within=desk.said("Saturday at ten"))
    desk.app.press("button", "Put into Template")
    wait("the words in a gap", lambda: any(node.text() == "Saturday at ten" for node in desk.app.root.walk() if node.role in ("text", "entry")), 8)
    desk.app.press("button", "Send Again", within=desk.said("Saturday at ten"))
    turn(1)
    wait("it refused again", lambda: desk.message("Saturday at ten")["status"] == "failed", 10)
    assert not desk.phone(NUMBER), "Send Again sent it as free text"
    desk.did("They go into a gap of the template, and Send Again sends no free text either")
    desk.customer(NUMBER, NAME, type="text", text="Hello?")
    wait("the words in the field", lambda: desk.field().text() == "Saturday at ten", 15)
    desk.app.press("button", "Send")
    wait("it on the telephone", lambda: [row for row in desk.phone(NUMBER) if row.get("text") == "Saturday at ten"], 15)
    desk.did("The customer writes again: the words stand in the field and go out")


def offline(desk):
    """The other way to come too late."""
    desk.customer(OTHER, "Otto Offline", type="text", text="Any news?")
    desk.open_row("Otto Offline")
    desk.app.press("toggle button", "No Internet")
    desk.app.sees(re.compile("^Offline since"), 15)
    desk.field().type("Good news")
    turn(0.5)
    desk.app.press("button", "Send")
    wait("it waiting", lambda: (desk.message("Good news") or {}).get("status") == "queued", 8)
    desk.open_row("Lia Later")
    desk.app.press("button", "+23 h 59")
    turn(0.5)
    desk.app.press("button", "+1 h")
    turn(1)
    assert desk.message("Good news")["status"] == "queued", desk.message("Good news")
    desk.app.press("toggle button", "No Internet")
    wait("it refused", lambda: desk.message("Good news")["status"] == "failed", 30)
    wait("a notification", lambda: desk.said_no("Otto Offline"), 10)
    assert not desk.phone(OTHER)
    desk.did("What waited for the network until the 24 hours were over is not sent, and told")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (runs_out, reused, offline):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Later))
