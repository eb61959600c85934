#!/usr/bin/env python3
"""Opens a conversation of the practice shop and takes a picture: look.py NAME FILE [WIDTH HEIGHT STYLE LANG]"""
import re
import sys

from driver import App, Display, turn

name, path = sys.argv[1:3]
width, height = (int(x) for x in sys.argv[3:5]) if len(sys.argv) > 4 else (1280, 860)
style = sys.argv[5] if len(sys.argv) > 5 else "light"
lang = sys.argv[6] if len(sys.argv) > 6 else "en_GB.UTF-8"
display = Display(width, height, {"ADW_DEBUG_COLOR_SCHEME": "prefer-" + style, "LC_ALL": lang})
app = App(display, "--page", "inbox")
try:
    row = app.find("list item", re.compile(re.escape(name)), 25)
    display.click(row)
    turn(1.5)
    display.picture(path)
except Exception:
    display.picture(path)
    app.dump()
    raise
finally:
    print(*app.warnings(), sep="\n")
    app.kill()
    display.close()
