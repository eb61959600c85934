"""The places of the walk that need staging: a message of a kind, a file, a line that is gone, a window that was closed in between."""

import csv
import json
import os
import re
import subprocess
import sys
import urllib.request

from driver import Stuck, ask, wait

HERE = os.path.dirname(os.path.abspath(__file__))
AMINA = "447700900142"
LONG_REPLY = "We are open until {{hour}}, on Saturdays from nine to four, and closed on Sundays and holidays."


def add(places, ways):
    """The places in the order of a day, these among them."""
    def staged(place):
        return lambda walk: place(walk, *ways(walk))
    after = {"preferences": words, "inbox": desk, "thread": messages, "people": cards, "board": stages, "consent": questions,
             "imports": lists, "own": connecting}
    before = {"own": lines}
    order = {}
    for name, place in places.items():
        if name in before:
            order[before[name].__name__] = staged(before[name])
        order[name] = place
        if name in after:
            order[after[name].__name__] = staged(after[name])
    return order


def cli(walk, *arguments):
    found = subprocess.run(["shopbell-cli", "--shop", walk.practice()[0], "--json", *arguments], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in found.stdout.splitlines()]


def practice(walk, what, body):
    """The other side of the practice line."""
    return ask(walk.practice()[1] + "/_practice/" + what, body)


def hold(*arguments):
    """Another program that has files on the clipboard."""
    owner = subprocess.Popen([sys.executable, os.path.join(HERE, "clipboard.py"), *arguments], stdout=subprocess.PIPE, text=True)
    wait("the clipboard", lambda: owner.stdout.readline().strip() == "ready", 10)
    return owner


def untold(walk):
    """What the window told of the last acts lies over the field: it is closed, its last button does so."""
    for _ in range(6):
        told = [line for line in walk.look() if line[0] == "words" and "AdwToastWidget" in line[1]]
        if not told:
            return
        subprocess.run(["xdotool", "mousemove", *told[-1][3].split(","), "click", "1", "mousemove", "3", "3"], check=True)


def paste_words(walk, text):
    """Instead of what stands in the field. Long keys come whole, which typing on a busy machine does not promise."""
    owner = hold("text", text)
    try:
        for _ in range(5):  # a busy machine asks for them late, and once too early
            walk.keys("ctrl+a", "ctrl+v")
            try:
                walk.until("the words in their field", lambda lines: any(line[0] == "typed" and line[2] == text for line in lines), 3)
                return
            except Stuck:
                continue
        raise Stuck(f"waited for {len(text)} letters in a field")
    finally:
        owner.terminate()
        owner.wait()


def paste(walk, *paths):
    owner = hold("files", *paths)
    try:
        walk.keys("ctrl+v")
        walk.settle()
    finally:
        owner.terminate()
        owner.wait()


# -- what is written often --


def words(walk, key, click, write):
    walk.act("preferences")
    walk.shows("dialog")
    walk.state("preferences-quick-reply", click("Writing", within="AdwViewSwitcher"), click("Add a Quick Reply"), click("Name to Find It By"), write("Hours"),
               key("Tab"), write(LONG_REPLY), shows="Hours", leave=())
    walk.state("preferences-quick-replies", click("Add", within="GtkListBox"), shows=LONG_REPLY, leave=("Escape",))


# -- the list --


def tag(walk, key, click, write, *keys):
    """The row below where the keys are gets a tag."""
    for act in (key("ctrl+1", *keys, "t"), lambda: walk.shows("SbChoiceDialog")):
        act()


def desk(walk, key, click, write):
    walk.keys("alt+1")
    if walk.wide:
        walk.state("main-menu", click("Main Menu"), shows="popover")
    walk.state("toast", key("ctrl+1", "j", "t"), lambda: walk.shows("SbChoiceDialog"), click("New Tag"), write("Wed"), key("Return"), shows="Undo", leave=())
    if walk.state("inbox-choose-tags", key("ctrl+1", "j", "j", "t"), shows="SbChoiceDialog", leave=()):
        walk.click("New Tag")
        walk.write("Regular")
        walk.keys("Return")
    walk.state("tags", key("ctrl+1", "j", "t"), lambda: walk.shows("SbChoiceDialog"), click("Edit Tags…"), shows="What you change here changes everywhere. Undo takes it back.", leave=())
    walk.state("tag", click("Wed", within="AdwPreferencesDialog"), shows="Merge Into…", leave=())
    walk.state("tag-merge-into", click("Merge Into…"), shows="Regular")
    walk.state("tag-question", click("Name"), key("ctrl+a"), write("Regular"), key("Return"), shows="Merge the Two Tags?", leave=("Escape", "Escape", "Escape", "Escape"))
    walk.state("inbox-filter-tags", key("alt+1"), click("Filter"), lambda: walk.shows("SbFilterDialog"), click("Wed", within="SbFilterDialog"), shows="SbFilterDialog")
    walk.state("view-strip", shows="Save…", leave=())
    if walk.state("view-save", click("Save…"), shows="SbChoiceDialog", leave=()):
        walk.keys("ctrl+a")
        walk.write("Weddings")
        walk.keys("Return")
    if not walk.wide:
        walk.keys("alt+0")
    walk.state("view-menu", click("Weddings", button=3), shows="popover", leave=("Escape", "alt+1"))
    walk.state("view-empty", key("ctrl+5"), shows="Nothing Here", leave=("ctrl+1",))


# -- a conversation --


def film(walk):
    """A video of Amina's telephone."""
    import gi
    gi.require_version("Gst", "1.0")
    from gi.repository import Gst
    Gst.init(None)
    path = os.path.join(walk.display.home, "hall.mp4")
    pipeline = Gst.parse_launch("videotestsrc num-buffers=30 pattern=smpte ! video/x-raw,width=480,height=320,framerate=15/1 ! jpegenc ! qtmux ! "
                                f"filesink location={path}")
    pipeline.set_state(Gst.State.PLAYING)
    pipeline.get_bus().timed_pop_filtered(30 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    return path


def upload(walk, path, mime):
    """A file as a customer's telephone brings it to the network. Its id there."""
    for folder, _, files in os.walk(os.path.join(walk.display.home, "data")):
        if "practice.json" in files:
            with open(os.path.join(folder, "practice.json"), encoding="utf-8") as stream:
                known = json.load(stream)
    with open(path, "rb") as stream:
        data = stream.read()
    body = b"".join([b'--X\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n--X\r\nContent-Disposition: form-data; name="type"\r\n\r\n',
                     mime.encode(), b'\r\n--X\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: ', mime.encode(), b"\r\n\r\n", data, b"\r\n--X--\r\n"])
    request = urllib.request.Request(f"{known['url'].rstrip('/')}/v23.0/{known['phone_number_id']}/media", body,
                                     {"Authorization": "Bearer " + known["token"], "Content-Type": "multipart/form-data; boundary=X"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["id"]


def messages(walk, key, click, write):
    """Amina writes again: her conversation is open once more."""
    walk.keys("alt+1")
    video = {"id": upload(walk, film(walk), "video/mp4"), "mime_type": "video/mp4", "caption": "Our hall"}
    practice(walk, "inbound", {"from": AMINA, "name": "Amina Haddad", "type": "video", "video": video})
    walk.state("video", click(re.compile("^Amina Haddad"), within="SbThreadView"), shows="SbVideoTile", leave=())
    field = click(re.compile("Amina Haddad"), within="SbComposer")
    walk.state("thread-menu", click("More", within="SbConversation.*AdwHeaderBar"), shows="popover")
    walk.state("message-menu", lambda: walk.press("SbTextBlock", 3), shows="popover")
    walk.state("message-info", lambda: walk.press("SbTextBlock", 3), click("Info"), shows="Message Info")
    walk.state("quick-replies", field, write("/"), shows="SbQuickReplyMenu", leave=("Escape", "ctrl+a", "BackSpace"))
    walk.state("quote", field, key("ctrl+Up"), shows="SbComposerStrip")
    if walk.state("files", field, lambda: paste(walk, os.path.join(HERE, "..", "..", "README.md")), shows="SbAttachTile", leave=()):
        walk.click("Remove the File")
    if walk.state("waiting", field, write("See you tomorrow"), key("ctrl+shift+Return"), lambda: walk.shows("SbSendLater"), key("Return"), shows="SbScheduledList", leave=()):
        walk.click("Cancel the Waiting Message")
        untold(walk)
    walk.state("note-question", field, lambda: copy_note(walk, field), shows="Paste a Note into a Message?", leave=("Escape", "ctrl+a", "BackSpace"))
    walk.state("record", click("Record Voice Message"), shows="SbRecordBar")
    untold(walk)
    photo(walk)
    called = () if walk.wide else ("F9",)
    walk.state("customer-menu", key(*called), click("Customer", "side", within="Switcher"), click("More About This Customer"), shows="popover", leave=("Escape",))
    walk.state("customer-tag", click("Add a Tag", within="SbCustomerPane"), shows="popover", leave=("Escape",))
    walk.state("offline", click("Phone", "side", within="Switcher"), lambda: practice(walk, "online", {"online": False}), shows="SbPhonePane", leave=called)
    walk.state("offline-message", field, write("Are you there?"), key("Return"), shows="SbComposer", leave=("alt+1",))
    practice(walk, "online", {"online": True})


def copy_note(walk, field):
    walk.keys("ctrl+shift+n")
    walk.write("She pays late")
    walk.keys("ctrl+Return")
    untold(walk)
    walk.press("SbTextBlock")
    walk.keys("ctrl+c")
    field()
    walk.keys("ctrl+v")


def photo(walk):
    """Of the shop, a little further up."""
    def open_it():
        for turn in range(20):  # the small one of a quote leads to the message
            found = [line for line in walk.look() if line[0] == "shown" and line[2] == "SbPhoto" and line[3]]
            if found:
                subprocess.run(["xdotool", "mousemove", *found[turn % len(found)][3].split(","), "click", "1"], check=True)
            if any(line[2] == "dialog" for line in walk.look()):
                return
            if not found or turn % len(found) == len(found) - 1:
                x, y = walk.display.size
                subprocess.run(["xdotool", "mousemove", str(x // 2), str(y // 2), "click", "--repeat", "2", "4"], check=True)
    walk.state("photo", open_it, shows="Photo")


# -- people --


def card(walk, name):
    """The card of somebody; where it lies over the list it is opened with Enter."""
    walk.click(re.compile(name), within="SbPeoplePage", seconds=40)
    if not any(line[0] == "shown" and line[2] == "SbContactCard" for line in walk.look()):
        walk.keys("Return")
    walk.shows("SbContactCard")


def cards(walk, key, click, write):
    walk.keys("alt+2")
    walk.click("People", within="AdwViewSwitcher")
    walk.state("people-filter", click("Filter", within="SbPeopleFilter"), shows="popover")
    walk.state("people-columns", click("More", within="SbPeopleMore"), click("Columns"), shows="Tags")
    walk.state("people-values", click("New Group"), click("New Group by Rule…"), lambda: walk.shows("SbSegmentDialog"), click("Choose…"), shows="popover",
               leave=("Escape", "Escape"))
    walk.state("people-card-menu", lambda: card(walk, "Amina Haddad"), click("More", within="SbContactCard"), shows="popover")
    menu = click("More", within="SbContactCard")
    walk.state("people-edit", click("Edit", within="SbContactCard"), shows="Edit Contact")
    if walk.state("people-add-to-list", menu, click("Add to List…"), shows="dialog", leave=()):
        walk.write("Weddings")
        walk.keys("Return")
    walk.state("people-why", menu, click("Why in This Group?"), shows="SbSegmentWhy")
    walk.state("people-timeline", click("Show All", within="SbContactCard"), shows="dialog")
    walk.state("people-erase", menu, click("_Erase for Good…"), shows=re.compile("Amina Haddad"), leave=("Escape", "Escape"))
    walk.state("people-group-menu", click(re.compile("^Weddings"), within="SbPeoplePage", button=3), shows="popover")


# -- stages --


def stages(walk, key, click, write):
    walk.keys("alt+2")
    walk.click("People", within="AdwViewSwitcher")
    if walk.state("people-stage-choice", lambda: card(walk, "Amina Haddad"), key("s"), shows="SbChoiceDialog", leave=()):
        walk.click("New Question", within="SbChoiceDialog")
        walk.keys("Escape")
    walk.state("board-cards", click("Board", within="AdwViewSwitcher"), shows="SbBoardCard", leave=())


# -- consent --


def questions(walk, key, click, write):
    walk.keys("alt+2")
    practice(walk, "inbound", {"from": "447700910002", "name": "Elm Court Hotel", "type": "text", "text": "We have to stop by tomorrow, is that ok?"})
    walk.state("consent-question", click("Consent", within="AdwViewSwitcher"), shows="Was this a STOP?", leave=())
    if not walk.wide:
        walk.state("consent-proof", click("More", within="SbConsentPage"), click("_Proof"), shows="SbProofPane", leave=("Escape", "alt+2"))
    walk.state("consent-erase", click("More", within="SbConsentPage"), click("_Erase for Good…"), shows="dialog")


# -- lists --


def leave_page(walk):
    """A file or a paper that is looked at covers the lists."""
    if any(line[0] == "shown" and line[2] in ("SbOcrReview", "SbImportPage") for line in walk.look()):
        walk.press("AdwBackButton")


def ways_in(walk):
    """The menu of the imports; where there is little room it is one step back from an import."""
    if not any(line[0] == "words" and line[2] == walk.words("Import") and "GtkMenuButton" in line[1] for line in walk.look()):
        walk.press("AdwBackButton")
    walk.click("Import", within="GtkMenuButton")


def lists(walk, key, click, write):
    leave_page(walk)
    walk.click("Imports", within="AdwViewSwitcher")
    walk.state("import-undone", click("Undo Import"), shows="This import was taken back", leave=())
    if not walk.narrow and walk.scale == 1:
        walk.state("imports-more", click("More", within="SbImportsPage"), shows="popover")
        walk.state("export", click("More", within="SbImportsPage"), click("Export Contacts…"), shows="Export Contacts")
    walk.state("import-pasted", lambda: ways_in(walk), click("Pasted Text…"), shows="dialog")
    begun(walk, key, click, write)
    broken = os.path.join(walk.display.home, "broken.xlsx")
    with open(broken, "wb") as stream:
        stream.write(b"PK\x03\x04 no spreadsheet")
    walk.state("import-failed", lambda: walk.act("import", broken), shows="This File Cannot Be Read", leave=())
    leave_page(walk)
    pages(walk, key, click)
    leave_page(walk)
    walk.state("camera", lambda: ways_in(walk), click("Take a Photo…"), shows="Take Photo")


def begun(walk, key, click, write):
    """Somebody tags a list and goes home; the next day it waits for an answer."""
    path = os.path.join(walk.display.home, "stall.csv")
    with open(path, "w", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("Name", "Telephone")] + [(f"Customer {i}", f"+44 7700 9009{i:02}") for i in range(12)])
    walk.act("import", path)
    walk.shows(re.compile("Customer 3"), seconds=30)
    called = () if walk.wide or any(line[0] == "words" and line[2] == walk.words("Add Tag") for line in walk.look()) else (click("Columns in Your File"),)
    walk.state("import-marks", *called, click("Add Tag", over="SbImportColumns"), write("Fair"), shows="SbImportMarksGroup", leave=())
    walk.look()
    walk.end_app()
    walk.start("contacts/imports")
    walk.state("import-begun", shows=re.compile(re.escape("stall.csv")), leave=())


def pages(walk, key, click):
    """A book of sixty pages: fifty are read at once, the others are offered."""
    book = os.path.join(walk.display.home, "book.pdf")
    sheets = []
    for i in range(60):
        sheets.append(os.path.join(walk.display.home, f"page{i}.svg"))
        with open(sheets[-1], "w", encoding="utf-8") as stream:
            stream.write('<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842"><text x="60" y="90" font-family="Noto Sans" font-size="14">'
                         f"Amina Haddad 07700 900{i:03}</text></svg>")
    subprocess.run(["rsvg-convert", "-f", "pdf", "-o", book, *sheets], check=True)
    walk.state("paper-which-pages", lambda: paste(walk, book), shows=re.compile("(^|\\D)60\\D"), leave=())
    walk.state("paper-pages", key("Return"), lambda: walk.shows("SbOcrReview", seconds=90), shows=re.compile(r"\D10\D*$"), leave=())
    walk.state("paper-country", click("More"), click("Country of the Numbers…"), shows="Country of the Numbers", leave=("Escape",))


# -- a line that is gone --


def lines(walk, key, click, write):
    """The line the customers wrote to is removed; another one is there."""
    import sqlite3
    folder = walk.practice()[0]
    walk.end_app()
    with sqlite3.connect(os.path.join(folder, "shop.db"), timeout=10) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info (line)")]
        row = dict(zip(names, file.execute("SELECT * FROM line").fetchone()))
        old, row["id"], row["name"] = row["id"], row["id"] + 1, "Wholesale"
        for name in ("phone_number_id", "number", "box"):
            if row.get(name):
                row[name] = str(row[name])[:-1] + "9"
        file.execute(f"INSERT INTO line ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [row[name] for name in names])
        file.execute("UPDATE line SET state = 5 WHERE id = ?", (old,))
    walk.start("inbox")
    walk.state("which-line", click(re.compile("^Amina Haddad"), within="SbThreadView", seconds=40), shows="Which line should answer?", leave=("alt+1",))


# -- a number of one's own --


def server(*command):
    """A server that says where it is in one line of JSON."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())


def connecting(walk, key, click, write):
    home = walk.display.home
    network, says = server("shopbell-practice", "--listen", "127.0.0.1:0", "--state", os.path.join(home, "network"), "--cake-shop")
    boxes, secret = os.path.join(home, "mailbox"), os.path.join(home, "app-secret")
    os.mkdir(boxes, 0o700)
    with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(says["app_secret"])
    box = json.loads(subprocess.run(["shopbell-mailbox", "add-box", "cakes", "--data", boxes, "--json", "--app-secret-file", secret],
                                    capture_output=True, text=True, check=True).stdout)
    mailbox, where = server("shopbell-mailbox", "serve", "--data", boxes, "--listen", "127.0.0.1:0")
    walk.servers += [network, mailbox]

    def fill(title, text):
        return lambda: (walk.click(title, within="SbConnectDialog"), paste_words(walk, text))
    walk.act("connect")
    walk.state("connect-account", fill("Access Key", says["token"]), fill("Phone Number Id", says["phone_number_id"]), fill("Business Account Id", says["waba_id"]),
               fill("App Secret", says["app_secret"]), fill("Other Address of the Network (leave empty)", says["url"]), shows="SbConnectDialog", leave=())
    walk.state("connect-receiving", click("Continue"), fill("Address", where["url"].rstrip("/")), fill("Name of the Box", box["box"]), fill("Key of the Box", "wrong"),
               fill("Verify Token", box["verify_token"]), shows="SbConnectDialog", leave=())
    walk.state("connect-check", click("Continue"), shows=("Turn It On for Me", None, 40), leave=())
    walk.state("connect-put-right", click("Back"), fill("Key of the Box", box["token"]), click("Continue"), shows=("Turn It On for Me", None, 40), leave=())
    walk.state("connect-first", click("Turn It On for Me"), lambda: walk.shows("Everything is right", seconds=40), click("Connect", within="GtkButton"),
               shows=("Waiting for the First Message", None, 30), leave=())
    ask(says["url"].rstrip("/") + "/_practice/inbound", {"persona": "pia", "type": "text", "text": "Hello, is this the cake shop?"})
    walk.state("connect-arrived", shows=("It Arrived", None, 40))
