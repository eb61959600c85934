"""Drives the real window as a person would: a virtual display, a session bus, and the accessibility tree.

A journey reads as a list of steps: find by role and name, press, type, wait until something is true, take a picture.
Everything waits by polling and says what it waited for when it gives up. Nothing here knows what is inside the program.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Warnings that other programs on a bare virtual display cause, by their exact words.
HARMLESS = (
    "Unable to acquire the address of the accessibility bus",
    "dconf will not be used",
    "MESA",
    "libEGL",
    "Failed to load module",
    "Unable to connect to ibus",
    "Vulkan",
)


# How often over a busy machine may need what an idle one needs to show something.
PATIENCE = 3


class Stuck(AssertionError):
    """What was waited for did not happen."""


def wait(what, check, seconds=10.0, pause=0.05):
    """Returns the first true answer of check(); raises Stuck, naming what was waited for, after so many seconds.

    The seconds are those of an idle machine: a test says what comes, not how fast. What takes long to look at is looked at less often: a program that is always asked gets nothing done.
    """
    end = time.monotonic() + seconds * PATIENCE
    last = None
    while True:
        begun = time.monotonic()
        try:
            answer = check()
        except (GLib.Error, OSError) as error:  # the tree changes while it is read; the server may still be starting
            answer, last = None, error
        if answer:
            return answer
        if time.monotonic() > end:
            raise Stuck(f"waited {seconds * PATIENCE:g} s for {what}" + (f" ({last})" if last else ""))
        turn(max(pause, min(time.monotonic() - begun, 0.4)))


def turn(seconds):
    """Lets the main loop of the driver run, because the notification service lives in it."""
    end = time.monotonic() + seconds
    context = GLib.MainContext.default()
    while True:
        while context.iteration(False):
            pass
        if time.monotonic() >= end:
            return
        time.sleep(0.005)


class Notifications:
    """A stand-in for the desktop's notification service; it keeps what was shown and presses buttons."""

    XML = """<node><interface name='org.freedesktop.Notifications'>
      <method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
        <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>
        <arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>
      <method name='CloseNotification'><arg type='u' direction='in'/></method>
      <method name='GetCapabilities'><arg type='as' direction='out'/></method>
      <method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>
        <arg type='s' direction='out'/><arg type='s' direction='out'/></method>
      <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
      <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>
    </interface></node>"""

    def __init__(self):
        self.shown = []
        self.closed = []
        self.last = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        info = Gio.DBusNodeInfo.new_for_xml(self.XML)
        self.bus.register_object("/org/freedesktop/Notifications", info.interfaces[0], self._call, None, None)
        Gio.bus_own_name_on_connection(self.bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)
        turn(0.1)

    def _call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method == "Notify":
            app, replaces, icon, title, body, actions, hints, _timeout = arguments.unpack()
            self.last = replaces or self.last + 1
            self.shown.append({"id": self.last, "title": title, "body": body, "actions": actions[::2], "labels": actions[1::2]})
            invocation.return_value(GLib.Variant("(u)", (self.last,)))
        elif method == "CloseNotification":
            self.closed.append(arguments.unpack()[0])
            invocation.return_value(None)
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body", "persistence"],)))
        else:
            invocation.return_value(GLib.Variant("(ssss)", ("journey", "shopbell", "1", "1.2")))

    def press(self, notification, action):
        self.bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                             GLib.Variant("(us)", (notification["id"], action)))
        turn(0.1)


class Node:
    """One thing in the accessibility tree."""

    def __init__(self, accessible):
        self.at = accessible

    @property
    def role(self):
        return self.at.get_role_name()

    @property
    def name(self):
        return self.at.get_name() or ""

    @property
    def showing(self):
        states = self.at.get_state_set()
        return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)

    @property
    def sensitive(self):
        return self.at.get_state_set().contains(Atspi.StateType.SENSITIVE)

    @property
    def box(self):
        extents = self.at.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def children(self):
        for index in range(self.at.get_child_count()):
            child = self.at.get_child_at_index(index)
            if child is not None:
                yield Node(child)

    def walk(self, hidden=False):
        for child in self.children():
            try:
                if not hidden and not child.showing:
                    continue
                yield child
                yield from child.walk(hidden)
            except GLib.Error:
                continue

    def text(self):
        iface = self.at.get_text_iface()
        if iface is None:
            return self.name
        return Atspi.Text.get_text(iface, 0, Atspi.Text.get_character_count(iface))

    def press(self):
        action = self.at.get_action_iface()
        if action is None or action.get_n_actions() == 0:
            raise Stuck(f"{self.role} “{self.name}” has no action")
        action.do_action(0)
        turn(0.05)

    def type(self, text):
        editable = self.at.get_editable_text_iface()
        if editable is None:
            raise Stuck(f"{self.role} “{self.name}” takes no text")
        editable.set_text_contents(text)
        turn(0.05)


class Display:
    """An X server in memory and everything private around it: directories, bus, settings."""

    def __init__(self, width=1280, height=860, environment=None):
        self.home = tempfile.mkdtemp(prefix="shopbell-journey-")
        self.runtime = os.path.join(self.home, "run")
        os.mkdir(self.runtime, 0o700)
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        number = b""
        while not number.endswith(b"\n"):
            piece = os.read(reader, 16)
            if not piece:
                raise Stuck("the virtual display did not start")
            number += piece
        os.close(reader)
        self.size = (width, height)
        values = {
            "DISPLAY": ":" + number.decode().strip(), "HOME": self.home, "XDG_RUNTIME_DIR": self.runtime,
            "XDG_DATA_HOME": self.home + "/data", "XDG_CONFIG_HOME": self.home + "/config", "XDG_CACHE_HOME": self.home + "/cache",
            "GSETTINGS_BACKEND": "memory", "ADW_DISABLE_PORTAL": "1", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo",
            "GTK_USE_PORTAL": "0", "GDK_DEBUG": "no-portals", "NO_AT_BRIDGE": "0", "TZ": "Europe/London", "LC_ALL": "en_GB.UTF-8",
        }
        values.update(environment or {})
        os.environ.update(values)
        for name in ("GTK_A11Y", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        bus = subprocess.Popen(["dbus-daemon", "--session", "--print-address=1", "--nofork"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
        self.bus = bus
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        Atspi.init()

    def picture(self, path, settled=False):
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        if not settled:
            turn(0.3)
        subprocess.run(["import", "-silent", "-window", "root", path], check=True)

    def fill(self, title="."):
        """There is no window manager: the window is put over the whole display by hand."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True).stdout.split()
        for window in found:
            subprocess.run(["xdotool", "windowmove", window, "0", "0", "windowsize", window, str(self.size[0]), str(self.size[1])],
                           capture_output=True)
        turn(0.4)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        turn(0.1)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--delay", "4", text], check=True)
        turn(0.1)

    def click(self, node, button=1):
        """In its middle, once it has a place: what just came into the window has none until it is laid out."""
        def middle():
            x, y, w, h = node.box
            return (x + w // 2, y + h // 2) if x + w // 2 > 0 and y + h // 2 > 0 else None
        x, y = wait(f"a place of “{node.name}”", middle)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", str(button)], check=True)
        turn(0.1)

    def close(self):
        for process in (self.bus, self.server):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def watched(display):
    """With --watchdog the inspector is in the program and tells each turn of its main loop that took more than 100 ms."""
    if not os.environ.get("SHOPBELL_JOURNEY_WATCHDOG"):
        return None
    return dict(os.environ, LD_PRELOAD=os.environ["SHOPBELL_INSPECTOR_MODULE"], SHOPBELL_WATCHDOG=os.path.join(display.home, "gaps.txt"))


class App:
    """The program under test. Its stderr must stay empty of warnings."""

    def __init__(self, display, *arguments, program="shopbell"):
        self.display = display
        self.log = open(os.path.join(display.home, "stderr.txt"), "a+b")
        self.process = subprocess.Popen([program, *arguments], stderr=self.log, stdout=subprocess.DEVNULL, env=watched(display))
        self.root = wait("the window", self._find_root, 20)
        display.fill()

    def _find_root(self):
        if self.process.poll() is not None:
            raise Stuck(f"the program ended with {self.process.returncode}: {self.stderr()[-800:]}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return Node(child)
        return None

    def find(self, role, name=None, seconds=10.0, within=None, index=0):
        """The index-th shown thing of this role whose name is name, or matches it when it is a compiled pattern."""
        what = f"{role} “{getattr(name, 'pattern', name)}”"
        return wait(what, lambda: self.look(role, name, within, index), seconds)

    def look(self, role, name=None, within=None, index=0):
        for node in (within or self.root).walk():
            if node.role != role and role != "*":
                continue
            if name is None or (name.search(node.name) if isinstance(name, re.Pattern) else node.name == name):
                if index == 0:
                    return node
                index -= 1
        return None

    def press(self, role, name=None, **more):
        node = self.find(role, name, **more)
        node.press()
        return node

    def sees(self, pattern, seconds=10.0):
        """Waits until something on the window has a name or a text that matches."""
        compiled = pattern if isinstance(pattern, re.Pattern) else re.compile(re.escape(pattern))

        def check():
            for node in self.root.walk():
                if compiled.search(node.name):
                    return node
                if node.role in ("text", "entry", "label") and compiled.search(node.text() or ""):
                    return node
            return None

        return wait(f"the words “{compiled.pattern}”", check, seconds)

    def dump(self, stream=sys.stderr):
        def show(node, depth):
            for child in node.children():
                try:
                    if child.showing:
                        print("  " * depth + f"{child.role} “{child.name}”", file=stream)
                        show(child, depth + 1)
                except GLib.Error:
                    pass
        show(self.root, 0)

    def stderr(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8", errors="replace") as stream:
            return stream.read()

    def warnings(self):
        return [line for line in self.stderr().splitlines()
                if re.search(r"(CRITICAL|WARNING|ERROR|Traceback|AddressSanitizer|runtime error)", line)
                and not any(word in line for word in HARMLESS)]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def quit(self, seconds=10):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
                raise Stuck("the program did not end when asked to") from None


def ask(url, body=None, method=None):
    """One question to a local server, JSON both ways."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read().decode()
    return json.loads(text) if text.strip() else None


class Stage:
    """What every journey stands on: a display, the notification service, the program, and steps that say what they checked."""

    def __init__(self, display, pictures=None):
        self.display = display
        self.pictures = pictures
        self.step = 0
        self.notices = Notifications()
        self.app = None
        self.servers = []

    def did(self, text):
        self.step += 1
        print(f"{self.step:2}. {text}", flush=True)
        self.gaps()
        self.shot(f"{self.step:02}-" + re.sub(r"[^a-z0-9]+", "-", text.lower())[:48].strip("-"))

    def gaps(self):
        """What the watchdog wrote since the last step."""
        path = os.path.join(self.display.home, "gaps.txt")
        if os.path.exists(path):
            with open(path, "r+", encoding="utf-8") as stream:
                lines = stream.read().splitlines()
                stream.truncate(0)
            ours = re.compile(r"(\S*shopbell)\(\+(0x[0-9a-f]+)\)")
            for line in lines:
                frame = ours.match(line)
                if line.startswith("gap "):
                    print("    " + line, flush=True)
                elif frame:
                    found = subprocess.run(["addr2line", "-fse", shutil.which(frame[1]), frame[2]], capture_output=True, text=True).stdout
                    print("      " + " ".join(found.split()), flush=True)

    def shot(self, name):
        if self.pictures:
            self.display.picture(os.path.join(self.pictures, name + ".png"))

    def practice(self):
        """The folder of the practice shop and the address of its server, once the program has made and started them."""
        def look():
            shop = url = None
            for folder, _, files in os.walk(os.path.join(self.display.home, "data")):
                if "practice.json" in files:
                    with open(os.path.join(folder, "practice.json"), encoding="utf-8") as stream:
                        url = json.load(stream)["url"].rstrip("/")
                if "shop.db" in files:
                    shop = folder
            return (shop, url) if shop and url else None
        return wait("the practice shop", look, 20)

    def end(self):
        if self.app and self.app.process.poll() is None:
            self.app.kill()
        for server in self.servers:
            server.terminate()
        self.display.close()


def perform(story, stage=Stage, environment=None):
    """Plays story(stage). The exit code: 0 when every step was true and standard error stayed empty of warnings.

    --screenshots DIR leaves a picture of each step there; --watchdog tells under each step when the window did not listen.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenshots")
    parser.add_argument("--watchdog", action="store_true")
    wanted = parser.parse_args()
    environment = {**(environment or {}), **({"SHOPBELL_JOURNEY_WATCHDOG": "1"} if wanted.watchdog else {})}
    on = stage(Display(1280, 860, environment), wanted.screenshots)
    try:
        story(on)
        problems = on.app.warnings()
        assert not problems, problems
        print(f"{on.step} steps, all true")
        return 0
    except (Stuck, AssertionError, GLib.Error, subprocess.CalledProcessError) as error:
        print(f"step {on.step + 1} is not true: {error}", file=sys.stderr)
        on.shot("failed")
        if on.app:
            print(on.app.stderr()[-6000:], file=sys.stderr)
            try:
                on.app.dump()
            except GLib.Error:
                print("the program is gone", file=sys.stderr)
        print(f"step {on.step + 1} is not true: {error}", file=sys.stderr)  # again: of a long report often the end alone is read
        return 1
    finally:
        on.end()
