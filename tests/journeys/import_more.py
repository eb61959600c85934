#!/usr/bin/env python3
"""A list is answered bit by bit: a tag, every cell of a row, the program closed in the middle, people who were erased, and who stays."""

import csv
import os
import re
import subprocess
import sys

from driver import App, perform, turn, wait
from imports import Desk

PEOPLE = """Nom complet,Tél,Mail,Stand
Zineb Alaoui,07700 910812,z.alaoui@example.org,B14
Hicham Oufkir,07700 910402,,A2
Amal S.,14/06/2026,,A4
Nadia Gone,07700 910777,,A9
"""


class More(Desk):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        with open(self.list, "w", encoding="utf-8") as stream:
            stream.write(PEOPLE)

    def restart(self):
        self.app.quit()
        self.app = App(self.display)

    def fill_in(self, title, words):
        """A field by its title: what is in it is replaced."""
        field = self.app.find("text", title, 8) if self.app.look("text", title) else self.app.find("*", title, 8)
        self.display.click(field)
        turn(0.3)
        self.display.key("ctrl+a")
        self.display.write(words)
        turn(0.4)


def erase_somebody(desk):
    """Nadia was here once and asked to be forgotten."""
    path = os.path.join(desk.display.home, "once.csv")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("Name,Phone\nNadia Gone,07700910777\n")
    contact = desk.cli("import", path, "--country", "GB")[0]["contact"] or desk.cli("contact", "show", "+447700910777")[0]["id"]
    desk.app.quit()
    desk.cli("contact", "erase", contact, "--for-good")
    desk.cli("contact", "add-stage", "--take", "Lead")
    desk.cli("contact", "tag", desk.cli("contact", "list")[0]["id"], "--text", "A regular")
    desk.app = App(desk.display)
    desk.did("Somebody was erased for good")


def choose(desk):
    desk.app.press("toggle button", re.compile("^Import"))
    turn(0.5)
    desk.app.press("menu item", index=0)  # “File…”
    desk.choose_file(desk.list)
    desk.app.find("button", "Import 2 People", 15)
    desk.fate("Cannot Use 2")
    desk.app.sees("1 person was erased for good and is left out", 8)
    desk.did("Two come in; who was erased stays out")


def tag(desk):
    desk.app.press("toggle button", "Tags There Are")
    turn(0.5)
    desk.app.press("menu item", index=0)
    turn(0.5)
    desk.app.sees("A regular", 5)
    desk.did("The tags there are can be taken")
    desk.fill_in("Add Tag", "Wedding Fair")
    desk.display.click(desk.app.find("*", "Put Into Stage", 8))
    turn(0.8)
    desk.display.key("Down")
    desk.display.key("Return")
    desk.app.find("label", "Lead", 8)
    desk.app.find("button", "Import 2 People", 10)
    desk.did("Everybody on the list gets a tag and a stage")


def edit_cells(desk):
    desk.display.click(desk.row("Amal S.", "Cannot Use"))
    desk.app.sees(re.compile("Row 4: .*date"), 8)
    desk.display.key("e")
    desk.app.sees("Row 4", 8)
    desk.did("Every cell of the row can be put right")
    desk.fill_in("Nom complet", "Amal Sebti")
    desk.fill_in("Tél", "07700 910913")
    desk.fill_in("Stand", "A5")
    desk.app.press("button", "Use", index=desk_index(desk))
    desk.row("Amal Sebti", "New")
    desk.app.find("button", "Import 3 People", 10)
    desk.did("The row is a person with the name and the number that were typed")


def desk_index(desk):
    """“Use” of the dialog, where the bar at the foot has one, too."""
    n = 0
    while desk.app.look("button", "Use", index=n + 1) is not None:
        n += 1
    return n


def close_and_go_on(desk):
    turn(1.0)
    desk.restart()
    row = desk.app.find("list item", "Contacts", 20) if desk.app.look("list item", "Contacts") else desk.app.find("label", "Contacts", 20)
    desk.display.click(row)
    desk.display.click(desk.app.find("*", re.compile("^Imports$"), 10))
    desk.app.sees("You began to bring in “wedding-fair.csv”", 10)
    desk.did("After the program was closed the begun import is there")
    desk.app.press("button", "Go On")
    desk.row("Amal Sebti", "New", 15)
    desk.app.find("button", "Import 3 People", 10)
    found = desk.app.find("text", "Add Tag", 8) if desk.app.look("text", "Add Tag") else desk.app.find("*", "Add Tag", 8)
    desk.app.sees("Wedding Fair", 8)
    assert found is not None
    desk.did("The mapping, the tag and the row that was put right are as they were")


def bring_back(desk):
    desk.app.press("button", "Bring Back")
    desk.row("Nadia Gone", "New")
    desk.app.find("button", "Import 4 People", 10)
    desk.did("Who was erased comes back when somebody says so")


def bring_in(desk):
    desk.display.click(desk.row("Zineb Alaoui", "New"))
    desk.display.key("ctrl+Return")
    desk.app.sees("4 People Came In", 15)
    desk.app.find("button", "Save List of All 4…", 8)
    names = sorted(row["name"] for row in desk.cli("contact", "list", "--tag", "Wedding Fair"))
    assert names == ["Amal Sebti", "Hicham Oufkir", "Nadia Gone", "Zineb Alaoui"], names
    assert desk.cli("contact", "show", "+447700910913")[0]["name"] == "Amal Sebti"
    assert sorted(row["name"] for row in desk.cli("contact", "list", "--stage", "Lead")) == names
    desk.did("Four came in, all of them with the tag")
    desk.app.press("button", "Show in Imports")
    desk.app.find("button", "Save List of All 4…", 10)
    assert not desk.app.look("button", "Go On")
    number = desk.cli("import", "list")[0]["id"]
    path = os.path.join(desk.display.home, "all.csv")
    desk.cli("import", "all", number, "--output", path)
    with open(path, encoding="utf-8-sig") as stream:
        rows = list(csv.reader(stream))
    assert [row[2] for row in rows[1:]] == ["Zineb Alaoui", "Hicham Oufkir", "Amal Sebti", "Nadia Gone"], rows
    desk.did("The list of all has each of them")


def who_stays(desk):
    contact = desk.cli("contact", "show", "+447700910402")[0]["id"]
    desk.cli("contact", "set", contact, "--name", "name", "--text", "Hicham the Florist")
    desk.display.click(desk.app.find("list item", re.compile("^once.csv"), 10))
    turn(0.5)
    desk.display.click(desk.app.find("list item", re.compile("^wedding-fair.csv"), 10))
    desk.app.sees("1 Stays as It Is", 10)
    desk.app.sees("Hicham the Florist", 5)
    desk.did("Who was changed since is named")
    desk.app.press("button", "Undo Import")
    desk.app.sees("3 went back, 1 stayed", 15)
    assert [row["name"] for row in desk.cli("contact", "list", "--tag", "Wedding Fair")] == ["Hicham the Florist"]
    turn(1.0)
    desk.app.sees("1 Stayed", 10)
    desk.display.click(desk.app.find("label", re.compile("^Stayed: somebody changed it since"), 10))
    desk.app.sees("+44 7700 910402", 10)
    desk.did("The tag went back with the list, and who stayed is opened with a click")


def by_socket(desk):
    """The program that has the shop open is asked to bring somebody back."""
    path = os.path.join(desk.display.home, "once.csv")
    contact = [row for row in desk.cli("contact", "list") if row["name"] == "Nadia Gone"]
    assert contact == [], contact
    rows = desk.cli("import", path, "--country", "GB")
    assert rows[0]["fate"] == "rejected" and "erased" in rows[0]["reason"], rows
    rows = desk.cli("import", path, "--country", "GB", "--bring-back", "--tag", "Back")
    assert rows[0]["fate"] == "new" and rows[-1]["summary"]["import"], rows
    assert [row["name"] for row in desk.cli("contact", "list", "--tag", "Back")] == ["Nadia Gone"]
    desk.did("While the window is open the command line brings somebody back through it")


def all_there(desk):
    """People who are in the shop already: there is nothing to bring in but what is said of the list."""
    path = os.path.join(desk.display.home, "known.csv")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("Name,Phone\nHicham the Florist,07700910402\n")
    subprocess.run(["gapplication", "action", "io.github.shopbell.Shopbell.Devel", "import", f"'{path}'"], check=True)
    desk.row("Hicham the Florist", "Same", 15)
    assert not desk.app.find("button", "Import 0 People", 10).sensitive
    desk.display.click(desk.app.find("combo box", re.compile("^Offers")))
    turn(0.8)
    desk.display.key("Down")
    desk.display.key("Return")
    desk.app.press("button", "Write Down for 1 Person")
    desk.app.sees("Written Down for 1 Person", 15)
    said = [row for row in desk.cli("consent", "show", "+447700910402") if "said_by_shop" in row]
    assert said and desk.cli("contact", "show", "+447700910402")[0]["consent"] == "none", said
    desk.did("Of people who are there already it is written down how the shop got their permission, and nobody is opted in by it")
    save_all(desk)


def save_all(desk):
    desk.app.press("button", "Save List of All 1…")
    window = wait("the dialog", lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Save"], capture_output=True, text=True).stdout.split(), 10)
    subprocess.run(["xdotool", "windowfocus", "--sync", window[-1]], check=True)
    turn(0.5)
    path = os.path.join(desk.display.home, "everybody.csv")
    desk.display.key("ctrl+a")
    desk.display.write(path)
    desk.display.key("Return")
    wait("the file", lambda: os.path.exists(path), 10)
    with open(path, encoding="utf-8-sig") as stream:
        rows = list(csv.reader(stream))
    assert [row[:3] for row in rows[1:]] == [["Same", "2", "Hicham the Florist"]], rows
    desk.did("The list of all is saved by the dialog")


def story(desk):
    erase_somebody(desk)
    row = desk.app.find("list item", "Contacts", 20) if desk.app.look("list item", "Contacts") else desk.app.find("label", "Contacts", 20)
    desk.display.click(row)
    desk.display.click(desk.app.find("*", re.compile("^Imports$"), 10))
    turn(1.0)
    choose(desk)
    tag(desk)
    edit_cells(desk)
    close_and_go_on(desk)
    bring_back(desk)
    bring_in(desk)
    who_stays(desk)
    by_socket(desk)
    all_there(desk)


if __name__ == "__main__":
    sys.exit(perform(story, More))
