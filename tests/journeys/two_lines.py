#!/usr/bin/env python3
"""A shop with two numbers: which one a customer wrote to is said in the list, above the messages and beside the field.

a line's name stands above what came and went by it - the row of the list says the line - the field answers by the line the
customer wrote to last, another can be chosen, and what is sent goes by that one - with one line none of this is shown
"""

import json
import os
import re
import sqlite3
import sys
import time

from driver import App, ask, perform, turn, wait
from odd import Desk

NUMBER = "447700910501"
SECOND = "106500019999999"


def event(phone_number_id, wamid, text):
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
        "messaging_product": "whatsapp", "metadata": {"phone_number_id": phone_number_id, "display_phone_number": "15550000000"},
        "contacts": [{"profile": {"name": "Tara Twoline"}, "wa_id": NUMBER}],
        "messages": [{"from": NUMBER, "id": wamid, "timestamp": str(int(time.time())), "type": "text", "text": {"body": text}}]}}]}]}


def rows_of(desk, statement, *values):
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        return file.execute(statement, values).fetchall()


def line_above(desk, words):
    """The last name of a line above the message with these words."""
    name = None
    for node in desk.app.find("list", "Conversation").walk():
        if node.role == "label" and node.name in ("Practice", "Wholesale"):
            name = node.name
        if node.role == "list item" and words in node.name:
            return name
    return None


def line_beside_field(desk):
    """The name on the button with which another line is chosen; None where there is no choice."""
    found = [node for node in desk.app.root.walk() if node.role == "toggle button" and node.name in ("Practice", "Wholesale")]
    return found[0].name if found else None


def one_line(desk):
    desk.open_row("Polite Pia")
    assert line_beside_field(desk) is None, "a choice of one line"
    assert "Practice" not in [node.name for node in desk.app.find("list", "Conversation").walk()], "the only line is named above messages"
    assert not any("Practice" in row for row in desk.rows()), desk.rows()
    desk.did("With one line its name stands beside the field, and nowhere else")


def second_line(desk):
    """The shop gets a second number."""
    turn(1)
    desk.app.quit()
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info (line)")]
        row = dict(zip(names, file.execute("SELECT * FROM line").fetchone()))
        first = row["id"], row["phone_number_id"]
        row["id"], row["name"], row["phone_number_id"], row["kind"], row["inbound"] = row["id"] + 1, "Wholesale", SECOND, 1, 0
        file.execute(f"INSERT INTO line ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [row[name] for name in names])
        # What came in and was not read yet when the program was closed.
        for line, phone, wamid, text in ((*first, "wamid.l1", "One cake, please"), (row["id"], SECOND, "wamid.l2", "And forty for the office")):
            file.execute("INSERT INTO inbound_raw (hash, line_id, source, received_at, body) VALUES (?, ?, 'mailbox', ?, ?)",
                         (wamid.encode(), line, int(time.time() * 1000), json.dumps(event(phone, wamid, text)).encode()))
    desk.app = App(desk.display, "--page", "inbox")

    def answers():
        desk.folder, desk.server = desk.practice()
        return ask(desk.server + "/_practice/personas") is not None
    wait("the practice shop", answers, 30, 0.3)
    for name in ("Practice Line", "Wholesale"):
        desk.app.sees(name, 10)
    desk.did("Two lines stand at the foot of the side")


def both(desk):
    desk.open_row("Tara Twoline")
    desk.said("And forty for the office")
    assert line_above(desk, "One cake, please") == "Practice", line_above(desk, "One cake, please")
    assert line_above(desk, "And forty for the office") == "Wholesale"
    desk.shot("both")
    desk.did("Above the messages stands which line they came by")
    wait("the line in the row", lambda: any(row.startswith("Tara Twoline") and "Wholesale" in row for row in desk.rows()), 6)
    desk.did("The row in the list says the line the customer wrote to last")


def answer(desk):
    wait("the second line beside the field", lambda: line_beside_field(desk) == "Wholesale", 6)
    desk.field().type("Forty will be ready")
    turn(0.5)
    desk.app.press("button", "Send")
    wait("it by the second line", lambda: rows_of(desk, "SELECT l.name FROM message m JOIN line l ON l.id = m.line_id WHERE m.text = ?", "Forty will be ready") == [("Wholesale",)], 8)
    assert line_above(desk, "Forty will be ready") == "Wholesale"
    desk.did("The answer goes by the line the customer wrote to last, and is shown there")
    desk.enter()
    desk.keys("ctrl+shift+l")
    turn(0.5)
    desk.shot("lines")
    desk.keys("Return")  # the first of them has the focus
    wait("the other line beside the field", lambda: line_beside_field(desk) == "Practice", 6)
    desk.field().type("And one cake, too")
    turn(0.5)
    desk.app.press("button", "Send")
    wait("it by the first line", lambda: rows_of(desk, "SELECT l.name FROM message m JOIN line l ON l.id = m.line_id WHERE m.text = ?", "And one cake, too") == [("Practice",)], 8)
    wait("the name above it", lambda: line_above(desk, "And one cake, too") == "Practice", 6)
    desk.did("Another line is chosen by key; what is written then goes by that one")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (one_line, second_line, both, answer):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
