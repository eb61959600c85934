#!/usr/bin/env python3
"""A group of people by a rule that counts as it is made, why somebody is in it, a list kept by hand, and all of it taken back."""

import json
import os
import re
import subprocess

from driver import App, Stage, perform, turn, wait

PEOPLE = [("Salma Benani", "1990-11-25"), ("Salma Tazi", "1981-02-03"), ("Omar Tazi", "1985-01-05"), ("Ines Moreau", "1979-07-14")]


class Groups(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.folder = os.path.join(display.home, "shop")
        self.cli("init", "--name", "Marigold Cakes")
        listed = os.path.join(display.home, "people.csv")
        with open(listed, "w", encoding="utf-8") as stream:
            stream.write("Name,Phone,Birthday\n")
            for number, (name, birthday) in enumerate(PEOPLE):
                stream.write(f"{name},+4477009000{number + 10},{birthday}\n")
        self.cli("import", listed, "--country", "GB")
        # A rule about a tag that nobody has any more.
        gone = {"all": [{"subject": "tag", "op": "any-of", "value": [{"id": "77", "name": "Stall"}]}]}
        self.cli("segment", "save", "Market Stall", "--rule", json.dumps(gone))
        self.app = App(display, self.folder, program="segment-stage")

    def cli(self, *arguments):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", *arguments], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def groups(self):
        return {row["name"]: row for row in self.cli("segment", "list")}

    def choose(self, combo, words):
        """Takes from a list that opens, by typing."""
        self.app.press("toggle button", combo)
        turn(0.6)
        self.display.write(words)
        turn(0.6)
        self.display.key("Down")
        self.display.key("Return")
        turn(0.4)

    def menu(self, index):
        """Items of a menu have no names of their own in the tree."""
        wait("the menu", lambda: self.app.look("menu item", index=index)).press()
        turn(0.4)

    def click(self, chip):
        """The tree leaves the padding above and before it out of the place: only the far part is surely hit."""
        x, y, w, h = self.at_rest(chip)
        subprocess.run(["xdotool", "mousemove", str(x + w * 3 // 4), str(y + h - 3), "click", "1"], check=True)
        turn(0.3)

    def at_rest(self, chip):
        """Where it is when it has not moved for half a second: others grow with their counts."""
        before = None
        while chip.box != before:
            before = chip.box
            turn(0.5)
        return before

    def chip(self, pattern):
        return self.app.find("toggle button", re.compile(pattern))

    def open(self, pattern, people):
        """The chips are made anew when a group was saved: one that was found just before is pressed once more."""
        def shown():
            self.chip(pattern).press()
            turn(0.3)
            return [node.name for node in self.app.root.walk() if node.role == "list item"] == people
        wait("who is in it", shown)


def make(desk):
    desk.chip("^Everyone 4$")
    desk.chip("^Market Stall: The tag “Stall” is gone$")
    desk.did("everybody is counted, and a rule about a tag that is gone says so")

    desk.app.press("toggle button", "New Group")
    desk.menu(0)
    dialog = desk.app.find("dialog", "New Group of People")
    assert not desk.app.find("button", "Save", within=dialog).sensitive
    desk.app.sees("Choose at least one of the list")
    desk.did("a new rule says what is missing, in its place, and cannot be saved")

    desk.choose("Tag", "Name")
    entry = desk.app.find("text", "Value")
    entry.type("salma")
    desk.app.sees("Name contains “salma”")
    desk.app.sees("2 people")
    desk.app.sees(re.compile("Salma Tazi.*Salma Benani"))
    desk.did("while it is made the rule reads as a sentence, counts, and names people")

    desk.app.press("button", "Add Condition")
    desk.choose("Tag", "birthday")
    desk.app.find("text", "Value", index=1).type("ten")
    desk.app.sees("Type a number")
    desk.app.find("text", "Value", index=1).type("20000")
    desk.app.sees("Name contains “salma” and birthday was within the last 20000 days")
    desk.did("a second condition about a birthday; a word for a number is refused in its place")
    desk.app.press("button", "Remove This Condition", index=1)
    desk.app.sees("2 people")

    desk.app.find("text", "Name of the Group").type("Salmas")
    desk.app.press("button", "Save")
    desk.open("^Salmas 2$", ["Salma Benani", "Salma Tazi"])
    assert desk.cli("segment", "count", "Salmas")[0]["count"] == 2
    desk.did("saved: the chip has the count, the list has those people, the shop's file agrees")


def why(desk):
    desk.open("^Everyone", [name for name, _ in PEOPLE])
    desk.display.click(wait("Omar", lambda: desk.app.look("list item", "Omar Tazi")))
    desk.app.sees("Omar Tazi is not in")
    desk.app.sees("Nobody is in this group until the rule is changed.")
    desk.display.key("space")
    turn(0.6)
    desk.display.key("Down")
    desk.display.key("Return")
    desk.app.sees("Omar Tazi is not in “Salmas”.")
    desk.app.sees(re.compile("Name contains “salma”"))
    desk.app.sees(re.compile("Found: Omar Tazi"))
    desk.did("why somebody is not in: the part of the rule, and what it found")
    desk.display.key("Escape")
    turn(0.6)


def by_hand(desk):
    desk.app.press("button", "Add to List…")
    desk.app.find("text", "Name of a New List").type("Wedding Leads")
    desk.app.find("text", "Name of a New List").press()
    desk.display.key("Return")
    desk.chip("^Wedding Leads 1$")
    desk.did("somebody is put in a new list, which is there at once")

    wait("the question gone", lambda: desk.app.look("text", "Name of a New List") is None)
    turn(0.8)
    desk.click(desk.chip("^Wedding Leads"))
    wait("one person", lambda: [n.name for n in desk.app.root.walk() if n.role == "list item"] == ["Omar Tazi"])
    desk.display.key("Delete")
    desk.app.sees("“Wedding Leads” removed")
    wait("the list to go", lambda: "Wedding Leads" not in desk.groups())
    desk.app.press("button", "Undo")
    desk.chip("^Wedding Leads 1$")
    desk.did("the list is removed with a key, and comes back with who was in it")


def mend(desk):
    turn(0.8)
    desk.click(desk.chip("^Market Stall"))
    desk.app.sees("The tag “Stall” is gone")
    desk.display.key("Menu")
    desk.menu(0)
    desk.app.sees("The tag “Stall” is gone")
    desk.app.sees("Nobody can be counted")
    desk.choose("Tag", "Name")
    desk.app.find("text", "Value").type("tazi")
    desk.app.sees("2 people")
    desk.app.press("button", "Save")
    desk.chip("^Market Stall 2$")
    desk.did("a rule about something that is gone is flagged where it asks for it, and mended there")


def story(desk):
    make(desk)
    why(desk)
    by_hand(desk)
    mend(desk)


raise SystemExit(perform(story, Groups))
