#!/usr/bin/env python3
"""A display in memory and a bus for the program of the figures: bench-ui.py PROGRAM [PART...]"""

import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def main():
    if not shutil.which("Xvfb") or not shutil.which("dbus-run-session"):
        return SKIPPED
    home = tempfile.mkdtemp(prefix="shopbell-ui-")
    reader, writer = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x860x24", "-nolisten", "tcp", "-noreset"],
                              pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as stream:
            number = stream.readline().strip()
        os.mkdir(home + "/run", 0o700)
        environment = {**os.environ, "DISPLAY": ":" + number, "HOME": home, "XDG_RUNTIME_DIR": home + "/run", "XDG_CONFIG_HOME": home + "/config",
                       "XDG_CACHE_HOME": home + "/cache", "XDG_DATA_HOME": home + "/data", "GSETTINGS_BACKEND": "memory", "ADW_DISABLE_PORTAL": "1",
                       "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_A11Y": "none", "GDK_DEBUG": "no-portals", "LC_ALL": "en_GB.UTF-8"}
        environment.pop("WAYLAND_DISPLAY", None)
        return subprocess.run(["dbus-run-session", "--", *sys.argv[1:]], env=environment).returncode
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)


sys.exit(main())
