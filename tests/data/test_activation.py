#!/usr/bin/env python3
"""The program as the desktop starts it: by its name on the bus, from the service file, without a window until one is asked for."""

import os
import re
import subprocess
import sys
import tempfile
import time

from check import APP_ID, build, complaints, done, expect, need, read, source

PATH = "/" + APP_ID.replace(".", "/")
INSIDE = "SHOPBELL_ACTIVATION_INSIDE"
# Every command without a parameter, but quit.
ACTIONS = [name for name in re.findall(r'\{ "([a-z-]+)", \w+_cb \}', read(source("src", "ui", "window", "sb-application-actions.c"))) if name != "quit"]


def gdbus(*arguments):
    return subprocess.run(["gdbus", "call", "--session", "--timeout", "20", *arguments], capture_output=True, text=True)


def call(method, *arguments):
    return gdbus("--dest", APP_ID, "--object-path", PATH, "--method", "org.freedesktop.Application." + method, *arguments)


def windows():
    answer = gdbus("--dest", APP_ID, "--object-path", PATH + "/window", "--method", "org.freedesktop.DBus.Introspectable.Introspect")
    return answer.stdout.count("<node name=") if answer.returncode == 0 else 0


def owner():
    answer = gdbus("--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.GetNameOwner", APP_ID)
    return answer.stdout.strip() if answer.returncode == 0 else None


def wait_for(what, complaint):
    for _ in range(150):
        if what():
            return True
        time.sleep(0.1)
    complaints.append(complaint)
    return False


def start_with(action, parameter="[]"):
    """The first thing the program hears is @action, when there is neither window nor shop. It has to live on."""
    call("ActivateAction", action, parameter, "{}")
    first = owner()
    time.sleep(0.8)
    expect(first is not None and owner() == first, f"“{action}” without a window ended the program")
    call("ActivateAction", "quit", "[]", "{}")
    wait_for(lambda: owner() is None, f"after “{action}” it does not quit")


def inside():
    expect(owner() is None, "the program runs before anybody asked")
    names = gdbus("--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.ListActivatableNames")
    expect(APP_ID in names.stdout, "the bus does not know the service file")

    # An action nobody knows is refused; it neither opens a window nor ends the program.
    unknown = call("ActivateAction", "no-such-action", "[]", "{}")
    expect("InvalidArgs" in unknown.stderr or unknown.returncode == 0, f"an unknown action: {unknown.stderr.strip()}")
    first = owner()
    expect(first is not None, "the program was not started by its name")
    expect(windows() == 0, "a window opened without being asked for")

    answer = call("Activate", "{}")
    expect(answer.returncode == 0, f"Activate: {answer.stderr.strip()}")
    wait_for(lambda: windows() == 1, "Activate: no window appeared")
    call("Activate", "{}")
    time.sleep(0.3)
    expect(windows() == 1, "a second Activate opened a second window")
    expect(owner() == first, "the program ended and was started anew")

    call("ActivateAction", "quit", "[]", "{}")
    wait_for(lambda: owner() is None, "it does not quit")

    expect(len(ACTIONS) > 5, f"commands found: {ACTIONS}")
    for action in ACTIONS:
        start_with(action)
    start_with("open-thread", "[<int64 5>]")
    start_with("done-thread", "[<int64 5>]")
    done()


def outside():
    need("Xvfb", "dbus-run-session", "gdbus")
    with tempfile.TemporaryDirectory() as home:
        services = os.path.join(home, "share", "dbus-1", "services")
        runtime = os.path.join(home, "run")
        os.makedirs(services)
        os.makedirs(runtime, mode=0o700)
        # The service file as it is, but for the program that is not installed yet.
        service = read(build("data", APP_ID + ".service"))
        command = service.split("Exec=")[1].split(" ")[0]
        with open(os.path.join(services, APP_ID + ".service"), "w", encoding="utf-8") as file:
            file.write(service.replace("Exec=" + command, "Exec=" + build("src", "ui", "shopbell")))
        reading, writing = os.pipe()
        display = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x860x24", "-nolisten", "tcp", "-noreset"],
                                   pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        number = os.read(reading, 16).decode().strip()
        environment = {name: os.environ[name] for name in ("PATH", "SHOPBELL_SOURCE", "SHOPBELL_BUILD", "SHOPBELL_APP_ID", "SHOPBELL_VERSION")}
        environment |= {"HOME": home, "XDG_RUNTIME_DIR": runtime, "XDG_DATA_HOME": os.path.join(home, "data"), "DISPLAY": ":" + number,
                        "XDG_DATA_DIRS": os.path.join(home, "share") + ":/usr/share", "GSETTINGS_BACKEND": "memory", "GDK_BACKEND": "x11",
                        "GSETTINGS_SCHEMA_DIR": build("data"), "GSK_RENDERER": "cairo", "ADW_DISABLE_PORTAL": "1", "GTK_A11Y": "none",
                        "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-criticals", "PYTHONDONTWRITEBYTECODE": "1", INSIDE: "1"}
        environment["PATH"] = build("src", "practice") + ":" + environment["PATH"]
        try:
            result = subprocess.run(["dbus-run-session", "--", sys.executable, __file__], env=environment, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True, timeout=90)
        finally:
            display.terminate()
            display.wait()
    print(result.stdout, end="")
    for line in result.stderr.split("\n"):
        expect("CRITICAL" not in line, line)
    expect(result.returncode == 0, "the checks in the session failed")
    done()


if INSIDE in os.environ:
    inside()
else:
    outside()
