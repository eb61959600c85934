#!/usr/bin/env python3
"""When something is wrong the window says what, in words, and nothing that was written is lost.

the clock of this computer is wrong - another program holds the shop's file - the disk is full - rows of the file are damaged - the
list cannot be read at all
"""

import os
import re
import sqlite3
import sys

from driver import App, ask, perform, turn, wait
from inbox import Desk as Inbox

WORDS = "It is ready on Saturday"


class Desk(Inbox):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.full = os.path.join(self.folder, "full")

    def end_app(self):
        """What came in while the disk was full is fetched again, and the log may say so."""
        turn(1)
        problems = [line for line in self.app.warnings() if "Events could not be kept, they are asked for again: The disk is full" not in line]
        assert not problems, problems
        self.app.quit()
        os.truncate(self.app.log.name, 0)

    def again(self, page="inbox"):
        self.end_app()
        self.app = App(self.display, "LD_PRELOAD=" + os.environ["SHOPBELL_FULL_DISK_MODULE"], "SHOPBELL_FULL_DISK=" + self.full, "shopbell", "--page", page, program="env")
        turn(1)
        self.folder, self.server = self.practice()

    def file(self):
        """The shop's file as another program has it: by rows, without the triggers that keep the search."""
        file = sqlite3.connect(os.path.join(self.folder, "shop.db"), timeout=10, isolation_level=None)
        file.create_function("shop_sort", -1, lambda *names: next((name for name in names if name), ""), deterministic=True)
        return file

    def got(self, text):
        """How often the customer has it."""
        found = ask(self.server + "/_practice/messages?persona=pia")
        return [row.get("text") for row in found["messages"]].count(text)

    def drafts(self):
        with self.file() as file:
            return sorted(row[0] for row in file.execute("SELECT text FROM draft WHERE text != ''"))

    def sent(self):
        return [row["text"] for row in self.cli("messages") if row["direction"] == "out"].count(WORDS)


def clock(desk):
    """The network's date is twelve minutes later than ours."""
    desk.again("health")
    desk.app.sees("This computer’s clock is right", 15)
    ask(desk.server + "/_practice/faults", {"kind": "date", "off_ms": 12 * 60 * 1000 + 30000, "count": 0})
    desk.app.press("button", "Check Again")
    desk.app.sees("This computer’s clock is wrong", 15)
    desk.app.sees(re.compile("^It is 12 minutes behind. Set it right: "), 5)
    desk.did("A clock that is twelve minutes behind is named on the page Connection Health")
    ask(desk.server + "/_practice/faults", None, "DELETE")
    ask(desk.server + "/_practice/faults", {"kind": "date", "off_ms": -4 * 60 * 1000, "count": 0})
    desk.app.press("button", "Check Again")
    desk.app.sees("This computer’s clock is right", 15)
    assert desk.app.look("label", "This computer’s clock is wrong") is None
    desk.did("Four minutes are not")
    ask(desk.server + "/_practice/faults", None, "DELETE")


def try_to_send(desk, sentence):
    """The sentence stands at the field, with the words still in it; nothing left this computer."""
    desk.field().type(WORDS)
    desk.app.press("button", "Send")
    wait("the end of it", lambda: desk.app.find("button", "Send").sensitive, 30)
    desk.app.sees(sentence, 5)
    assert desk.field().text() == WORDS, f"in the field stands “{desk.field().text()}”"


def send_now(desk, times):
    desk.app.press("button", "Send")
    wait("an empty field", lambda: desk.field().text() == "", 20)
    wait("the message", lambda: desk.sent() == times, 20)


def locked(desk):
    desk.again()
    desk.open_row("Polite Pia")
    file = desk.file()
    file.execute("BEGIN IMMEDIATE")
    try_to_send(desk, "Another program is using the shop’s file. Try again in a moment; nothing is lost")
    desk.did("While another program holds the file, sending says so and the words stay in the field")
    file.execute("ROLLBACK")
    file.close()
    turn(1)
    send_now(desk, 1)
    desk.did("When it is free again, the message goes out, once")


def full_disk(desk):
    with open(desk.full, "w", encoding="utf-8"):
        pass
    try_to_send(desk, "The disk is full. Make room and try again; nothing is lost")
    desk.did("On a full disk sending says so and the words stay in the field")
    desk.keys("alt+1", "e")
    desk.app.sees("The disk is full. Make room and try again; nothing is lost", 10)
    assert desk.threads()["Polite Pia"]["status"] == "open"
    desk.did("So does Done, and the conversation stays")
    desk.open_row("Voice Vera")
    assert desk.field().text() == "", desk.field().text()
    desk.field().type("And a voice")
    turn(1.5)
    desk.open_row("Polite Pia")
    assert desk.field().text() == WORDS, desk.field().text()
    desk.did("What stands in a field is there again when one comes back to its conversation")
    os.remove(desk.full)
    wait("both drafts in the file", lambda: desk.drafts() == ["And a voice", WORDS], 20)
    send_now(desk, 2)
    desk.did("When there is room again, the message goes out, once")


def damage(desk):
    """Bytes that are no text, data that is none, a kind that does not exist: in three conversations, with the shop closed."""
    with desk.file() as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND (name LIKE 'message_%' OR name LIKE 'contact_fts%')").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        newest = "(SELECT max(m.id) FROM message m JOIN thread t ON t.id = m.thread_id JOIN contact c ON c.id = t.contact_id WHERE coalesce(c.name, c.profile_name) = ? AND m.direction = 0)"
        file.execute(f"UPDATE message SET text = CAST(x'48656C6C6FFFFE' AS TEXT) WHERE id = {newest}", ("Polite Pia",))
        file.execute(f"UPDATE message SET kind = 9, text = NULL, data = '{{\"type\": \"but' WHERE id = {newest}", ("Hurry Hugo",))
        file.execute(f"UPDATE message SET kind = 99, text = NULL, data = NULL WHERE id = {newest}", ("Voice Vera",))
        file.execute("UPDATE thread SET preview = CAST(x'C3' AS TEXT), last_kind = 99, last_direction = 7, last_status = 99 WHERE contact_id = (SELECT id FROM contact WHERE coalesce(name, profile_name) = 'Hurry Hugo')")
        for _, sql in triggers:
            file.execute(sql)
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    # A name as a bad disk leaves it.
    with open(os.path.join(desk.folder, "shop.db"), "r+b") as stream:
        whole = stream.read()
        assert b"Mrs Okafor" in whole
        stream.seek(0)
        stream.write(whole.replace(b"Mrs Okafor", b"Mrs O\xff\xfefor"))


def damaged_rows(desk):
    before = sorted(desk.threads())
    desk.end_app()
    damage(desk)
    desk.app = App(desk.display, "--page", "inbox")
    desk.folder, desk.server = desk.practice()
    wait("rows", lambda: len(desk.rows()) > 5, 10)
    desk.open_row("Polite Pia")
    desk.app.find("list item", re.compile("^Customer .*: Damaged message: Hello"), 8)
    desk.app.sees(WORDS, 5)
    desk.did("A message with bytes that are no text says so and shows the rest; the others are there")
    for name in ("Hurry Hugo", "Voice Vera"):
        desk.open_row(name)
        desk.app.find("list item", re.compile("^Customer .*: Damaged message$"), 8)
        desk.shot("damaged-" + name.split()[0].lower())
    now = sorted(desk.threads())
    assert len(now) == len(before), (before, now)
    assert any(name.startswith("Mrs O\ufffd") for name in now), now
    wait("her row", lambda: any(name.startswith("Mrs O\ufffd") for name in desk.rows()), 5)
    desk.did("Broken data and an unknown kind leave a sentence in their place, a broken name its mark; every row is in the list")


def unreadable_list(desk):
    """The pages of the file on which the order of the list stands are rubbish."""
    desk.end_app()
    file = desk.file()
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.execute("PRAGMA page_size").fetchone()[0]
    pages = [row[0] for row in file.execute("SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('thread', 'reading') AND sql IS NOT NULL")]
    file.close()
    with open(os.path.join(desk.folder, "shop.db"), "r+b") as stream:
        for page in pages:
            stream.seek((page - 1) * size)
            stream.write(b"\xff" * size)
    desk.app = App(desk.display, "--page", "inbox")
    desk.app.sees("Conversations Cannot Be Read", 10)
    assert desk.app.look("*", "All Answered") is None, "a list that cannot be read is called empty"
    desk.did("A list that cannot be read says so, and not that all is answered")
    desk.app.press("button", "Connection Health")
    desk.app.sees("Connection Health", 8)
    desk.app.sees("Shop file", 20)
    desk.did("Its button shows Connection Health, where the file is read through")
    strange = [line for line in desk.app.warnings() if "database disk image is malformed" not in line]
    assert not strange, strange
    desk.app.quit()
    os.truncate(desk.app.log.name, 0)


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (clock, locked, full_disk, damaged_rows, unreadable_list):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
