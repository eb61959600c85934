#!/usr/bin/env python3
"""A picture of one page of the real window on a virtual display: screenshot.py FILE [--page NAME] [--style dark] ..."""

import argparse
import os
import re
import subprocess
import sys

from driver import App, Display, Notifications, Stuck, turn

LOCALES = {"en": "en_GB.UTF-8", "ar": "ar_EG.UTF-8", "fr": "fr_FR.UTF-8"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--page")
    parser.add_argument("--style", choices=["light", "dark"], default="light")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=860)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--open", help="the conversation of this customer")
    parser.add_argument("--import", dest="list", help="a list of contacts, looked at before it comes in")
    options = parser.parse_args()

    locale = LOCALES.get(options.lang, options.lang)
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-" + options.style, "LC_ALL": locale, "LANGUAGE": options.lang}
    if options.contrast:
        environment["ADW_DEBUG_HIGH_CONTRAST"] = "1"
    # Without a window manager the window draws a margin of 5 pixels around itself.
    display = Display(options.width + 10, options.height + 10, environment)
    app = None
    display.notices = Notifications()  # somebody must take them
    try:
        app = App(display, *(["--page", options.page] if options.page else []))
        turn(2.5 if options.page not in (None, "welcome") else 1.0)
        display.fill()
        if options.open:
            display.click(app.find("list item", re.compile("^" + re.escape(options.open)), 15))
            turn(1.0)
        if options.list:
            subprocess.run(["gapplication", "action", "io.github.shopbell.Shopbell.Devel", "import", f"'{os.path.abspath(options.list)}'"], check=True)
            turn(3.0)
        display.picture(options.file)
        warnings = app.warnings()
        app.quit()
        for line in warnings:
            print(line, file=sys.stderr)
        return 1 if warnings else 0
    except (Stuck, OSError) as stuck:
        print(stuck, file=sys.stderr)
        return 1
    finally:
        if app is not None and app.process.poll() is None:
            app.kill()
        display.close()


sys.exit(main())
