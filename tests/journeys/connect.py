#!/usr/bin/env python3
"""A shop owner connects a number: the real window, a real mailbox, and the practice server as the network."""

import json
import os
import re
import signal
import subprocess
import sys

from driver import App, Atspi, ask, perform, turn, wait


def server(*command):
    """A server that says where it is in one line of JSON."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())


def fill(app, title, text):
    """Types into the entry row called title."""
    app.find("text", title, 10).type(text)


def story(stage):
    folder = stage.display.home
    network, network_says = server("shopbell-practice", "--listen", "127.0.0.1:0", "--state", os.path.join(folder, "network"), "--cake-shop")
    boxes = os.path.join(folder, "mailbox")
    os.mkdir(boxes, 0o700)
    secret = os.path.join(folder, "app-secret")
    with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(network_says["app_secret"])
    box = json.loads(subprocess.run(["shopbell-mailbox", "add-box", "cakes", "--data", boxes, "--json", "--app-secret-file", secret],
                                    capture_output=True, text=True, check=True).stdout)
    mailbox, mailbox_says = server("shopbell-mailbox", "serve", "--data", boxes, "--listen", "127.0.0.1:0")
    stage.servers = [network, mailbox]

    app = stage.app = App(stage.display)
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
    stage.shot("connect-1")
    app.press("button", "Continue")
    stage.did("The business account is typed in, and a wrong id is named")

    app.sees("Step 2 of 4")
    fill(app, "Address", mailbox_says["url"].rstrip("/"))
    fill(app, "Name of the Box", box["box"])
    fill(app, "Key of the Box", "wrong")
    fill(app, "Verify Token", box["verify_token"])
    stage.shot("connect-2")
    app.press("button", "Continue")
    app.sees(re.compile("things? to put right"), 40)
    app.sees("does not accept its key")
    assert not app.find("button", "Connect").sensitive
    stage.shot("connect-3")
    stage.did("The check really tries each thing: the wrong key of the box is found")

    mailbox.send_signal(signal.SIGSTOP)
    app.press("button", "Check Again")
    app.sees("This computer’s clock is right", 30)  # all but the mailbox, which takes its time
    app.press("button", "Back")
    fill(app, "Key of the Box", box["token"])
    mailbox.send_signal(signal.SIGCONT)
    turn(2)
    assert app.find("button", "Continue").sensitive, "the check that was left took the button away"
    app.press("button", "Continue")
    app.sees(re.compile("Almost there: 1 thing to put right"), 40)
    assert app.look("*", re.compile("does not accept its key")) is None, "the answer of the check that was left stands among the new ones"
    fix = app.find("button", "Turn It On for Me")
    wait("the keys on what is to be put right", lambda: fix.at.get_state_set().contains(Atspi.StateType.FOCUSED), 5)
    app.press("button", "Turn It On for Me")
    app.sees("Everything is right", 40)
    stage.did("The account is told to pass messages on, by one button")

    app.press("button", "Connect")
    app.sees("Waiting for the First Message", 30)
    app.sees("Take your own phone", 30)
    ask(network_says["url"].rstrip("/") + "/_practice/inbound", {"persona": "pia", "type": "text", "text": "Hello, is this the cake shop?"})
    app.sees("It Arrived", 40)
    stage.shot("connect-4")
    stage.did("The first message goes the whole way: network, mailbox, window")

    app.press("button", "Open the Inbox")
    app.sees("Message to Polite", 20)
    app.find("text", re.compile("^Message to ")).type("Yes! What can we bake for you?")
    app.press("button", "Send")
    phone = network_says["url"].rstrip("/") + "/_practice/messages?persona=pia"
    wait("the answer on her phone", lambda: [m for m in ask(phone)["messages"] if m.get("text") == "Yes! What can we bake for you?"], 30)
    app.find("*", re.compile(r"^You .*(delivered|read).*Yes! What can we bake", re.S), 30)
    stage.did("The answer goes out and its ticks come back")

    app.press("toggle button", "Customer")
    app.sees("Customer since", 10)
    app.find("text", "Your Name for Them").type("Pia from the school")
    stage.shot("connect-5")
    stage.did("Who the customer is stands beside")
    turn(0.5)


if __name__ == "__main__":
    sys.exit(perform(story))
