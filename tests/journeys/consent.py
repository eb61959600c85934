#!/usr/bin/env python3
"""What people agreed to, in the real window: the ledger, a question that is answered by one key, a record by hand, undo, the
stop words, a wording, and a person who is erased for good. Each step is looked up in the shop's file."""

import json
import os
import re
import subprocess
import sys

from driver import Atspi, Stage, ask, perform, turn, wait
from driver import App

STELLA = "Stop Stella"


class Desk(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()

    def cli(self, *words):
        said = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", *words], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in said.stdout.splitlines()]

    def counts(self):
        return self.cli("consent", "list")[-1]

    def ledger(self, name):
        return [row for row in self.cli("consent", "list")[:-1] if row.get("name") == name]

    def write(self, number, name, text):
        ask(self.server + "/_practice/inbound", {"from": number, "name": name, "type": "text", "text": text})

    def open_page(self):
        self.display.click(self.app.find("label", "Contacts", 10))
        self.display.click(self.app.find("page tab", "Consent", 10))
        self.app.sees("Ledger", 10)

    def choose(self, name):
        self.display.click(self.app.find("label", name, 10))
        turn(0.4)

    def menu(self, letter):
        self.app.find("toggle button", "More", 5).press()
        turn(0.5)
        self.display.key(letter)
        turn(0.5)


def recorded_by_itself(desk):
    wait("the practice week", lambda: desk.counts()["orders"] >= 15, 40)
    desk.open_page()
    out = wait("Stella out", lambda: [row for row in desk.ledger(STELLA) if row["answer"] == "no"], 20)
    assert out[0]["method"] == "word", out
    desk.did("Whoever wrote first may hear of orders; a STOP of the practice week is in the ledger")


def stop_and_start(desk):
    before = desk.counts()
    desk.write("447700910001", "Nour", "Arrêt, s’il vous plaît")
    wait("Nour out", lambda: desk.counts()["opted-out"] == before["opted-out"] + 1, 15)
    wait("one confirmation", lambda: [row for row in desk.cli("messages", "--number", "447700910001") if row["direction"] == "out"], 15)
    sent = [row["text"] for row in desk.cli("messages", "--number", "447700910001") if row["direction"] == "out"]
    assert len(sent) == 1 and sent[0].startswith("Vous ne recevrez plus"), sent
    desk.choose("Nour")
    desk.app.sees("Wrote “Arrêt, s’il vous plaît”")
    desk.did("A stop word in French, with a please, opts out and is confirmed once in French")


def question(desk):
    before = desk.counts()
    desk.write("447700910002", "Elm Court Hotel", "We have to stop by tomorrow, is that ok?")
    desk.app.sees("Was this a STOP?", 10)
    desk.app.sees(re.compile("Elm Court Hotel, .*We have to stop by tomorrow"), 10)
    assert desk.counts()["opted-out"] == before["opted-out"]
    desk.did("A sentence with a stop word in it is a question to a person")
    desk.choose("Nour")
    desk.display.key("y")
    wait("opted out", lambda: desk.counts()["opted-out"] == before["opted-out"] + 1, 8)
    desk.app.find("button", "Undo", 5).press()
    wait("undone", lambda: desk.counts()["opted-out"] == before["opted-out"], 8)
    desk.app.sees("Was this a STOP?", 8)
    desk.choose("Nour")
    desk.display.key("n")
    turn(0.8)
    assert desk.counts()["opted-out"] == before["opted-out"]
    answers = [row["answer"] for row in desk.ledger("Elm Court Hotel")]
    assert sorted(answers) == ["no", "withdrawn", "yes"], answers
    desk.did("Y opts out, Undo takes that back in the ledger, N says that it was not")


def by_hand(desk):
    before = desk.counts()
    desk.choose("Elm Court Hotel")
    desk.app.find("button", "Record Consent", 5).press()
    desk.app.sees("What They Said", 15)
    desk.app.find("button", "Record", 15).press()
    wait("offers", lambda: desk.counts()["offers"] == before["offers"] + 1, 8)
    desk.app.sees("Yes to offers", 15)
    desk.did("A yes in the shop is recorded by hand")


def filters(desk):
    desk.app.find("toggle button", re.compile("may get offers"), 5).press()
    desk.app.sees("Elm Court Hotel", 5)
    wait("only one", lambda: desk.app.look("label", STELLA) is None, 5)
    desk.app.find("toggle button", re.compile("may get offers"), 5).press()
    desk.app.find("label", STELLA, 8)
    desk.did("A number opens its people, and lets them go again")


def proof(desk):
    desk.choose(STELLA)
    paper = desk.app.find("image", "Consent record", 5)
    words = paper.at.get_description()
    assert "Opted out of offers" in words and "Today: no offers" in words, words
    desk.did("The page to print says what was agreed and what follows")


def dialogs(desk):
    desk.menu("w")
    desk.app.sees("Stop Offers", 15)
    desk.shot("stop-words")
    desk.display.key("Escape")
    turn(0.5)
    desk.menu("o")
    desk.app.sees("What People Say Yes To", 15)
    desk.shot("wordings")
    desk.display.key("Escape")
    turn(0.5)
    desk.did("The stop words and the wordings are a menu away")


def erased(desk):
    desk.write("447700910003", "Rachid Zwq", "Please forget me")
    wait("Rachid", lambda: desk.ledger("Rachid Zwq"), 15)
    desk.choose("Rachid Zwq")
    desk.menu("e")
    desk.app.sees("Erase Rachid Zwq for Good?", 5)
    desk.app.find("button", "Erase for Good", 5).press()
    desk.app.sees(re.compile("^Erased\\. The certificate"), 10)
    wait("the certificate", lambda: os.listdir(os.path.join(desk.folder, "erasures")), 5)
    for folder, _, files in os.walk(desk.folder):
        for name in files:
            path = os.path.join(folder, name)
            # The practice network is the other side: what it knows of its customers is theirs.
            if os.path.isfile(path) and not name.startswith("practice."):
                with open(path, "rb") as stream:
                    assert b"Zwq" not in stream.read(), name
    desk.did("Erased for good: not a byte of the name is left in the shop's folder")


def story(desk):
    recorded_by_itself(desk)
    stop_and_start(desk)
    question(desk)
    by_hand(desk)
    filters(desk)
    proof(desk)
    dialogs(desk)
    erased(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
