#!/usr/bin/env python3
"""From exec to the painted list of conversations, and the memory held then: a window that says hello, and the app, in turn."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 5
SKIPPED = 77


def line(metric, value, unit, anchor, anchor_value, limit):
    ratio = value / anchor_value
    print(json.dumps({"metric": metric, "value": round(value, 1), "unit": unit, "anchor": anchor, "anchor_value": round(anchor_value, 1),
                      "ratio": round(ratio, 3), "goal": f"ratio <= {limit}", "ok": ratio <= limit}, separators=(",", ":")), flush=True)


def start_display(home):
    reader, writer = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
                              pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as stream:
        number = stream.readline().strip()
    bus = subprocess.Popen(["dbus-daemon", "--session", "--print-address=1", "--nofork"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    os.mkdir(home + "/run", 0o700)
    os.makedirs(home + "/config/gtk-4.0")
    with open(home + "/config/gtk-4.0/settings.ini", "w", encoding="utf-8") as stream:
        stream.write("[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\n")
    os.environ.update({
        "DISPLAY": ":" + number, "HOME": home, "XDG_RUNTIME_DIR": home + "/run", "XDG_CONFIG_HOME": home + "/config", "XDG_CACHE_HOME": home + "/cache",
        "GSETTINGS_BACKEND": "memory", "ADW_DISABLE_PORTAL": "1", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "none",
        "GDK_DEBUG": "no-portals", "LC_ALL": "en_GB.UTF-8", "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()})
    os.environ.pop("WAYLAND_DISPLAY", None)
    return server, bus


def shop_at(home, name, source):
    """A data folder whose last shop is a copy of this one, or an empty one."""
    data = f"{home}/{name}/shopbell"
    os.makedirs(data + "/shop", 0o700)
    with open(data + "/last-shop", "w", encoding="utf-8") as stream:
        stream.write("shop")
    if source:
        subprocess.run(["cp", "--reflink=auto", source + "/shop.db", data + "/shop/"], check=True)
    else:
        subprocess.run([os.environ["SHOPBELL_CLI"], "--shop", data + "/shop", "init"], check=True, stdout=subprocess.DEVNULL)
    return f"{home}/{name}"


def lay_mark(data, crashed):
    """What a crash leaves beside the shop's file; the programs here are killed, so it is there or taken away before each start."""
    folder, mark = f"{data}/shopbell/shop", f"{data}/shopbell/shop/shop.open"
    if crashed:
        with open(mark, "w", encoding="utf-8"):
            pass
    elif os.path.isdir(folder) and os.path.exists(mark):
        os.remove(mark)


def watch(program, data):
    done = subprocess.run([os.environ["SHOPBELL_WATCH"], "15", program], capture_output=True, text=True, check=True, env={**os.environ, "XDG_DATA_HOME": data})
    return json.loads(done.stdout)


def measure(home):
    big = subprocess.run([os.environ["SHOPBELL_BENCH_FILL"]], capture_output=True, text=True, check=True).stdout.strip()
    hello, app = os.environ["SHOPBELL_HELLO"], os.environ["SHOPBELL_APP"]
    cases = {"hello": (hello, home), "full": (app, shop_at(home, "full", big)), "crashed": (app, shop_at(home, "crashed", big)), "empty": (app, shop_at(home, "empty", None))}
    seen = {name: [] for name in cases}
    for turn in range(ROUNDS + 1):
        for name, (program, data) in cases.items():
            lay_mark(data, name == "crashed")
            moments = watch(program, data)
            if turn > 0:  # the first round warms the disk cache
                seen[name].append(moments)

    def median(name, what):
        return statistics.median(moments[what] for moments in seen[name])

    size = os.environ.get("SHOPBELL_BENCH_MESSAGES") or "1000000"
    line(f"cold start to the painted inbox, {size} messages", median("full", "still"), "ms", "a hello window", median("hello", "still"), 1.5)
    line(f"cold start to the painted inbox, {size} messages, against no message", median("full", "still"), "ms", "the app with an empty shop", median("empty", "still"), 1.15)
    line(f"processor of the start, {size} messages", median("full", "cpu"), "ms", "a hello window", median("hello", "cpu"), 1.5)
    line(f"cold start after a crash, {size} messages", median("crashed", "still"), "ms", "a start after a clean end", median("full", "still"), 2)
    line(f"cold start to the first frame, {size} messages", median("full", "first"), "ms", "a hello window", median("hello", "first"), 1.5)
    line(f"memory after the start (RSS), {size} messages", median("full", "rss") / 1024, "MiB", "a hello window", median("hello", "rss") / 1024, 1.3)


def main():
    if not shutil.which("Xvfb") or not os.environ.get("SHOPBELL_APP"):
        return SKIPPED
    home = tempfile.mkdtemp(prefix="shopbell-start-")
    server, bus = start_display(home)
    try:
        measure(home)
    finally:
        for process in (bus, server):
            process.terminate()
            process.wait()
        shutil.rmtree(home, ignore_errors=True)
    return 0


sys.exit(main())
