#!/usr/bin/env python3
"""Every page in light, dark and high contrast, wide and narrow, in three languages: none may say a word on standard error.

pages.py [FOLDER [PAGE...]]: the pictures are left there to be looked at.
"""

import concurrent.futures
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = [
    ("welcome", []),
    ("inbox", []),
    ("thread", ["--open", "Amina Haddad"]),
    ("contacts/people", []),
    ("contacts/board", []),
    ("contacts/consent", []),
    ("contacts/imports", []),
    ("connect", []),
    ("health", []),
    ("preferences/shop", []),
    ("preferences/writing", []),
    ("preferences/notifications", []),
    ("preferences/macros", []),
    ("preferences/hours", []),
    ("preferences/lines", []),
    ("shortcuts", []),
    ("search", []),
]
LOOKS = [
    ("wide-light-en", ["--width", "1280", "--height", "860"]),
    ("middle-contrast-fr", ["--width", "700", "--height", "700", "--lang", "fr", "--contrast"]),
    ("narrow-dark-ar", ["--width", "360", "--height", "640", "--style", "dark", "--lang", "ar"]),
]


def take(folder, page, options, look, size):
    """One picture, with a display and a bus of its own: whether it is good, what was said, and what it is called."""
    file = os.path.join(folder, f"{page.replace('/', '-')}-{look}.png")
    name = "inbox" if page == "thread" else page
    done = subprocess.run([sys.executable, os.path.join(HERE, "screenshot.py"), file, "--page", name, *options, *size],
                          capture_output=True, text=True, timeout=120)
    good = done.returncode == 0 and os.path.exists(file) and os.path.getsize(file) > 4000
    return good, done.stderr, f"{page}, {look}"


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="shopbell-pages-")
    os.makedirs(folder, exist_ok=True)
    wanted = sys.argv[2:]
    plan = [(page, options, look, size) for page, options in PAGES if not wanted or page in wanted for look, size in LOOKS]
    print(f"1..{len(plan)}", flush=True)
    wrong = 0
    # Each is for the most part a waiting until the window has come to rest.
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for number, (good, words, text) in enumerate(pool.map(lambda one: take(folder, *one), plan), 1):
            wrong += not good
            print(f"{'ok' if good else 'not ok'} {number} - {text}", flush=True)
            if not good:
                print("\n".join("# " + line for line in words.splitlines()[-12:]), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
