#!/usr/bin/env python3
"""Walks through every place of the window in one look: nothing may be cut off, reach out of the window, or be too small to touch.

places.py LOOK [--pictures FOLDER] [--only TEXT]: each state is photographed there, to be held beside the last ones.
"""

import argparse
import gettext
import os
import re
import signal
import subprocess
import sys

from driver import TOP, App, Display, GLib, Node, Notifications, Stage, Stuck, turn, wait

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
# Words of customers, and what stands in a list or under a name, may end in “…”: the whole of it is one press away.
MAY_BE_CUT = re.compile(r"SbThreadRow|SbPhone|GtkColumnViewCell|GtkListItemWidget|SbBubble|SbMessage|SbQuote|GtkPlaceholder|SbBoardCard"
                        r"|subtitle$|GtkStack > GtkScrolledWindow > GtkViewport > GtkListBox > GtkListBoxRow > GtkLabel$|SbComposer.*GtkOverlay|SbCustomerPane|SbContactCard|AdwDialog.*AdwActionRow|SbLedger|SbChoice|GtkComboBox|AdwComboRow|GtkFileChooser")


class Walk(Stage):
    """One look: the program speaks its language, the inspector looks at what is shown."""

    def __init__(self, look, pictures, only):
        width, height, style, language, scale, contrast = LOOKS[look]
        environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-" + style, "LC_ALL": LOCALES[language], "LANGUAGE": language}
        if contrast:
            environment["ADW_DEBUG_HIGH_CONTRAST"] = "1"
        # Without a window manager the window draws a margin of 5 pixels around itself.
        super().__init__(Display(width + 10, height + 10, environment), pictures)
        self.only, self.wide, self.narrow = only, width >= 1140, width < 629
        self.language, self.scale, self.notes = language, scale, []
        self.findings = os.path.join(self.display.home, "findings")
        self.catalog = self._translate(language)
        self.wrong, self.known = [], set()
        self.texts(scale)

    def _translate(self, language):
        folder = os.path.join(self.display.home, "locale")
        messages = os.path.join(folder, language, "LC_MESSAGES")
        os.makedirs(messages)
        os.environ.update(SHOPBELL_INSPECTOR=self.findings, SHOPBELL_LOCALES=folder)
        if language == "en":
            return gettext.NullTranslations()
        subprocess.run(["msgfmt", "-o", messages + "/shopbell.mo", os.path.join(TOP, "po", language + ".po")], check=True)
        return gettext.translation("shopbell", folder, [language])

    def texts(self, scale):
        """The size of all texts and the buttons of the window, as the desktop's settings have them: a cross alone is GNOME's way."""
        os.makedirs(os.environ["XDG_CONFIG_HOME"] + "/gtk-4.0")
        with open(os.environ["XDG_CONFIG_HOME"] + "/gtk-4.0/settings.ini", "w", encoding="utf-8") as stream:
            stream.write("[Settings]\ngtk-decoration-layout=:close\n")
        os.environ["SHOPBELL_TEXTS"] = str(int(scale * 100))

    # -- the window --

    def start(self, page):
        self.end_app()
        module = os.environ["SHOPBELL_INSPECTOR_MODULE"]
        self.app = App(self.display, f"LD_PRELOAD={module}", "shopbell", "--page", page, program="env")
        turn(1.0)
        self.display.fill()
        if page != "welcome":
            self.practice()

    def end_app(self):
        if self.app is not None:
            self.wrong += [f"said: {line}" for line in self.app.warnings()]
            self.app.quit()
            self.app.log.close()
            os.remove(self.app.log.name)
            self.app = None

    def words(self, text, context=None):
        return self.catalog.pgettext(context, text) if context else self.catalog.gettext(text)

    def find(self, role, text=None, seconds=6, **more):
        return self.app.find(role, text if text is None or isinstance(text, re.Pattern) else self.words(text), seconds, **more)

    def press(self, role, text=None, **more):
        node = self.find(role, text, **more)
        node.press()
        turn(0.5)
        return node

    def keys(self, *keys):
        for key in keys:
            self.display.key(key)
            turn(0.12)
        turn(0.35)

    def act(self, action, text):
        """An action of the program, as the desktop asks for it."""
        bus = self.notices.bus
        names = bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames", None, None, 0, -1, None).unpack()[0]
        name = next(name for name in names if name.startswith("io.github.shopbell.Shopbell"))
        bus.call_sync(name, "/" + name.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                      GLib.Variant("(sava{sv})", (action, [GLib.Variant("s", text)], {})), None, 0, -1, None)

    def row(self, name):
        return self.app.find("list item", re.compile("^" + re.escape(name)), 40)

    # -- what is looked at --

    def see(self, name):
        """Looks at what is shown now, and takes its picture."""
        subprocess.run(["xdotool", "mousemove", "3", "3"], check=True)  # so that nothing is explained
        turn(0.4)
        if os.path.exists(self.findings):
            os.remove(self.findings)
        self.app.process.send_signal(signal.SIGUSR1)
        wait("what the inspector found", lambda: os.path.exists(self.findings) and os.path.getsize(self.findings), 5)
        with open(self.findings, encoding="utf-8") as stream:
            lines = [line.rstrip("\n").split("\t") for line in stream]
        bad = [line for line in lines if self.is_wrong(*line) and tuple(line[:3]) not in self.known]
        self.known.update(tuple(line[:3]) for line in bad)
        self.step += 1
        print(f"{self.step:2}. {name}" + "".join(f"\n      {kind}: “{words}” {figures} {where[-150:]}" for kind, where, words, figures in bad), flush=True)
        self.wrong += [f"{name}: {kind} “{words}” {figures}" for kind, where, words, figures in bad]
        if self.pictures:
            self.display.picture(os.path.join(self.pictures, name + ".png"))

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
        # The toolkit's own plus and minus are 30 pixels in a row of 50.
        return kind != "small" or (self.narrow and "GtkSpinButton" not in where)

    def state(self, name, *acts, leave=("Escape",)):
        """Does what leads there, looks, and goes back by keys. A way that is not found is wrong, too."""
        if self.only and not re.search(self.only, name):
            return
        try:
            for act in acts:
                act()
            self.see(name)
        except (Stuck, GLib.Error) as stuck:
            self.wrong.append(f"{name}: {stuck}")
            print(f" -. {name}: {stuck}", flush=True)
            if self.pictures:
                self.display.picture(os.path.join(self.pictures, name + "-stuck.png"))
        self.keys(*leave)


# -- the places --


def inbox(walk):
    walk.start("inbox")
    walk.row("Mrs Okafor")
    turn(1.5)
    key = lambda *keys: lambda: walk.keys(*keys)  # noqa: E731
    opened = lambda name: lambda: (walk.display.click(walk.row(name)), turn(1.2))  # noqa: E731
    walk.state("inbox", leave=())
    walk.state("inbox-filter", lambda: walk.press("button", "Filter"))
    walk.state("inbox-choose-tag", key("ctrl+1", "j", "t"))
    walk.state("inbox-choose-snooze", key("s"))
    walk.state("inbox-choose-assign", key("a"))
    walk.state("inbox-macros", key("m"))
    walk.state("inbox-note", key("n"))
    walk.state("inbox-menu", key("shift+F10"))
    walk.state("inbox-selection", key("x", "j", "x", "j", "x"))
    walk.state("search", key("ctrl+k"), lambda: (walk.display.write("cake"), turn(1.2)))
    walk.state("search-nothing", key("ctrl+k"), lambda: (walk.display.write("zeppelin"), turn(1.2)))
    walk.state("shortcuts", key("ctrl+question"))
    walk.state("switch-person", key("ctrl+shift+p"))
    if not walk.wide:
        walk.state("places", key("alt+0"), leave=("alt+1",))
    walk.state("thread", opened("Amina Haddad"), leave=())
    walk.state("thread-note", key("ctrl+shift+n"), leave=("ctrl+shift+n",))
    walk.state("thread-quick-replies", key("slash"))
    walk.state("thread-find", key("ctrl+f"), lambda: (walk.display.write("cake"), turn(0.8)))
    walk.state("phone", lambda: walk.wide or (walk.narrow and (walk.keys("alt+1"), opened("Amina Haddad")()), walk.keys("F9")), leave=())
    walk.state("customer", lambda: walk.press("page tab", re.compile("^" + re.escape(walk.words("Customer", "side")) + "$")), lambda: turn(0.6), leave=("F9",))


def health(walk):
    walk.start("health")
    walk.state("health", lambda: turn(1.5))


def preferences(walk):
    for page in ("shop", "writing", "notifications", "macros", "hours", "lines"):
        if walk.only and not re.search(walk.only, "preferences-" + page):
            continue
        walk.start("preferences/" + page)
        walk.state("preferences-" + page, lambda: turn(0.8))


def first_run(walk):
    walk.start("welcome")
    walk.state("welcome", leave=())


def people(walk):
    key = lambda *keys: lambda: walk.keys(*keys)  # noqa: E731
    walk.start("contacts/people")
    row = lambda: wait("a row", lambda: next((n for n in walk.app.root.walk() if n.role in ("table row", "list item") and n.name.startswith("Amina Haddad")), None), 40)  # noqa: E731
    row()
    turn(1)
    walk.state("people", leave=())
    walk.state("people-more", lambda: walk.press("toggle button", "More"))
    walk.state("people-new", lambda: (walk.display.click(row()), turn(0.8)), key("n"))
    walk.state("people-card", leave=())
    walk.state("people-tag", key("t"))
    walk.state("people-stage", key("s"))
    walk.state("people-card-2", leave=("Escape",))
    walk.state("people-selection", key("x", "Down", "x"))
    walk.state("people-search", key("ctrl+f"), lambda: (walk.display.write("zeppelin"), turn(0.8)))
    walk.state("people-group", lambda: walk.press("toggle button", "New Group"), lambda: walk.press("menu item", index=0))


def board(walk):
    walk.start("contacts/board")
    turn(2)
    walk.state("board-empty", leave=())
    walk.state("board", lambda: walk.press("button", "Start with Five Stages"), lambda: turn(1), leave=())


def consent(walk):
    key = lambda *keys: lambda: walk.keys(*keys)  # noqa: E731
    walk.start("contacts/consent")
    turn(3)
    walk.state("consent", leave=())
    walk.state("consent-more", lambda: walk.press("toggle button", "More"))
    walk.state("consent-stop-words", lambda: walk.press("toggle button", "More"), key("w"))
    walk.state("consent-wordings", lambda: walk.press("toggle button", "More"), key("o"))
    walk.state("consent-record", lambda: walk.press("button", "Record Consent"))


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
    walk.start("contacts/imports")
    turn(2)
    walk.state("imports-empty", leave=())
    walk.state("imports-menu", lambda: walk.press("toggle button", re.compile("^" + re.escape(walk.words("Import…")))))
    table = os.path.join(walk.display.home, "wedding-fair.csv")
    with open(table, "w", encoding="utf-8") as stream:
        stream.write(TABLE)

    def bring(path):
        give(walk, path)
        turn(3)

    walk.state("import", lambda: (walk.act("import", table), turn(3)), leave=())
    walk.state("imports", key_of(walk, "ctrl+Return"), lambda: turn(2.5), leave=())
    photo = os.path.join(walk.display.home, "IMG_2041.jpg")
    paper.draw_list(photo, 12, "photo")
    walk.state("paper", lambda: (bring(photo), walk.find("*", "Read a Paper List", 60), turn(2)), leave=())


def key_of(walk, *keys):
    return lambda: walk.keys(*keys)


def give(walk, path):
    """As a person pastes a file that was copied in the file manager."""
    owner = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "clipboard.py"), "files", path])
    try:
        turn(1.5)
        walk.display.key("ctrl+v")
        turn(2)
    finally:
        owner.terminate()
        owner.wait()


PLACES = {"inbox": inbox, "people": people, "board": board, "consent": consent, "imports": imports, "preferences": preferences,
          "health": health, "first": first_run}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("look", choices=list(LOOKS))
    parser.add_argument("places", nargs="*", default=list(PLACES))
    parser.add_argument("--pictures")
    parser.add_argument("--only")
    options = parser.parse_args()
    walk = Walk(options.look, options.pictures, options.only)
    try:
        for name in options.places:
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
    print("\n".join(f"wrong: {line}" for line in walk.wrong if " said: " in line or "waited" in line) or f"{walk.step} states, {len(walk.wrong)} things wrong")
    return 1 if walk.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
