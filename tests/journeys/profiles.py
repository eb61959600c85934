#!/usr/bin/env python3
"""Two people share one desk: what one reads stays unread for the other, each has views, and the desk is found as it was left."""

import json
import re
import subprocess
import sys

from driver import App, Atspi, Stage, perform, turn, wait


class Desk(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()

    def keys(self, *keys):
        for key in keys:
            self.display.key(key)
            turn(0.15)

    def threads(self):
        """Conversations by name as whoever sits at the desk has them in the shop's file."""
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "threads"], capture_output=True, text=True, check=True)
        return {row["name"]: row for row in map(json.loads, found.stdout.splitlines())}

    def unread(self):
        return {name: row["unread"] for name, row in self.threads().items() if row["unread"]}

    def events(self):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "events"], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def badge(self):
        """The number beside Inbox; 0 for none."""
        views = self.app.find("list", "Views")
        row = next(views.children())
        return next((int(node.name) for node in row.walk() if re.fullmatch(r"\d+", node.name)), 0)

    def chosen(self):
        """The view that is selected at the side."""
        for row in self.app.find("list", "Views").children():
            if row.at.get_state_set().contains(Atspi.StateType.SELECTED):
                return next(node.name for node in row.walk() if node.role == "label" and not node.name.isdigit())
        return None

    def views(self):
        return [next(node.name for node in row.walk() if node.role == "label" and not node.name.isdigit())
                for row in self.app.find("list", "Views").children()]

    def focus(self):
        """Role and name of what has the keys."""
        for node in self.app.root.walk(hidden=True):
            if node.at.get_state_set().contains(Atspi.StateType.FOCUSED):
                return node
        return None

    def is_in(self, role, name):
        """Whether the keys are inside the thing of this role and name."""
        place = self.app.look(role, name)
        return place is not None and any(node.at.get_state_set().contains(Atspi.StateType.FOCUSED) for node in place.walk())

    def row(self, name):
        return self.app.find("list item", re.compile("^" + re.escape(name)), 8)

    def rows(self):
        return [node.name.split(",")[0] for node in self.app.find("list", "Conversations").walk() if node.role == "list item"]

    def shown(self):
        """The names of the rows that can be seen, without those at the edges."""
        place = self.app.find("list", "Conversations")
        rows = [node for node in place.walk() if node.role == "list item"]
        inside = [node for node in rows if node.box[1] >= 60 and node.box[1] + node.box[3] <= self.display.size[1]]
        return [node.name.split(",")[0] for node in inside]

    def restart(self):
        turn(0.6)
        self.app.quit()
        problems = self.app.warnings()
        assert not problems, problems
        self.app = App(self.display)


def begin(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    before = None
    while before != desk.threads():
        before = desk.threads()
        turn(0.6)
    wait("the keys on the list", lambda: desk.is_in("list", "Conversations"))
    desk.did("The keys are on the list when the window opens")


def sidebar_tells_the_truth(desk):
    """Walking over the views shows none of them: what is marked is what the list shows."""
    desk.keys("alt+0")
    wait("the keys at the side", lambda: desk.is_in("list", "Views"))
    assert desk.chosen() == "Inbox", desk.chosen()
    desk.keys("Down", "Down", "Down", "Down", "Down")
    assert desk.chosen() == "Inbox", f"{desk.chosen()} is marked, the list shows the inbox"
    desk.keys("Tab", "Tab", "shift+Tab", "shift+Tab")
    assert desk.chosen() == "Inbox", f"{desk.chosen()} is marked after Tab, the list shows the inbox"
    desk.keys("alt+2")
    wait("no view marked", lambda: desk.chosen() is None)
    desk.keys("alt+1")
    wait("the inbox marked", lambda: desk.chosen() == "Inbox")
    desk.did("Walking at the side marks nothing that is not shown; Alt+2 and Alt+1 go to Contacts and back")


def panes(desk):
    desk.display.click(desk.row("Amina Haddad"))
    wait("Amina read", lambda: desk.threads()["Amina Haddad"]["unread"] == 0, 8)
    desk.keys("alt+1")
    wait("the list", lambda: desk.is_in("list", "Conversations"))
    desk.keys("F6")
    wait("the answer", lambda: desk.focus() is not None and desk.focus().role == "text")
    desk.keys("F6")
    wait("the side", lambda: not desk.is_in("list", "Conversations") and desk.focus() is not None and desk.focus().name != "")
    desk.keys("F6")
    wait("the places", lambda: desk.is_in("list", "Views"))
    desk.keys("F6")
    wait("the list again", lambda: desk.is_in("list", "Conversations"))
    desk.keys("shift+F6")
    wait("back to the places", lambda: desk.is_in("list", "Views"))
    desk.did("F6 walks the list, the answer, the side and the places; Shift+F6 walks back")
    for name in ("Done", "Assign", "Snooze", "More"):
        desk.app.find("*", name, 5)
    desk.did("Done, Assign and Snooze are in the header of the conversation")


def second_person(desk):
    desk.keys("ctrl+comma")
    turn(0.8)
    desk.display.click(desk.app.find("text", "Add a Name", 8))
    desk.display.write("Bea")
    desk.keys("Return")
    desk.app.find("*", re.compile("^Bea"), 8)
    desk.shot("preferences")
    desk.keys("Escape")
    desk.app.find("*", re.compile(r"^Practice Shop, "), 8)
    desk.did("A second person is added and the header says who sits at the desk")


def switch(desk, name):
    desk.keys("ctrl+shift+p")
    button = desk.app.find("*", name, 6)
    turn(0.5)
    desk.shot("switch")
    letter = name[0].lower()
    desk.keys(letter)
    desk.app.find("*", f"Practice Shop, {name}", 8)
    turn(0.4)
    return button


def unread_of_each(desk):
    mine = desk.unread()
    badge = desk.badge()
    assert badge == len(mine), (badge, mine)
    switch(desk, "Bea")
    wait("as much unread for Bea", lambda: desk.unread() == mine)
    assert desk.badge() == badge
    desk.did(f"Bea begins with the {badge} conversations that the shop had not read")

    wait("a row", lambda: desk.rows())
    name = "Mrs Okafor"
    desk.display.click(desk.row(name))
    wait(f"{name} read", lambda: name not in desk.unread(), 8)
    wait("one less", lambda: desk.badge() == badge - 1)
    title = desk.app.root.name
    hers = desk.unread()
    switch(desk, owner)
    wait("unread for me", lambda: desk.unread() == mine)
    wait("the number of before", lambda: desk.badge() == badge)
    assert "1 new message" in desk.row(name).name or "new messages" in desk.row(name).name, desk.row(name).name
    desk.did(f"Bea has read {name}; for {owner} the conversation is still unread ({title!r} before)")

    desk.keys("alt+1", "ctrl+a", "u")
    wait("all read", lambda: not desk.unread(), 8)
    wait("no number", lambda: desk.badge() == 0)
    switch(desk, "Bea")
    wait("hers as they were", lambda: desk.unread() == hers)
    desk.did("All are marked as read at once; for Bea nothing changed")


def signed(desk):
    global bea_id
    desk.display.click(desk.row("Priya Nair"))
    turn(0.6)
    desk.keys("alt+1", "shift+a")
    wait("assigned to somebody", lambda: desk.threads()["Priya Nair"].get("assignee"), 8)
    desk.app.sees("Assigned to Bea", 5)
    desk.keys("p")
    wait("Priya pinned", lambda: desk.threads()["Priya Nair"]["pinned"], 8)
    bea_id = desk.threads()["Priya Nair"]["assignee"]
    pins = [event for event in desk.events() if event["event"] == "thread-pinned"]
    assert str(pins[-1].get("staff")) == str(bea_id), (pins[-1], bea_id)
    desk.did("What Bea does is signed by Bea, and Assign to Me assigns to her")


def save_view(desk, tag, name):
    desk.keys("ctrl+1")
    desk.app.press("button", "Filter")
    desk.app.find("*", "Filter", 5)
    turn(0.8)
    desk.app.press("toggle button", tag)
    desk.app.find("button", "Save…", 5)
    desk.keys("Escape")
    turn(0.6)
    desk.app.press("button", "Save…")
    desk.app.find("text", "Name of the View", 5).type(name)
    desk.keys("Return")
    wait(f"the view {name}", lambda: name in desk.views(), 8)


def tag(desk, name, *letters):
    desk.keys("alt+1", "t", *letters, "Return")
    wait(f"the tag {name}", lambda: any(row.get("tags") == name for row in desk.threads().values()), 8)


def view_order(desk):
    tag(desk, "Ab", "A", "b")
    save_view(desk, "Ab", "First")
    save_view(desk, "Ab", "Second")
    save_view(desk, "Ab", "Third")
    assert desk.views()[-3:] == ["First", "Second", "Third"], desk.views()
    desk.keys("ctrl+9")
    wait("the third shown", lambda: desk.chosen() == "Third")
    desk.keys("alt+0", "alt+Up", "alt+Up")
    wait("the third is first", lambda: desk.views()[-3:] == ["Third", "First", "Second"], 8)
    wait("the keys stay on it", lambda: desk.is_in("list", "Views"))
    assert desk.chosen() == "Third"
    desk.keys("alt+Down")
    wait("in the middle", lambda: desk.views()[-3:] == ["First", "Third", "Second"], 8)
    desk.keys("ctrl+8")
    wait("Ctrl+8 follows the order", lambda: desk.chosen() == "Third")
    desk.keys("ctrl+9")
    wait("Ctrl+9 follows the order", lambda: desk.chosen() == "Second")
    desk.keys("ctrl+z")
    wait("one step back", lambda: desk.views()[-3:] == ["Third", "First", "Second"], 8)
    desk.did("Alt with the arrows puts views in order, Ctrl with a number follows, Undo takes it back")


def view_of_one(desk):
    row = next(row for row in desk.app.find("list", "Views").children() if any(node.name == "Second" for node in row.walk()))
    desk.display.click(row, button=3)
    desk.app.find("menu", seconds=6)
    turn(0.5)
    desk.keys("Down", "Return")
    desk.app.sees("Only you see this view", 6)
    turn(0.8)
    switch(desk, owner)
    wait("not for me", lambda: "Second" not in desk.views() and "First" in desk.views(), 8)
    switch(desk, "Bea")
    wait("for Bea", lambda: "Second" in desk.views(), 8)
    desk.did("A view of Bea's own is not shown to anybody else")


def widen(desk):
    """Draws the edge between the list and the conversation; the width of the list."""
    x, _, width, _ = desk.app.find("list", "Conversations").box
    for edge in (x + width + 4, x + width + 9, x + width + 14):  # the window's own margin is not in these numbers
        subprocess.run(["xdotool", "mousemove", str(edge), "400", "mousedown", "1"], check=True)
        for moved in (10, 20, 30, 40):
            turn(0.1)
            subprocess.run(["xdotool", "mousemove", str(edge + moved), "400"], check=True)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)
        turn(0.4)
        if desk.app.find("list", "Conversations").box[2] >= width + 25:
            return desk.app.find("list", "Conversations").box[2]
    raise AssertionError("the list does not get wider")


def found_again(desk):
    desk.keys("ctrl+2")
    wait("Unanswered", lambda: desk.chosen() == "Unanswered")
    desk.display.click(desk.row("Théo Laurent"))
    turn(0.6)
    desk.app.find("*", "Théo Laurent", 5)
    wait("Théo read", lambda: "Théo Laurent" not in desk.unread(), 8)
    bea = desk.unread()
    width = widen(desk)
    desk.display.click(desk.row("Polite Pia"), button=2)
    subprocess.run(["xdotool", "click", "--repeat", "4", "--delay", "60", "5"], check=True)
    turn(0.8)
    top = desk.shown()
    assert "Théo Laurent" not in top, top
    desk.restart()
    desk.app.find("*", "Practice Shop, Bea", 20)
    wait("the view", lambda: desk.chosen() == "Unanswered", 10)
    desk.app.find("text", "Message to Théo Laurent", 10)
    wait("the keys on the list", lambda: desk.is_in("list", "Conversations"))
    assert desk.unread() == bea, "opening the window read something"
    wait(f"the place in the list: {top}", lambda: desk.shown() == top, 5)
    assert abs(desk.app.find("list", "Conversations").box[2] - width) < 3, "the list has another width"
    desk.did("After a restart Bea, the view, the conversation, the place in the list and its width are there again; nothing was read by it")
    switch(desk, owner)
    wait("the owner's own view", lambda: desk.chosen() != "Unanswered", 8)
    desk.did("The other one's desk is as they left it")


def removed(desk):
    switch(desk, "Bea")
    desk.keys("ctrl+comma")
    desk.app.find("*", re.compile("^Bea"), 8)
    turn(0.8)
    desk.display.click(desk.app.find("list item", re.compile("^Bea"), 8))
    turn(0.5)
    desk.display.click(desk.app.find("*", "Remove", 6))
    desk.app.sees("Removed; 1 conversation is still theirs", 8)
    desk.shot("removed")
    desk.keys("Escape")
    wait("the owner sits down", lambda: desk.app.look("*", re.compile("^Practice Shop, Bea")) is None, 8)
    desk.keys("alt+1", "a")
    turn(0.8)
    assert desk.app.look("*", "Bea") is None, "somebody who was removed can be given a conversation"
    desk.keys("Escape")
    assert desk.threads()["Priya Nair"]["assignee"] == bea_id
    desk.did("Bea was removed while at the desk: the owner sits down, nothing can be given to her, what was hers says so")


owner = bea_id = None


def story(desk):
    global owner
    begin(desk)
    sidebar_tells_the_truth(desk)
    panes(desk)
    second_person(desk)
    owner = desk.app.find("*", re.compile(r"^Practice Shop, ")).name.split(", ")[1]
    unread_of_each(desk)
    signed(desk)
    view_order(desk)
    view_of_one(desk)
    found_again(desk)
    removed(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk, {"GSETTINGS_BACKEND": "keyfile"}))
