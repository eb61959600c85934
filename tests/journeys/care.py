#!/usr/bin/env python3
"""What is easily lost: words in a dialog that is closed, a button that the Tab key passes by, the old words of a message."""

import re
import sys

from driver import Atspi, perform, turn, wait
from odd import Desk as Odd

QUESTION = "Discard Changes?"


class Desk(Odd):
    def asked(self):
        return self.app.look("*", QUESTION) is not None

    def gone(self, name):
        wait(f"no dialog “{name}”", lambda: self.app.look("dialog", name) is None, 8)
        assert not self.asked()

    def focused(self):
        return [node for node in self.app.root.walk() if node.at.get_state_set().contains(Atspi.StateType.FOCUSED)]

    def preferences(self, tab):
        self.keys("ctrl+comma")
        self.app.sees("Who Works Here", 10)
        self.display.click(self.app.find("page tab", tab))
        turn(0.6)

    def keeps(self, name, field, words, close="Escape"):
        """Words in @field of the dialog @name: closing asks; what is kept is still there; what is discarded is gone."""
        entry = self.app.find("text", field, 8)
        was = entry.text()
        entry.type(words)
        turn(0.3)
        self.keys(close)
        self.app.find("*", QUESTION, 5)
        turn(0.5)
        self.shot("asked-" + re.sub("[^a-z]+", "-", name.lower()))
        self.app.press("button", "Keep Editing")
        wait("no question", lambda: not self.asked(), 5)
        entry = self.app.find("text", field, 5)
        assert entry.text() == words, entry.text()
        entry.type(was)
        turn(0.3)
        self.keys(close)
        turn(0.8)
        assert not self.asked(), "it asks although everything is as before"

    def discards(self, field, words):
        self.app.find("text", field, 8).type(words)
        turn(0.3)
        self.keys("Escape")
        self.app.find("*", QUESTION, 5)
        turn(0.5)
        self.app.press("button", "Discard")
        wait("no question", lambda: not self.asked(), 5)


def new_contact(desk):
    def come():
        desk.keys("n")
        desk.app.find("dialog", "New Contact", 8)
        turn(0.5)
    desk.keys("alt+2")
    desk.display.click(desk.app.find("table row", re.compile("^Amina Haddad,"), 20))
    turn(0.5)
    come()
    desk.keys("Escape")
    desk.gone("New Contact")
    come()
    desk.keeps("New Contact", "Name", "Zelda Zimt")
    desk.gone("New Contact")
    come()
    desk.discards("Name", "Zelda Zimt")
    desk.gone("New Contact")
    come()
    desk.app.find("text", "Name", 8).type("Zelda Zimt")
    desk.app.find("text", "Number or @User Name", 8).type("+44 7700 900988")
    desk.app.press("button", "Add")
    desk.gone("New Contact")
    wait("Zelda", lambda: any(row["name"] == "Zelda Zimt" for row in desk.cli("contact", "list")), 8)
    desk.did("A new contact that was begun is not lost without a question, and one that is added asks nothing")


def edit_contact(desk):
    desk.display.click(desk.app.find("table row", re.compile("^Amina Haddad,"), 20))
    turn(0.5)
    desk.app.press("button", "Edit")
    desk.app.find("dialog", "Edit Contact", 8)
    turn(0.5)
    desk.keeps("Edit Contact", "Your Name for Them", "Amina of the Corner")
    desk.gone("Edit Contact")
    desk.app.press("button", "Edit")
    desk.app.find("dialog", "Edit Contact", 8)
    turn(0.5)
    desk.discards("Another Number or @User Name", "+44 7700 900989")
    desk.gone("Edit Contact")
    desk.did("So are words that were begun about a contact")


def new_group(desk):
    def come():
        desk.app.press("toggle button", "New Group")
        wait("the menu", lambda: desk.app.look("menu item"), 8).press()
        desk.app.find("dialog", "New Group of People", 8)
        turn(0.6)
    come()
    desk.keys("Escape")
    desk.gone("New Group of People")
    come()
    desk.keeps("New Group of People", "Name of the Group", "Sweet Teeth")
    desk.gone("New Group of People")
    come()
    desk.app.press("button", "Add Condition")
    turn(0.4)
    desk.app.press("button", "Cancel")
    desk.app.find("*", QUESTION, 5)
    turn(0.5)
    desk.app.press("button", "Discard")
    desk.gone("New Group of People")
    desk.did("A group asks for its name and its conditions")


def new_tag(desk):
    def come():
        desk.keys("t")
        desk.app.find("text", "New Tag", 8)
        turn(0.5)

    def gone():
        wait("no choice", lambda: desk.app.look("text", "New Tag") is None, 5)
    desk.keys("alt+1", "ctrl+1")
    wait("a cursor", desk.cursor)
    turn(0.6)
    desk.keys("j")
    come()
    desk.keys("Escape")
    gone()
    come()
    desk.keeps("Tag", "New Tag", "Wholesale")
    gone()
    come()
    desk.display.write("Wholesale")
    desk.keys("Return")
    wait("the tag", lambda: any(row["name"] == "Wholesale" for row in desk.cli("tag", "list")), 8)
    gone()
    assert not desk.asked()
    desk.did("A new tag, too")


def view_name(desk):
    def come():
        desk.app.press("button", "Save…")
        desk.app.find("text", "Name of the View", 8)
        turn(0.5)
    desk.app.press("button", "Filter")
    desk.app.find("*", "Must Have All of Them", 5)
    turn(0.6)
    desk.app.press("toggle button", "Wholesale")
    desk.app.find("button", "Save…", 8)
    desk.app.press("button", "Close", within=desk.app.find("dialog", "Filter"))
    wait("no filter dialog", lambda: desk.app.look("dialog") is None, 10)
    come()
    desk.keeps("Save as View", "Name of the View", "Big Orders")
    wait("no dialog", lambda: desk.app.look("text", "Name of the View") is None, 5)
    come()
    desk.discards("Name of the View", "Big Orders")
    wait("no dialog", lambda: desk.app.look("text", "Name of the View") is None, 5)
    desk.app.press("button", "Clear the Filter")
    desk.did("The name of a view, too")


def macro(desk):
    def back():
        wait("the list", lambda: desk.app.look("text", "Name of the Macro") is None, 8)

    def come():
        desk.display.click(desk.app.find("list item", re.compile("^Add a Macro"), 8))
        desk.app.find("text", "Name of the Macro", 8)
        turn(0.6)
    desk.preferences("Macros")
    come()
    desk.keys("Escape")
    back()
    come()
    desk.keeps("Macro", "Name of the Macro", "Picked Up")
    back()
    come()
    desk.app.find("text", "Name of the Macro").type("Picked Up")
    desk.app.press("button", "Back")
    desk.app.find("*", QUESTION, 5)
    turn(0.5)
    desk.app.press("button", "Discard")
    back()
    assert desk.app.look("dialog", "Preferences"), "the preferences closed, too"
    come()
    desk.display.click(desk.app.find("button", re.compile("^Add a Step")))
    desk.app.find("menu item", None, 5, index=4).press()
    turn(0.6)
    desk.app.find("text", "Write a Note", 5).type("Paid")
    desk.keys("Escape")
    desk.app.find("*", QUESTION, 5)
    turn(0.5)
    desk.app.press("button", "Keep Editing")
    turn(0.6)
    desk.app.find("text", "Name of the Macro").type("Paid at Last")
    desk.app.press("button", "Save")
    desk.app.find("list item", re.compile("^Paid at Last"), 8)
    assert not desk.asked()
    desk.keys("Escape")
    desk.gone("Preferences")
    desk.did("A macro asks when one goes back or closes, and not when it is saved")


def quick_reply(desk):
    desk.preferences("Writing")
    desk.display.click(desk.app.find("list item", re.compile("^Add a Quick Reply")))
    turn(0.8)
    desk.app.find("text", "Name to Find It By", 8).type("Parking")
    desk.discards("Text of the Quick Reply", "Behind the church")
    desk.gone("Preferences")
    desk.preferences("Writing")
    desk.display.click(desk.app.find("list item", re.compile("^Add a Quick Reply")))
    turn(0.8)
    desk.app.find("text", "Name to Find It By", 8).type("Parking")
    desk.app.find("text", "Text of the Quick Reply").type("Behind the church")
    desk.app.press("button", "Add")
    desk.app.find("list item", re.compile("^Parking"), 8)
    turn(0.6)
    desk.keys("Escape")
    desk.gone("Preferences")
    desk.did("A quick reply asks, too, and not when it is added")


def nobody(desk):
    """While no conversation is open there is nobody to be renamed or blocked."""
    def side(name):
        desk.enter(next(node for node in desk.app.root.walk() if node.name == name and node.role != "label"))
        wait(f"the side {name}", lambda: (desk.app.look("*", "Practice Clock") is None) == (name == "Customer"))
        turn(0.5)
    side("Customer")
    desk.shot("nobody")
    assert desk.app.look("button", "Open Card") is None, "the card of nobody"
    side("Phone")
    desk.did("The side of the customer is empty while no conversation is open")


def side(desk):
    """Every button at the side is met by the Tab key, and by Shift+Tab in the other order."""
    desk.open_row("Polite Pia")
    desk.enter(next(node for node in desk.app.root.walk() if node.name == "Customer" and node.role != "label"))
    turn(1)

    def walk(key):
        met = []
        for _ in range(4):
            met.append(desk.focused()[0].name)
            desk.keys(key)
        return met
    there = walk("Tab")
    assert there == ["Customer", "Open Card", "More About This Customer", "Add a Tag"], there
    desk.keys("shift+Tab")
    back = walk("shift+Tab")
    assert back == there[::-1], back
    desk.did("Open Card is met by Tab, forwards and backwards")


def waiting(desk):
    """The words of a message that waits are changed and taken back, as long as it waits."""
    def stands(words):
        desk.app.find("label", re.compile(f"^Goes out .*{words}"), 8)

    def change(words):
        desk.app.press("button", "Edit the Waiting Message")
        wait("its text in the field", lambda: desk.field().text() != "", 8)
        desk.field().type(words)
        desk.app.press("button", "Send")
        stands(words)
    desk.customer("447700910977", "Wanda Waits", type="text", text="Tomorrow is fine")
    desk.open_row("Wanda Waits")
    desk.enter()
    desk.display.write("We open at nine")
    desk.keys("ctrl+shift+Return")
    desk.app.press("button", re.compile("^(Tomorrow|Today) "))
    stands("We open at nine")
    change("We open at ten")
    desk.app.sees("Message changed", 8)
    desk.app.press("button", "Undo")
    stands("We open at nine")
    desk.keys("ctrl+1")
    turn(0.5)
    desk.keys("ctrl+shift+z")
    stands("We open at ten")
    desk.keys("ctrl+z")
    stands("We open at nine")
    desk.did("What was changed of a waiting message is undone, done again and undone")
    change("We open at eleven")
    desk.enter(next(node for node in desk.app.root.walk() if node.name == "Phone" and node.role != "label"))
    for _ in range(2):
        desk.app.press("button", "+23 h 59", seconds=8)
        turn(1.5)
    wait("nothing waits", lambda: desk.app.look("label", re.compile("^Goes out ")) is None, 15)
    desk.keys("ctrl+1")
    turn(0.5)
    desk.keys("ctrl+z")
    desk.app.sees("The message does not wait any more, so its words cannot be changed", 8)
    assert [row["text"] for row in desk.cli("messages") if "We open at" in row.get("text", "")] == ["We open at eleven"]
    desk.did("When it has gone out, Undo says so and changes nothing")


def story(desk):
    wait("the practice week", lambda: len(desk.cli("threads")) >= 8, 40)
    desk.settle()
    nobody(desk)
    new_contact(desk)
    edit_contact(desk)
    new_group(desk)
    new_tag(desk)
    view_name(desk)
    macro(desk)
    quick_reply(desk)
    side(desk)
    waiting(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
