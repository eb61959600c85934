#!/usr/bin/env python3
"""Walks through every place of the window in one look: nothing may be cut off, reach out of the window, or be too small to touch.

places.py LOOK [PLACE...] [--pictures FOLDER] [--only TEXT] [--rounds]: each state is photographed there, to be held beside the last
ones. One window is walked through from its first question to the end; the inspector inside of it says what is shown and
where to click, and answers only when nothing moves any more, so that nothing here waits for a guessed time. A look is one of
the names below, or any other one put together like ar-dark-700x700-1.6: language, style, size, size of texts.
"""

import argparse
import gettext
import os
import re
import signal
import subprocess
import sys
import time

import places_more
from driver import PATIENCE, TOP, App, Display, GLib, Stage, Stuck, ask, turn, wait
from hand import Hand

sys.path.insert(0, os.path.join(TOP, "tests", "reader"))
import paper  # noqa: E402

LOCALES = {"en": "en_GB.UTF-8", "ar": "ar_EG.UTF-8", "fr": "fr_FR.UTF-8"}
# Width, height, style, language, text scale, high contrast.
LOOKS = {
    "light": (1280, 856, "light", "en", 1.0, False),
    "dark": (1280, 856, "dark", "en", 1.0, False),
    "contrast": (1100, 700, "light", "fr", 1.0, True),
    "arabic": (1280, 856, "light", "ar", 1.0, False),
    "large": (700, 700, "light", "en", 1.6, False),
    "narrow": (360, 640, "light", "en", 1.0, False),
    "narrow-arabic": (360, 640, "dark", "ar", 1.0, False),
    "narrow-french": (360, 640, "light", "fr", 1.0, False),
    "narrow-large": (360, 640, "light", "en", 2.0, False),
}


def look_of(name):
    """A look by its name, or put together: language-style-WIDTHxHEIGHT-texts; the style is light, dark or contrast."""
    if name in LOOKS:
        return LOOKS[name]
    parts = re.fullmatch(r"(en|fr|ar)-(light|dark|contrast)-(\d+)x(\d+)-(\d(?:\.\d+)?)", name)
    if parts is None:
        raise argparse.ArgumentTypeError(f"“{name}” is none of {', '.join(LOOKS)}, and not like ar-dark-700x700-1.6")
    language, style, width, height, scale = parts.groups()
    return int(width), int(height), "light" if style == "contrast" else style, language, float(scale), style == "contrast"


# Words of customers, and what stands in a list or under a name, may end in “…”: the whole of it is one press away.
MAY_BE_CUT = re.compile(r"SbThreadRow|SbPhone|GtkColumnViewCell|GtkListItemWidget|SbBubble|SbMessage|SbQuote|GtkPlaceholder|SbBoardCard"
                        r"|subtitle$|GtkStack > GtkScrolledWindow > GtkViewport > GtkListBox > GtkListBoxRow > GtkLabel$|SbComposer.*GtkOverlay|SbCustomerPane|SbContactCard|AdwDialog.*AdwActionRow|SbLedger|SbChoice|GtkComboBox|AdwComboRow|GtkFileChooser")


class Program(App):
    """The program with the inspector in it, found by its window alone: no accessibility tree is built for this."""

    def __init__(self, display, *arguments):  # pylint: disable=super-init-not-called
        self.display = display
        self.log = open(os.path.join(display.home, "stderr.txt"), "a+b")
        wait("the display", lambda: subprocess.run(["xdotool", "getdisplaygeometry"], capture_output=True).returncode == 0, 10)
        environment = dict(os.environ, LD_PRELOAD=os.environ["SHOPBELL_INSPECTOR_MODULE"], GTK_A11Y="none")
        self.process = subprocess.Popen(["shopbell", *arguments], stderr=self.log, stdout=subprocess.DEVNULL, env=environment)
        wait("the window", self._has_window, 30)
        display.fill()

    def _has_window(self):
        if self.process.poll() is not None:
            raise Stuck(f"the program ended with {self.process.returncode}: {self.stderr()[-800:]}")
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True).stdout


class Walk(Stage):
    """One look: the program speaks its language, the inspector looks at what is shown."""

    def __init__(self, look, pictures, only, rounds=False):
        width, height, style, language, scale, contrast = look
        environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-" + style, "LC_ALL": LOCALES[language], "LANGUAGE": language}
        if contrast:
            environment["ADW_DEBUG_HIGH_CONTRAST"] = "1"
        # Without a window manager the window draws a margin of 5 pixels around itself.
        super().__init__(Display(width + 10, height + 10, environment), pictures)
        self.only, self.wide, self.narrow = only, width >= 1140, width < 629
        self.language, self.scale, self.notes = language, scale, []
        self.hand = Hand()
        self.findings = os.path.join(self.display.home, "findings")
        self.catalog = self._translate(language)
        self.wrong, self.known, self.said = [], set(), 0
        self.rounds = rounds
        self.moved = False  # something was done since it was looked at last
        self.settings(scale)

    def _translate(self, language):
        folder = os.path.join(self.display.home, "locale")
        messages = os.path.join(folder, language, "LC_MESSAGES")
        os.makedirs(messages)
        os.environ.update(SHOPBELL_INSPECTOR=self.findings, SHOPBELL_LOCALES=folder,
                          SHOPBELL_VOICE_SOURCE="audiotestsrc is-live=true wave=ticks",
                          SHOPBELL_CAMERA="videotestsrc is-live=true ! video/x-raw,width=640,height=480")
        if language == "en":
            return gettext.NullTranslations()
        subprocess.run(["msgfmt", "-o", messages + "/shopbell.mo", os.path.join(TOP, "po", language + ".po")], check=True)
        return gettext.translation("shopbell", folder, [language])

    def settings(self, scale):
        """Those of the desktop: the size of all texts, nothing slides, and a cross alone on windows is GNOME's way."""
        os.makedirs(os.environ["XDG_CONFIG_HOME"] + "/gtk-4.0")
        with open(os.environ["XDG_CONFIG_HOME"] + "/gtk-4.0/settings.ini", "w", encoding="utf-8") as stream:
            stream.write("[Settings]\ngtk-decoration-layout=:close\ngtk-enable-animations=0\ngtk-cursor-blink=0\n")
        os.environ["SHOPBELL_TEXTS"] = str(int(scale * 100))

    # -- the window --

    def start(self, page):
        self.app = Program(self.display, "--page", page)

    def end_app(self):
        if self.app is not None:
            self.app.quit()
            said = self.app.warnings()
            self.wrong += [f"said at the end: {line}" for line in said[self.said:]]
            self.app, self.said = None, len(said)
            wait("the name of the program to be free", lambda: self.address() is None, 10)

    def words(self, text, context=None):
        return self.catalog.pgettext(context, text) if context else self.catalog.gettext(text)

    def look(self):
        """What the inspector says of the window, once nothing moves: (what, where, words, figures)."""
        self.moved = False
        if os.path.exists(self.findings):
            os.remove(self.findings)
        self.app.process.send_signal(signal.SIGUSR1)
        wait("what the inspector found", lambda: os.path.exists(self.findings) or self.app.process.poll() is not None, 15, 0.01)
        if self.app.process.poll() is not None:
            raise Stuck(f"the program ended with {self.app.process.returncode}: {self.app.stderr()[-6000:]}")
        with open(self.findings, encoding="utf-8") as stream:
            return [tuple(line.rstrip("\n").split("\t")) for line in stream]

    def settle(self):
        """What was done last has come to an end: keys go where they belong then."""
        if self.moved:
            self.look()

    def matching(self, text, context=None):
        if isinstance(text, re.Pattern):
            return text.search
        wanted = self.words(text, context).replace("_", "")  # in a menu it is the line under a letter
        return lambda words: words == wanted

    def until(self, what, check, seconds=10):
        """The first true answer of check(lines), asked whenever the window has come to rest."""
        end = time.monotonic() + seconds * PATIENCE
        while True:
            answer = check(self.look())
            if answer:
                return answer
            if time.monotonic() > end:
                raise Stuck(f"waited {seconds * PATIENCE:g} s for {what}")

    def shows(self, text, context=None, seconds=10):
        """Words, or “dialog”, “popover”, or the name of a part of the shop."""
        part = isinstance(text, str) and (text in ("dialog", "popover") or re.match("Sb[A-Z]|GtkEmoji", text))
        matches = (lambda words: words == text) if part else self.matching(text, context)
        kind = "shown" if part else "words"
        return self.until(f"“{getattr(text, 'pattern', text)}”", lambda lines: any(line[0] == kind and matches(line[2]) for line in lines), seconds)

    def click(self, text, context=None, within=None, seconds=10, button=1, over=None):
        """The last that has these words: what lies on top comes last. `within` is a pattern of the widgets around it.

        `over` names the part of the shop in which it may have to be scrolled to, where that is not the middle of the window.
        """
        matches = self.matching(text, context)
        end = time.monotonic() + seconds
        while True:
            found = [line for line in self.look() if line[0] == "words" and matches(line[2]) and (not within or re.search(within, line[1]))]
            left = end - time.monotonic()
            if found or left < 0:
                break
            if left < seconds - 0.7:  # what is not there yet may have to be scrolled to: first down, then up again
                self.wheel(5 if left > seconds / 2 else 4, over)
        if not found:
            raise Stuck(f"waited {seconds:g} s for “{getattr(text, 'pattern', text)}” to click")
        x, y = found[-1][3].split(",")
        self.hand.click(x, y, button)
        self.moved = True

    def press(self, part, button=1, seconds=10):
        """The last one of a part of the shop that has no words."""
        found = self.until(part, lambda lines: [line for line in lines if line[0] == "shown" and line[2] == part and line[3]], seconds)
        self.hand.click(*found[-1][3].split(","), button)
        self.moved = True

    def wheel(self, button, over=None):
        x, y = self.display.size[0] // 2, self.display.size[1] // 2
        at = [line[3] for line in self.look() if line[0] == "shown" and line[2] == over and line[3]] if over else []
        if at:
            x, y = at[-1].split(",")
        self.hand.click(x, y, button, 4)

    def keys(self, *keys):
        for key in keys:
            self.settle()
            self.hand.key(key)
            self.moved = True

    def write(self, text):
        self.settle()
        self.hand.write(text)
        self.moved = True

    def address(self):
        """The name of the program on the bus, or None."""
        names = self.notices.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames", None, None, 0, -1, None).unpack()[0]
        return next((name for name in names if name.startswith("io.github.shopbell.Shopbell")), None)

    def act(self, action, text=None):
        """An action of the program, as the desktop asks for it."""
        self.settle()
        self.moved = True
        name = self.address()
        if name is None:
            raise Stuck(f"the program is not there to be asked for {action}")
        bus = self.notices.bus
        bus.call_sync(name, "/" + name.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                      GLib.Variant("(sava{sv})", (action, [GLib.Variant("s", text)] if text else [], {})), None, 0, -1, None)

    # -- what is looked at --

    def ask_for_round(self):
        """The Tab key goes all the way round where no menu is open, once it is at rest."""
        if self.rounds and not any(line[0] == "shown" and line[2] == "popover" for line in self.look()):
            with open(self.findings + "-round", "w", encoding="utf-8"):
                pass

    def see(self, name):
        """Looks at what is shown now, and takes its picture."""
        self.hand.move(3, 3)  # so that nothing is explained
        self.ask_for_round()
        lines = [line for line in self.look() if line[0] not in ("words", "shown", "typed")]
        bad = [line for line in lines if self.is_wrong(*line) and line[:3] not in self.known]
        said = self.app.warnings()
        bad += [("said", "", line, "") for line in said[self.said:]]
        self.said = len(said)
        self.known.update(line[:3] for line in bad)
        self.step += 1
        print(f"{self.step:2}. {name}" + "".join(f"\n      {kind}: “{words}” {figures} {where[-150:]}" for kind, where, words, figures in bad), flush=True)
        self.wrong += [f"{name}: {kind} “{words}” {figures}" for kind, where, words, figures in bad]
        if self.pictures:
            self.display.picture(os.path.join(self.pictures, name + ".png"), settled=True)

    def is_wrong(self, kind, where, words, figures):
        if kind == "window":
            width, height = (int(number) for number in figures.split("x"))
            return width > self.display.size[0] or height > self.display.size[1]
        if kind == "cut":
            # A translation that is too long, and what very large texts leave no room for, is told, not refused.
            told = self.language != "en" or self.scale > 1
            if told and not MAY_BE_CUT.search(where):
                self.notes.append(words)
            return not told and not MAY_BE_CUT.search(where)
        if kind == "low":  # a row that is touched; with a mouse it may be lower
            return self.narrow
        # The toolkit's own plus and minus are 30 pixels in a row of 50; so are its kinds of emoji.
        return kind != "small" or (self.narrow and not re.search("GtkSpinButton|GtkEmojiChooser", where))

    def say_what_is_there(self):
        """Whoever reads of a way that was not found wants to know what there was instead: the words on top of all others."""
        try:
            lines = [line for line in self.look() if line[0] == "words"]
        except Stuck:
            return
        top = [line[2] for line in lines if re.search("Dialog|GtkPopover", line[1])] or [line[2] for line in lines]
        print("      there is:", " | ".join(dict.fromkeys(top))[:1500], flush=True)

    def state(self, name, *acts, shows=None, leave=("Escape",)):
        """Does what leads there, waits until it is there, looks, and goes back by keys. A way that is not found is wrong, too.

        Returns whether it was seen.
        """
        if self.only and not re.search(self.only, name):
            return False
        for last in (False, True):
            try:
                for act in acts:
                    act()
                if shows is not None:
                    self.shows(*shows if isinstance(shows, tuple) else (shows,))
                self.see(name)
                break
            except (Stuck, GLib.Error) as stuck:
                self.lost(name, stuck, last)
                if last:
                    self.keys(*leave)
                    return False
                self.keys("Escape")
        self.keys(*leave)
        return True

    def lost(self, name, stuck, last):
        """The way was not found. It is gone once more, as who pressed a key too early presses it again; then it is wrong."""
        print(f" -. {name}: {stuck}", flush=True)
        self.say_what_is_there()
        if self.pictures:
            self.display.picture(os.path.join(self.pictures, name + "-stuck.png"))
        if last:
            self.wrong.append(f"{name}: {stuck}")


# -- the places, in the order of a first day --


def ways(walk):
    """The acts of a walk, to be done later."""
    return (lambda *keys: lambda: walk.keys(*keys), lambda *words, **more: lambda: walk.click(*words, **more),
            lambda text: lambda: walk.write(text))


def first_run(walk):
    walk.state("welcome", shows="Welcome to Shopbell", leave=())
    walk.act("practice")
    walk.practice()
    walk.shows("SbThreadRow", seconds=40)


def inbox(walk):
    key, click, write = ways(walk)
    walk.state("inbox", shows="SbThreadRow", leave=())
    walk.state("inbox-filter", click("Filter"), shows="SbFilterDialog")
    walk.state("inbox-choose-tag", key("ctrl+1", "j", "t"), shows="SbChoiceDialog")
    walk.state("inbox-choose-snooze", key("s"), shows="SbChoiceDialog")
    walk.state("inbox-choose-assign", key("a"), shows="SbChoiceDialog")
    walk.state("inbox-macros", key("m"), shows="SbChoiceDialog")
    walk.state("inbox-note", key("n"), shows="dialog")
    walk.state("inbox-menu", key("shift+F10"), shows="popover")
    walk.state("inbox-selection", key("x", "j", "x", "j", "x"), shows=re.compile("^\\D*[3٣]\\D*$"))
    walk.state("search", key("ctrl+k"), write("cake"), shows="Messages")
    walk.state("search-nothing", key("ctrl+k"), write("zeppelin"), shows="Nothing Found")
    walk.state("shortcuts", key("ctrl+question"), shows="dialog")
    walk.state("switch-person", key("ctrl+shift+p"), shows="dialog")
    if not walk.wide:
        walk.state("places", key("alt+0"), shows="SbSidebar", leave=())
    walk.state("shops", click("Shop and Person"), shows="popover", leave=("Escape", "alt+1"))


def thread(walk):
    key, click, write = ways(walk)
    walk.keys("alt+1")
    walk.state("thread", click(re.compile("^Amina Haddad"), within="SbThreadView"), shows="SbComposer", leave=())
    field = click(re.compile("Amina Haddad"), within="SbComposer")
    walk.state("thread-emoji", field, key("ctrl+period"), shows="GtkEmojiChooser")
    # The toolkit lacks a word of it in Arabic; the shop has it.
    undo = lambda lines: any(line[0] == "words" and "GtkPopoverMenu" in line[1] and line[2] == walk.words("Undo") for line in lines)  # noqa: E731
    walk.state("thread-spelling", field, write("helo"), key("Left", "shift+F10"), lambda: walk.until("“Undo” in the menu", undo), shows="popover", leave=("Escape", "ctrl+a", "BackSpace"))
    walk.state("thread-send-later", field, write("Soon"), click("Send", button=3), shows="SbSendLater")
    walk.state("thread-draft", key("r"), shows="SbComposer", leave=("ctrl+a", "BackSpace"))
    walk.state("thread-note", field, key("ctrl+shift+n"), shows="SbComposer", leave=())
    walk.state("thread-people", write("@"), shows="popover", leave=("Escape", "BackSpace", "ctrl+shift+n"))
    walk.state("thread-find", key("ctrl+f"), write("cake"), shows="SbFindBar")
    # The side is there on a wide window alone; elsewhere it is called.
    called = () if walk.wide else ("F9",)
    walk.state("customer", key(*called), click("Customer", "side", within="Switcher"), shows="SbCustomerPane", leave=())
    walk.state("phone", click("Phone", "side", within="Switcher"), shows="SbPhonePane", leave=())
    # A day passes: free words may no longer be sent.
    walk.state("thread-lapsed", click("+23 h 59"), click("+1 h"), key(*called), shows="SbTemplateForm", leave=("alt+1",))


def people(walk):
    key, click, write = ways(walk)
    tab = lambda name: click(name, within="AdwViewSwitcher")  # noqa: E731
    walk.keys("alt+2")
    walk.state("people", tab("People"), shows=(re.compile("Amina Haddad"), None, 40), leave=())
    more = click("More", within="SbPeopleMore")
    walk.state("people-more", more, shows="popover")
    walk.state("people-twins", more, click("Possible Duplicates…"), shows="dialog")
    walk.state("people-fields", more, click("Details of Customers…"), shows="dialog")
    walk.state("people-stages", more, click("Stages…"), shows="dialog")
    walk.state("people-group", click("New Group"), click("New Group by Rule…"), shows="SbSegmentDialog")
    walk.state("people-list", click("New Group"), click("New List…"), shows="dialog")
    walk.state("people-search", key("ctrl+f"), write("zeppelin"), shows=re.compile("zeppelin.+|.+zeppelin"))
    walk.state("people-new", lambda: places_more.card(walk, "Amina Haddad"), key("n"), shows="dialog")
    if walk.state("people-unsaved", key("n"), write("Zelda"), key("Escape"), shows="Discard Changes?", leave=()):
        walk.click("_Discard")
    walk.state("people-card", shows="SbContactCard", leave=())
    walk.state("people-tag", key("t"), shows="SbChoiceDialog")
    walk.state("people-stage", key("s"), shows="SbChoiceDialog")
    walk.state("people-same", click("More", within="SbContactCard"), click("Merge With…"), shows="dialog", leave=())
    walk.state("people-compare", write("Okafor"), click("Mrs Okafor", within="Dialog"), shows="The Same Person?")
    walk.state("people-back", shows="SbPeoplePage")
    walk.state("people-selection", key("x", "Down", "x"), shows="SbPeoplePage")


def board(walk):
    key, click, write = ways(walk)
    walk.keys("alt+2")
    walk.state("board-empty", click("Board", within="AdwViewSwitcher"), shows="Start with Five Stages", leave=())
    walk.state("board", click("Start with Five Stages"), shows="SbBoardLane", leave=())


def consent(walk):
    key, click, write = ways(walk)
    walk.keys("alt+2")
    walk.state("consent", click("Consent", within="AdwViewSwitcher"), shows="SbLedger", leave=())
    walk.state("consent-more", click("More"), shows="popover")
    walk.state("consent-stop-words", click("More"), click("Stop _Words…"), shows="dialog")
    walk.state("consent-wordings", click("More"), click("W_ordings…"), shows="dialog")
    walk.state("consent-record", click("Record Consent"), shows="dialog")


TABLE = """Name,Telephone,Stand,Opt in,Notes
Zineb Alaoui,07700 900801,12,yes,asked for a tasting
Omar Tazi,+44 7700 900802,4,no,
Karim El Idrissi,07700 900803,9,yes,wedding in June
Mrs Okafor,07700 900177,3,yes,
No Number At All,,2,yes,
Wrong Number,12,1,,
Hélène Dupont,07700 900806,8,yes,écrit en français
"""


def imports(walk):
    key, click, write = ways(walk)
    walk.keys("alt+2")
    walk.state("imports-empty", click("Imports", within="AdwViewSwitcher"), shows="No Imports Yet", leave=())
    walk.state("imports-menu", click("Import…", within="GtkButton|GtkMenuButton|GtkToggleButton"), shows="popover")
    table = os.path.join(walk.display.home, "wedding-fair.csv")
    with open(table, "w", encoding="utf-8") as stream:
        stream.write(TABLE)
    walk.state("import", lambda: walk.act("import", table), lambda: walk.shows(re.compile("Karim El Idrissi"), seconds=30), shows="SbImportPage", leave=())
    walk.state("import-row", click(re.compile("No Number At All")), click("Edit…"), shows="SbImportRowDialog")
    walk.state("import-done", key("ctrl+Return"), lambda: walk.shows("Show in Imports", seconds=30), leave=())
    walk.state("imports", click("Show in Imports"), shows="SbImportDetail", leave=())
    photo = os.path.join(walk.display.home, "IMG_2041.jpg")
    paper.draw_list(photo, 12, "photo")
    walk.state("paper", lambda: give(walk, photo), shows=re.compile("07700 900867"), leave=())
    walk.state("paper-menu", click("More"), shows="popover")
    walk.state("paper-languages", click("More"), click("Languages on the Paper…"), shows="dialog")


def give(walk, path):
    """As a person pastes a file that was copied in the file manager."""
    owner = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "clipboard.py"), "files", path],
                             stdout=subprocess.PIPE, text=True)
    try:
        wait("the clipboard", lambda: owner.stdout.readline().strip() == "ready", 10)
        walk.keys("ctrl+v")
        walk.shows("SbOcrReview", seconds=90)
    finally:
        owner.terminate()
        owner.wait()


def health(walk):
    walk.act("health")
    walk.state("health", shows="SbHealthPage")


def preferences(walk):
    key, click, write = ways(walk)
    pages = {"shop": ("Shop",), "writing": ("Writing",), "notifications": ("Alerts",), "macros": ("Macros", "dialog"), "hours": ("Hours",), "lines": ("Lines",)}
    walk.act("preferences")
    walk.shows("dialog")
    for name, title in pages.items():
        walk.state("preferences-" + name, lambda title=title: walk.click(*title, within="AdwViewSwitcher"), shows="dialog", leave=())
    # A second person makes the desk one that is shared.
    walk.state("preferences-people", lambda: walk.click(*pages["shop"], within="AdwViewSwitcher"), click("Add a Name"), write("Bea"), key("Return"),
               shows="Bea", leave=())
    walk.state("macro", lambda: walk.click(*pages["macros"], within="AdwViewSwitcher"), click("Add a Macro"), shows="SbMacroEditor", leave=("Escape", "Escape"))


def own_shop(walk):
    walk.act("connect")
    walk.state("connect", shows="SbConnectDialog")
    walk.state("own-shop", shows="SbInboxPage")


PLACES = {"first": first_run, "preferences": preferences, "inbox": inbox, "thread": thread, "people": people, "board": board, "consent": consent, "imports": imports,
          "health": health, "own": own_shop}
PLACES = places_more.add(PLACES, ways)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("look", type=look_of)
    parser.add_argument("places", nargs="*", default=list(PLACES))
    parser.add_argument("--pictures")
    parser.add_argument("--only")
    parser.add_argument("--rounds", action="store_true", help="the Tab key, too, goes through all of each state")
    parser.add_argument("--without", help="a place that is left out: one that waits for servers, on a busy machine")
    options = parser.parse_args()
    walk = Walk(options.look, options.pictures, options.only, options.rounds)
    try:
        walk.start("welcome" if "first" in options.places else "inbox")
        for name in (name for name in options.places if name != options.without):
            try:
                PLACES[name](walk)
            except (Stuck, GLib.Error) as stuck:
                walk.wrong.append(f"{name}: {stuck}")
                print(f" -. {name}: {stuck}", flush=True)
        walk.end_app()
    finally:
        walk.end()
    if walk.notes:
        print("cut off in this look:", ", ".join(f"“{words}”" for words in dict.fromkeys(walk.notes)))
    for line in walk.wrong:
        print("wrong:", line)
    print(f"{walk.step} states, {len(walk.wrong)} things wrong")
    return 1 if walk.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
