#!/usr/bin/env python3
"""One person seen from all sides: as one of a group, why they are in it, what the shop said of the list they came with, the
proof on paper, and a STOP that outlives the return of an older shop file."""

import json
import os
import re
import shutil
import subprocess
import sys

from driver import App, Stage, ask, perform, turn, wait

LIST = "Name,Phone\nZineb Alaoui,+447700910812\nSalma Benani,+447700910234\nSalma Tazi,+447700910235\n"
RULE = {"all": [{"subject": "name", "op": "contains", "value": "salma"}]}
WORDING = "May we send you our cake of the month?"


class People(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "contacts/people")
        self.folder, self.server = self.practice()

    def cli(self, *words):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", *words], capture_output=True, text=True)
        assert found.returncode == 0, (words, found.stderr)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def rows(self):
        return [node for node in self.app.find("tree table", "People").walk() if node.role == "table row" and "," in node.name]

    def row(self, name):
        return wait(f"the row of {name}", lambda: next((row for row in self.rows() if row.name.startswith(name + ",")), None), 15)

    def names(self):
        return sorted(row.name.split(",")[0] for row in self.rows())

    def chip(self, pattern):
        return self.app.find("toggle button", re.compile(pattern))

    def click(self, chip):
        """The tree leaves the padding above and before it out of the place: only the far part is surely hit."""
        before = None
        while chip.box != before:
            before = chip.box
            turn(0.5)
        x, y, w, h = chip.box
        subprocess.run(["xdotool", "mousemove", str(x + w * 3 // 4), str(y + h - 3), "click", "1"], check=True)
        turn(0.3)

    def find_zineb(self):
        """She never wrote, so she is far down the list."""
        self.app.press("toggle button", "Search")
        turn(0.5)
        self.display.write("zineb")
        wait("only her", lambda: self.names() == ["Zineb Alaoui"], 10)
        self.display.click(self.row("Zineb Alaoui"))
        self.app.sees("+44 7700 910812")

    def menu(self, index):
        """Of the card, by the place of the item."""
        self.app.press("toggle button", "More", index=1)
        turn(0.6)
        wait("the menu", lambda: self.app.look("menu item", index=index)).press()
        turn(0.6)

    def dialog_window(self, title):
        """Another window than the shop's; without a window manager it has to be given the keyboard."""
        found = wait(f"the window “{title}”", lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True).stdout.split(), 10)
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=True)
        turn(0.6)
        return found[-1]


def groups(people):
    wait("the practice week", lambda: len(people.cli("contact", "list")) >= 20, 40)
    listed = os.path.join(people.display.home, "list.csv")
    with open(listed, "w", encoding="utf-8") as stream:
        stream.write(LIST)
    # A group is made by hand or, as here, while the shop is closed.
    people.app.quit()
    people.cli("import", listed, "--country", "GB", "--permission", "paper", "--wording", WORDING)
    people.cli("segment", "save", "Salmas", "--rule", json.dumps(RULE))
    people.app = App(people.display, "--page", "contacts/people")
    people.chip("^Everyone 28$")
    people.click(people.chip("^Salmas 2$"))
    wait("only those of the group", lambda: people.names() == ["Salma Benani", "Salma Tazi"], 10)
    people.did("the list of people shows the people of a group, and nobody else")


def why(people):
    people.display.click(people.row("Salma Tazi"))
    people.app.sees("+44 7700 910235")
    people.menu(1)
    people.app.find("dialog", "Why in This Group?")
    people.app.sees("Salma Tazi is in “Salmas”.")
    people.app.sees(re.compile("Found: Salma Tazi"))
    people.did("from the card: why she is in the group, and what the rule found")
    people.display.key("Escape")
    wait("the answer gone", lambda: people.app.look("dialog", "Why in This Group?") is None)
    people.click(people.chip("^Everyone"))
    people.find_zineb()
    people.menu(1)
    people.app.sees("Zineb Alaoui is not in “Salmas”.")
    people.did("from the card: why somebody is not in it")
    people.display.key("Escape")
    turn(0.6)


def hand_list(people):
    people.menu(0)
    people.app.find("text", "Name of a New List").type("Weddings")
    people.display.key("Return")
    people.chip("^Weddings 1$")
    people.click(people.chip("^Weddings"))
    wait("only her", lambda: people.names() == ["Zineb Alaoui"], 10)
    people.did("from the card she is put in a new list, which is there with her in it")
    people.click(people.chip("^Everyone"))
    wait("whom the search finds", lambda: people.names() == ["Zineb Alaoui"], 10)


def declared(people):
    people.display.click(people.row("Zineb Alaoui"))
    people.app.sees("Said by the shop when importing list.csv: they signed a list on paper")
    people.app.sees(WORDING)
    zineb = people.cli("contact", "list", "--words", "Zineb Alaoui")[0]
    said = people.cli("consent", "show", zineb["id"])
    assert said[0]["said_by_shop"] == "paper" and said[-1]["now"] == "none", said
    people.did("what the shop said of the list stands on the card, and opts nobody in")


def print_and_save(people):
    people.display.click(people.app.find("page tab", "Consent"))
    people.app.sees("Ledger")
    people.display.click(people.app.find("label", "Stop Stella", 15))
    turn(0.5)
    people.app.press("button", re.compile("^Print"))
    window = people.dialog_window("^Print")
    people.app.find("*", re.compile("Print to File"), 10)
    people.did("Print opens the dialog of the desktop, with a file as one of the printers")
    people.display.key("Escape")
    wait("the dialog gone", lambda: window not in subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Print"], capture_output=True, text=True).stdout.split(), 5)

    path = os.path.join(people.display.home, "stella.pdf")
    people.app.press("button", re.compile("^Save as PDF"))
    people.dialog_window("^Save Proof$")
    people.display.key("ctrl+a")
    people.app.find("text", within=people.app.find("dialog", "Save Proof")).type(path)
    turn(0.5)
    people.display.key("Return")
    wait("the page", lambda: os.path.exists(path) and os.path.getsize(path) > 1000, 10)
    with open(path, "rb") as stream:
        assert stream.read(5) == b"%PDF-"
    people.did("Save as PDF writes the page")


def carried_over(people):
    """STOP after the copy was made; the copy is put back; the shop is opened."""
    def states():
        return {row["name"]: row["consent"] for row in people.cli("contact", "list")}

    assert states()["Priya Nair"] != "opted-out"
    people.app.quit()
    shop = os.path.join(people.folder, "shop.db")
    shutil.copy(shop, shop + ".copy")
    people.app = App(people.display, "--page", "contacts/consent")
    people.app.sees("Ledger", 20)
    _, server = people.practice()
    number = people.cli("contact", "show", next(row["id"] for row in people.cli("contact", "list") if row["name"] == "Priya Nair"))[0]["numbers"][0]
    ask(server + "/_practice/inbound", {"from": number, "name": "Priya Nair", "type": "text", "text": "STOP"})
    wait("Priya out", lambda: states()["Priya Nair"] == "opted-out", 20)
    people.app.quit()
    for ending in ("-wal", "-shm"):
        if os.path.exists(shop + ending):
            os.remove(shop + ending)
    os.replace(shop + ".copy", shop)
    people.app = App(people.display, "--page", "contacts/consent")
    people.app.sees("Carried over from the list of opt-outs, the shop file was older", 20)
    assert states()["Priya Nair"] == "opted-out", states()
    people.did("a STOP outlives the return of an older shop file, and the ledger says how")


def story(people):
    groups(people)
    why(people)
    hand_list(people)
    declared(people)
    print_and_save(people)
    carried_over(people)


if __name__ == "__main__":
    sys.exit(perform(story, People))
