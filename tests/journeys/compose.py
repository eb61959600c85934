#!/usr/bin/env python3
"""Everything the field below a conversation can do, in the real window: each step prints what it checked.

quick replies - an answer to a message - a pasted picture - several files in order - a picture too large - a voice note -
send later, changed and cancelled - keys - a draft that survives kill -9
"""

import os
import re
import subprocess
import sys

from driver import Atspi, perform, turn, wait
from tour import Tour

FIELD = re.compile("^Message to ")


class Desk(Tour):
    def field(self):
        return self.app.find("text", FIELD, 10)

    def open_thread(self, name):
        """From the top of the list: walking with the keyboard has moved it."""
        subprocess.run(["xdotool", "mousemove", "360", "400", "click", "--repeat", "30", "--delay", "5", "4"], check=True)
        turn(0.5)
        super().open_thread(name)

    def enter(self):
        """Walks to the field with the Tab key, as somebody without a mouse does."""
        def focused():
            if self.field().at.get_state_set().contains(Atspi.StateType.FOCUSED):
                return True
            self.display.key("Tab")
            return False
        wait("the cursor in the field", focused, 40, 0.02)

    def write(self, text):
        self.enter()
        self.display.write(text)

    def empty(self):
        wait("an empty field", lambda: self.field().text() == "", 15)

    def sent(self, persona, kind):
        return [row for row in self.phone(persona) if row["direction"] == "out" and row["type"] == kind]

    def bodies(self, kind):
        """What went over the wire, as the practice server logged it."""
        rows = self.control("requests")
        rows = rows["requests"] if isinstance(rows, dict) else rows
        return [row["body"] for row in rows if isinstance(row.get("body"), dict) and row["body"].get("type") == kind]

    def copy_picture(self, width, height):
        """Another program from which a picture was copied."""
        holder = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "clipboard.py"), str(width), str(height)],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert holder.stdout.readline().strip() == "ready"
        turn(0.5)
        return holder


def quick_replies(desk):
    app, display = desk.app, desk.display
    desk.open_thread("Polite Pia")
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("list item", re.compile("^Add a Quick Reply")))
    app.find("text", re.compile("Name to Find It By")).type("Opening hours")
    app.find("text", "Text of the Quick Reply").type("Hello {{first_name}}, {{shop}} is open until {{closing time}}.")
    app.press("button", "Add")
    app.find("list item", re.compile("^Opening hours"), 10)
    desk.did("A quick reply is written in the preferences")

    display.click(app.find("list item", re.compile("^Opening hours")))
    app.press("button", "Delete")
    wait("the list without it", lambda: app.look("list item", re.compile("^Opening hours")) is None)
    app.press("button", "Undo")
    app.find("list item", re.compile("^Opening hours"), 10)
    desk.did("It is deleted, and Undo brings it back")
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("list item", re.compile("^Opening hours")) is None)

    desk.write("/")
    app.find("list item", re.compile("^Opening hours"), 10)
    display.write("hours")
    app.find("list item", re.compile("^Opening hours"), 10)
    desk.did("A slash at the start of a line opens the quick replies, with the cursor in their search")
    display.key("Return")
    wait("the text of the reply", lambda: desk.field().text() == "Hello Polite, Practice Shop is open until {{closing time}}.", 10)
    display.key("Return")
    app.sees("Fill in {{closing time}} first.", 10)
    assert not [row for row in desk.phone("pia") if "closing time" in (row.get("text") or "")], "a gap went out"
    desk.did("Its words are filled in, and nothing goes out while a gap is left")
    display.write("six")
    display.key("Return")
    desk.empty()
    wait("the reply on her phone", lambda: desk.on_phone("pia", "Hello Polite, Practice Shop is open until six."), 20)
    desk.did("The marked gap is filled by typing, and the reply arrives")


def quote(desk):
    app, display = desk.app, desk.display
    desk.customer("pia", "Do you have lemon cake?")
    app.sees("Do you have lemon cake?", 20)
    turn(1)
    desk.enter()
    display.key("ctrl+Up")
    app.find("button", "Do Not Quote", 10)
    display.key("Escape")
    wait("no quote", lambda: app.look("button", "Do Not Quote") is None)
    desk.write("Yes, we have")
    display.key("ctrl+Up")
    app.find("button", "Do Not Quote", 10)
    turn(1)
    desk.open_thread("Voice Vera")
    assert app.look("button", "Do Not Quote") is None, "the quote went along to another customer"
    desk.open_thread("Polite Pia")
    app.find("button", "Do Not Quote", 10)
    desk.did("A message is quoted, Escape takes it off, and the draft keeps it")
    desk.enter()
    display.key("Return")
    desk.empty()
    body = wait("the answer on the wire", lambda: next((b for b in desk.bodies("text") if b["text"]["body"] == "Yes, we have"), None), 20)
    asked = next(row["id"] for row in desk.phone("pia") if row.get("text") == "Do you have lemon cake?")
    assert body["context"]["message_id"] == asked, body
    assert app.look("button", "Do Not Quote") is None
    desk.did("The answer says which message it answers")


def pictures(desk):
    app, display = desk.app, desk.display
    holder = desk.copy_picture(640, 400)
    desk.enter()
    display.key("ctrl+v")
    app.find("button", "Remove the File", 20)
    holder.kill()
    desk.write("Like this?")
    desk.did("A picture is pasted and stands above the text")
    app.press("button", "Send")
    desk.empty()
    image = wait("the picture on her phone", lambda: desk.sent("pia", "image"), 30)
    assert [b["image"].get("caption") for b in desk.bodies("image")] == ["Like this?"], desk.bodies("image")
    assert len(image) == 1, image
    desk.did("The picture arrives with its words")

    first = desk.copy_picture(200, 200)
    desk.enter()
    display.key("ctrl+v")
    app.find("button", "Remove the File", 20)
    first.kill()
    large = desk.copy_picture(1700, 1300)
    desk.enter()
    display.key("ctrl+v")
    app.find("button", "Shrink", 30)
    large.kill()
    desk.open_thread("Voice Vera")
    assert app.look("button", "Remove the File") is None, "the files went along to another customer"
    desk.open_thread("Polite Pia")
    assert not app.find("button", "Send").sensitive, "a picture that is too large can be sent"
    desk.did("A picture that is too large is marked before sending; files stay with their customer")
    app.press("button", "Shrink")
    wait("a smaller picture", lambda: app.look("button", "Shrink") is None and app.find("button", "Send").sensitive, 30)
    app.press("button", "Send")
    wait("both pictures on her phone", lambda: len(desk.sent("pia", "image")) == 3, 60)
    wait("no file left", lambda: app.look("button", "Remove the File") is None)
    kept = os.path.join(os.environ["XDG_CACHE_HOME"], "shopbell", "outgoing")
    assert not os.listdir(kept), os.listdir(kept)
    desk.did("It is made smaller, both arrive, and nothing is left in the cache")


def voice(desk):
    app, display = desk.app, desk.display
    app.press("button", "Record Voice Message")
    app.find("button", "Cancel", 10)
    app.sees(re.compile(r"^0:0[2-9]$"), 10)
    desk.did("A voice note is recorded, with its level and its time")
    display.key("Escape")
    app.press("button", "Undo", seconds=10)
    app.find("button", "Remove the File", 10)
    app.press("button", "Remove the File")
    wait("no file left", lambda: app.look("button", "Remove the File") is None)
    assert not desk.sent("pia", "audio")
    desk.did("Escape stops it, Undo brings the take back, nothing was sent")

    app.press("button", "Record Voice Message")
    app.sees(re.compile(r"^0:0[1-9]$"), 10)
    app.press("button", "Send")
    wait("the voice note on her phone", lambda: len(desk.sent("pia", "audio")) == 1, 30)
    body = desk.bodies("audio")[0]
    assert body["audio"]["voice"] is True, body
    desk.field()
    desk.did("The voice note arrives as a voice note")


def later(desk):
    app, display = desk.app, desk.display
    desk.write("See you tomorrow")
    display.key("ctrl+shift+Return")
    app.find("button", re.compile("^Date and Time"), 10)
    behind = app.look("button", re.compile(r"^Monday \d"))  # on a Sunday that is tomorrow
    assert behind is None or not behind.sensitive, "a time after the end of the answer window is offered"
    app.press("button", re.compile("^Date and Time"))
    app.find("spin button", "Time", 5).type("00:00")
    app.press("button", "Send Then")
    app.sees("This time is past.", 5)
    desk.did("Ctrl+Shift+Enter offers times; neither one after the answer window nor one that is past is taken")
    display.key("Escape")
    wait("no menu", lambda: app.look("button", "Send Then") is None)
    desk.enter()
    display.key("ctrl+shift+Return")
    app.press("button", re.compile("^Today|^Tomorrow"))
    desk.empty()
    app.sees(re.compile("Goes out .*: See you tomorrow"), 10)
    turn(2)
    assert not desk.on_phone("pia", "See you tomorrow")
    app.press("button", "Edit the Waiting Message")
    wait("its text in the field", lambda: desk.field().text() == "See you tomorrow", 10)
    desk.field().type("See you soon")
    app.press("button", "Send")
    app.sees(re.compile("Goes out .*: See you soon"), 10)
    desk.empty()
    desk.did("It waits above the field and can be changed there")

    app.press("button", "Cancel the Waiting Message")
    wait("nothing waiting", lambda: app.look("button", "Cancel the Waiting Message") is None, 10)
    wait("Undo of the cancelling", lambda: press_undo(app, "Message cancelled"), 10)
    app.find("button", "Cancel the Waiting Message", 10)
    app.press("button", "Cancel the Waiting Message")
    wait("nothing waiting", lambda: app.look("button", "Cancel the Waiting Message") is None, 10)
    desk.control("clock", {"advance_ms": 2 * 3600 * 1000})
    turn(3)
    assert not desk.on_phone("pia", "See you soon") and not desk.on_phone("pia", "See you tomorrow")
    desk.did("It is cancelled, had back, cancelled again, and never goes out")


def press_undo(app, said):
    """The Undo of the toast with these words; toasts wait in a row for their turn."""
    if app.look("label", said) is None and not any(said in node.name for node in app.root.walk()):
        return False
    button = app.look("button", "Undo")
    if button is None:
        return False
    button.press()
    return True


def keys(desk):
    app, display = desk.app, desk.display
    desk.write("One")
    display.key("shift+Return")
    display.write("two")
    assert desk.field().text() == "One\ntwo", desk.field().text()
    display.key("ctrl+Return")
    desk.empty()
    wait("both lines on her phone", lambda: desk.on_phone("pia", "One\ntwo"), 20)
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("*", "Enter Sends"))
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("*", "Enter Sends") is None)
    desk.write("Three")
    display.key("Return")
    display.write("four")
    assert desk.field().text() == "Three\nfour", desk.field().text()
    desk.did("Shift+Enter begins a line, Ctrl+Enter sends, and Enter does what the preferences say")

    turn(1)
    assert not app.warnings(), app.warnings()
    app.kill()
    desk.start()
    desk.app.find("list item", re.compile("^Polite Pia"), 30)
    desk.open_thread("Polite Pia")
    wait("the draft", lambda: desk.field().text() == "Three\nfour", 10)
    desk.did("kill -9, a new start: the draft is still there")


def story(desk):
    desk.start()
    desk.app.sees("Welcome to Shopbell", 20)
    desk.app.press("button", re.compile("^Start Practicing"))
    desk.app.find("list item", re.compile("^Hurry Hugo"), 40)
    desk.find_server()
    for part in (quick_replies, quote, pictures, voice, later, keys):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk, {"SHOPBELL_VOICE_SOURCE": "audiotestsrc is-live=true wave=ticks"}))
