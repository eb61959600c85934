#!/usr/bin/env python3
"""A shop owner connects a number: the real window, a real mailbox, and the practice server as the network."""

import json
import os
import re
import subprocess
import sys

from gi.repository import GLib

from driver import App, Display, Notifications, Stuck, ask, turn, wait


def server(*command):
    """A server that says where it is in one line of JSON."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())


def fill(app, title, text):
    """Types into the entry row called title."""
    app.find("text", title, 10).type(text)


def journey(display, folder):
    network, network_says = server("shopbell-practice", "--listen", "127.0.0.1:0", "--state", os.path.join(folder, "network"), "--cake-shop")
    boxes = os.path.join(folder, "mailbox")
    os.mkdir(boxes, 0o700)
    secret = os.path.join(folder, "app-secret")
    with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(network_says["app_secret"])
    box = json.loads(subprocess.run(["shopbell-mailbox", "add-box", "cakes", "--data", boxes, "--json", "--app-secret-file", secret],
                                    capture_output=True, text=True, check=True).stdout)
    mailbox, mailbox_says = server("shopbell-mailbox", "serve", "--data", boxes, "--listen", "127.0.0.1:0")
    display.servers = [network, mailbox]

    app = display.app = App(display)
    app.press("button", "Connect…")
    app.sees("Step 1 of 4", 20)
    assert not app.find("button", "Continue").sensitive, "one can go on with nothing typed"
    fill(app, "Access Key", network_says["token"])
    fill(app, "Phone Number Id", "not a number")
    app.sees("has only digits")
    fill(app, "Phone Number Id", network_says["phone_number_id"])
    fill(app, "Business Account Id", network_says["waba_id"])
    fill(app, "App Secret", network_says["app_secret"])
    fill(app, "Other Address of the Network (leave empty)", network_says["url"])
    display.shot("connect-1")
    app.press("button", "Continue")
    print("1. the business account is typed in, and a wrong id is named", flush=True)

    app.sees("Step 2 of 4")
    fill(app, "Address", mailbox_says["url"].rstrip("/"))
    fill(app, "Name of the Box", box["box"])
    fill(app, "Key of the Box", "wrong")
    fill(app, "Verify Token", box["verify_token"])
    display.shot("connect-2")
    app.press("button", "Continue")
    app.sees(re.compile("things? to put right"), 40)
    app.sees("does not accept its key")
    assert not app.find("button", "Connect").sensitive
    display.shot("connect-3")
    print("2. the check really tries each thing: the wrong key of the box is found", flush=True)

    app.press("button", "Back")
    fill(app, "Key of the Box", box["token"])
    app.press("button", "Continue")
    app.sees(re.compile("Almost there: 1 thing to put right"), 40)
    app.press("button", "Turn It On for Me")
    app.sees("Everything is right", 40)
    print("3. the account is told to pass messages on, by one button", flush=True)

    app.press("button", "Connect")
    app.sees("Waiting for the First Message", 30)
    app.sees("Take your own phone", 30)
    ask(network_says["url"].rstrip("/") + "/_practice/inbound", {"persona": "pia", "type": "text", "text": "Hello, is this the cake shop?"})
    app.sees("It Arrived", 40)
    display.shot("connect-4")
    print("4. the first message goes the whole way: network, mailbox, window", flush=True)

    app.press("button", "Open the Inbox")
    app.sees("Message to Polite", 20)
    app.find("text", re.compile("^Message to ")).type("Yes! What can we bake for you?")
    app.press("button", "Send")
    phone = network_says["url"].rstrip("/") + "/_practice/messages?persona=pia"
    wait("the answer on her phone", lambda: [m for m in ask(phone)["messages"] if m.get("text") == "Yes! What can we bake for you?"], 30)
    app.find("*", re.compile(r"^You .*(delivered|read).*Yes! What can we bake", re.S), 30)
    print("5. the answer goes out and its ticks come back", flush=True)

    app.press("toggle button", "Customer")
    app.sees("Customer since", 10)
    app.find("text", "Your Name for Them").type("Pia from the school")
    display.shot("connect-5")
    print("6. who the customer is stands beside", flush=True)
    turn(0.5)
    problems = app.warnings()
    assert not problems, problems


def main():
    display = Display(1280, 860)
    display.notices = Notifications()
    display.app, display.servers = None, []
    pictures = sys.argv[1] if len(sys.argv) > 1 else None
    display.shot = lambda name: pictures and display.picture(os.path.join(pictures, name + ".png"))
    try:
        journey(display, display.home)
        return 0
    except (Stuck, AssertionError, GLib.Error) as error:
        print(f"not true: {error}", file=sys.stderr)
        display.shot("connect-failed")
        if display.app:
            print(display.app.stderr()[-4000:], file=sys.stderr)
            try:
                display.app.dump()
            except GLib.Error:
                print("the program is gone", file=sys.stderr)
        return 1
    finally:
        if display.app and display.app.process.poll() is None:
            display.app.kill()
        for process in display.servers:
            process.terminate()
        display.close()


if __name__ == "__main__":
    sys.exit(main())
