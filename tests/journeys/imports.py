#!/usr/bin/env python3
"""A list comes in: its columns are put right, a number is repaired at the foot, people come in, one is edited, all is taken back."""

import csv
import json
import os
import re
import subprocess
import sys

from driver import App, Stage, perform, turn, wait

LIST = """Nom complet,Tél,Mail,Stand
Zineb Alaoui,07700 910812,z.alaoui@example.org,B14
Bouchra T.,4.4770091E+11,,B15
Salma Benani,+44 7700 910234,,A1
Hicham Oufkir,'07700 910402,,A2
نورة بنجلون,٠٧٧٠٠٩١٠٩١٣,,A3
Amal S.,14/06/2026,,A4
Julie Marchand,06 55 01 73 20,julie@example.fr,A5
Zineb Alaoui,7700 910812,,B14
M. Lahlou,07700 9004,,A6
Anas Berrada,07700910644,,A7
"""


class Desk(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()
        self.list = os.path.join(display.home, "wedding-fair.csv")
        with open(self.list, "w", encoding="utf-8") as stream:
            stream.write("\ufeff" + LIST)

    def cli(self, *words):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", *words], capture_output=True, text=True)
        assert found.returncode == 0, (words, found.stderr)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def row(self, name, fate, seconds=8):
        """A row of the table by who it is and what becomes of them."""
        return self.app.find("*", f"{name}, {fate}", seconds)

    def fate(self, label):
        """The toggle of a fate, by its whole label."""
        return self.app.find("*", re.compile("^" + re.escape(label) + "$"), 8)

    def choose_file(self, path):
        """The file dialog takes a path when one is typed; without a window manager it has to be given the keyboard."""
        turn(0.8)
        dialog = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Import Contacts$"], capture_output=True, text=True).stdout.split()[-1]
        subprocess.run(["xdotool", "windowfocus", "--sync", dialog], check=True)
        turn(0.5)
        self.display.key("slash")
        turn(0.5)
        self.app.find("text", within=self.app.find("dialog", "Import Contacts")).type(path)
        turn(0.8)
        self.display.key("Return")
        turn(1.0)
        if self.app.look("dialog", "Import Contacts"):
            self.app.press("button", "Open")
        main = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True).stdout.split()
        if main:
            subprocess.run(["xdotool", "windowfocus", main[0]], capture_output=True)


def open_imports(desk):
    row = desk.app.find("list item", "Contacts", 20) if desk.app.look("list item", "Contacts") else desk.app.find("label", "Contacts", 20)
    desk.display.click(row)
    tab = desk.app.find("*", re.compile("^Imports$"), 10)
    desk.display.click(tab)
    desk.app.sees("No Imports Yet", 10)
    desk.did("The place of imports says what can come in")


def choose(desk):
    desk.app.press("toggle button", re.compile("^Import…"))
    turn(0.5)
    desk.app.press("menu item", index=0)  # “File…”
    desk.choose_file(desk.list)
    desk.row("Zineb Alaoui", "New", 15)
    desk.app.find("button", "Import 6 People", 10)
    desk.fate("All 10")
    desk.fate("New 6")
    desk.fate("Put Together 1")
    desk.fate("Cannot Use 3")
    desk.did("Ten rows: six new, one put together, three that cannot be used")


def change_mapping(desk):
    combo = desk.app.find("*", "Stand", 8)
    desk.display.click(combo)
    turn(0.8)
    desk.display.key("Down")
    desk.display.key("Return")
    desk.app.find("label", "Keep Under Its Title", 8, within=desk.app.find("combo box", "Stand"))
    turn(0.5)
    desk.app.find("button", "Import 6 People", 10)
    desk.did("The column “Stand” is kept under its title")


def repair(desk):
    desk.display.click(desk.row("Zineb Alaoui", "New"))
    desk.display.key("f")
    desk.app.sees(re.compile("Row 3: .*shortened"), 8)
    desk.display.key("Return")
    turn(0.3)
    desk.display.key("ctrl+a")
    desk.display.write("07700 910555")
    desk.display.key("Return")
    desk.row("Bouchra T.", "New")
    desk.app.find("button", "Import 7 People", 10)
    desk.fate("Cannot Use 2")
    desk.did("The shortened number is repaired at the foot")
    desk.display.key("z")
    desk.app.find("button", "Import 6 People", 10)
    desk.did("Z takes the repair back")
    turn(0.5)
    desk.display.key("Return")
    turn(0.3)
    desk.display.key("ctrl+a")
    desk.display.write("07700 910555")
    desk.display.key("Return")
    desk.app.find("button", "Import 7 People", 10)
    turn(0.5)
    desk.display.key("f")
    desk.app.sees(re.compile("Row 7: .*date"), 8)
    desk.display.key("x")
    desk.app.sees(re.compile("Row 7: You left this row out"), 8)
    desk.did("A row is left out with X")


def bring_in(desk):
    desk.display.key("ctrl+Return")
    desk.app.sees("7 People Came In", 15)
    desk.did("Seven people came in")
    numbers = {desk.cli("contact", "show", number)[0]["name"] for number in ("+447700910812", "+447700910555", "+33655017320")}
    assert numbers == {"Zineb Alaoui", "Bouchra T.", "Julie Marchand"}, numbers
    assert desk.cli("contact", "show", "+447700910812")[0]["fields"]["Stand"] == "B14"
    desk.app.press("button", "Show in Imports")
    desk.app.find("list item", re.compile("^wedding-fair.csv, .*7 came in, 2 could not"), 10)
    desk.app.sees("7 go back to how they were", 10)
    desk.did("The history has the list and says what taking it back would do")


def save_rejected(desk):
    path = os.path.join(desk.display.home, "again.csv")
    number = desk.cli("import", "list")[0]["id"]
    desk.cli("import", "rejected", number, "--output", path)
    with open(path, encoding="utf-8-sig") as stream:
        rows = list(csv.reader(stream))
    assert [row[1] for row in rows[1:]] == ["Amal S.", "M. Lahlou"] or [row[0] for row in rows[1:]] == ["Amal S.", "M. Lahlou"], rows
    desk.did("The rows nobody could use are a file that can be put right")


def by_command(desk):
    """While the window has the shop open the command line hands its list over."""
    path = os.path.join(desk.display.home, "more.csv")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("Name,Phone\nTom Baker,07700910999\n")
    rows = desk.cli("import", path, "--country", "GB")
    assert rows[-1]["summary"]["new"] == 1 and rows[-1]["summary"]["import"], rows
    desk.app.find("list item", re.compile("^more.csv, .*1 came in"), 10)
    undone = desk.cli("import", "undo", rows[-1]["summary"]["import"])
    assert undone[-1]["summary"] == {"undone": 1, "kept": 0}, undone
    desk.app.find("list item", re.compile("^more.csv, .*Taken back"), 10)
    desk.did("A list that comes by the command line shows up, and goes back, while the window is open")


def edit_one(desk):
    """Somebody writes to the shop: who was talked with stays."""
    from driver import ask
    ask(desk.server + "/_practice/inbound", {"from": "447700910644", "name": "Anas", "type": "text", "text": "Hello, it is me"})
    wait("the message", lambda: any(row["name"] == "Anas Berrada" for row in desk.cli("threads")), 15)
    desk.display.click(desk.app.find("list item", re.compile("^more.csv"), 10))
    turn(0.5)
    desk.display.click(desk.app.find("list item", re.compile("^wedding-fair.csv"), 10))
    desk.app.sees("6 go back to how they were", 10)
    desk.app.sees("1 Stays as It Is", 10)
    desk.app.sees("Anas Berrada", 5)
    desk.app.sees(re.compile("^They wrote to you · "), 5)
    desk.did("Who wrote meanwhile is named before anything is touched")


def take_back(desk):
    desk.app.press("button", "Undo Import")
    desk.app.sees("6 went back, 1 stayed", 15)
    desk.app.find("list item", re.compile("^wedding-fair.csv, .*Taken back"), 10)
    desk.app.sees("This import was taken back", 10)
    desk.app.sees("1 Stayed", 10)
    desk.app.sees("Anas Berrada", 5)
    gone = subprocess.run(["shopbell-cli", "--shop", desk.folder, "contact", "show", "+447700910812"], capture_output=True)
    assert gone.returncode == 3, gone
    desk.did("Six went back, one stayed, and both are told")


def remembered(desk):
    desk.display.key("ctrl+shift+i")
    desk.choose_file(desk.list)
    desk.app.sees("As the last time, for files that look like this", 15)
    desk.did("The same shape of file is read as the last time")


def story(desk):
    open_imports(desk)
    choose(desk)
    change_mapping(desk)
    repair(desk)
    bring_in(desk)
    save_rejected(desk)
    by_command(desk)
    edit_one(desk)
    take_back(desk)
    remembered(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
