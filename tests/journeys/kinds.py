#!/usr/bin/env python3
"""Messages of every kind, as the shop sent them and as the customer wrote them, look like what they are.

buttons, a list, a link, a form, a request for the location, a product and a carousel, each with what could be pressed, and
the answer with a tick - a form that was filled in shows its answers - what nobody knows is said to be that, and its raw text
is there - a contact with several numbers is saved and taken back - a reaction is changed and removed, a message is edited
and deleted - stickers, videos of common kinds with a picture or a sentence
"""

import json
import os
import re
import subprocess
import sys
import time

import gi

from driver import TOP, ask, perform, turn, wait
from odd import Desk

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

NUMBER = "447700910088"
NAME = "Ines Odd"
VIDEOS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "videos")


class Kinds(Desk):
    n = 0

    def write(self, **message):
        return self.customer(NUMBER, NAME, **message)

    def sent(self, interactive):
        """A message of the shop's own telephone, as the network tells of it."""
        self.n += 1
        known = self.credentials()
        wamid = f"wamid.echo{self.n}"
        ask(self.server + "/_practice/event", {"field": "smb_message_echoes", "value": {
            "messaging_product": "whatsapp", "metadata": {"phone_number_id": known["phone_number_id"], "display_phone_number": known["phone"]},
            "message_echoes": [{"from": known["phone"], "to": NUMBER, "id": wamid, "timestamp": str(int(time.time())),
                                "type": "interactive", "interactive": interactive}]}})
        return wamid

    def labels(self, row):
        return [node.name for node in row.walk(True) if node.role == "label"]

    def row_with(self, *words, index=-1):
        """The newest message in which all these labels stand."""
        def look():
            found = []
            for row in self.conversation():
                all_of_it = "\n".join([row.name, *self.labels(row)])
                if all(word in all_of_it for word in words):
                    found.append(row)
            return found[index] if found else None
        return wait(" and ".join(words), look, 10)


def button(key, title):
    return {"type": "reply", "reply": {"id": key, "title": title}}


def choices(desk):
    wamid = desk.sent({"type": "button", "header": {"type": "text", "text": "Your order"}, "body": {"text": "Shall we bake it?"},
                       "footer": {"text": "Marigold Cakes"}, "action": {"buttons": [button("yes", "Bake it"), button("no", "Not now")]}})
    desk.row_with("Your order", "Shall we bake it?", "Marigold Cakes", "Bake it", "Not now")
    desk.write(type="interactive", interactive={"type": "button_reply", "button_reply": {"id": "yes", "title": "Bake it"}}, context={"id": wamid})
    desk.row_with("✓ Bake it", "Not now", "Marigold Cakes")
    desk.did("Buttons as they were sent, with heading and small print; the one that was pressed has a tick")
    rows = [{"id": f"{size}-{i}", "title": "Lemon cake", "description": f"For {size}"} for i, size in enumerate(("four", "eight"))]
    wamid = desk.sent({"type": "list", "body": {"text": "Which cake?"}, "action": {"button": "All cakes", "sections": [{"title": "Fruit", "rows": rows}]}})
    desk.row_with("Which cake?", "All cakes", "Fruit", "Lemon cake\nFor four", "Lemon cake\nFor eight")
    desk.write(type="interactive", interactive={"type": "list_reply", "list_reply": {"id": "eight-1", "title": "Lemon cake", "description": "For eight"}}, context={"id": wamid})
    row = desk.row_with("Which cake?", "✓ Lemon cake\nFor eight")
    assert "Lemon cake\nFor four" in desk.labels(row), "two rows with the same words are both marked"
    desk.row_with("Customer", "Lemon cake", "For eight")
    desk.did("A list with sections; of two rows with the same words the right one has the tick, and the answer says which")


def requests(desk):
    desk.sent({"type": "cta_url", "body": {"text": "See the new cakes."}, "action": {"name": "cta_url", "parameters": {"display_text": "Open shop", "url": "https://cakes.example/new"}}})
    desk.row_with("See the new cakes.", "Open shop\nhttps://cakes.example/new")
    desk.sent({"type": "location_request_message", "body": {"text": "Where to?"}, "action": {"name": "send_location"}})
    desk.row_with("Where to?", "Send Location")
    desk.sent({"type": "flow", "body": {"text": "Book a tasting."}, "action": {"name": "flow", "parameters": {"flow_cta": "Book", "flow_id": "1"}}})
    desk.row_with("Book a tasting.", "Book")
    desk.sent({"type": "product", "body": {"text": "Still in stock."}, "action": {"catalog_id": "7", "product_retailer_id": "SKU-19"}})
    desk.row_with("Still in stock.", "SKU-19")
    desk.sent({"type": "catalog_message", "body": {"text": "Everything."}, "action": {"name": "catalog_message"}})
    desk.row_with("Everything.", "View Catalogue")
    cards = [{"card_index": i, "type": "cta_url", "header": {"type": "image", "image": {"link": f"https://cakes.example/{i}.jpg"}}, "body": {"text": words},
              "action": {"name": "cta_url", "parameters": {"display_text": "View", "url": f"https://cakes.example/{i}"}}} for i, words in enumerate(("Round, gold", "Square, black"))]
    desk.sent({"type": "carousel", "body": {"text": "New this week"}, "action": {"cards": cards}})
    desk.row_with("New this week", "Round, gold", "Square, black", "View\nhttps://cakes.example/1")
    desk.did("Link, request for the location, form, product, catalogue and carousel show what could be pressed")


def answers(desk):
    form = {"flow_token": "secret", "screen_0_Pickup_date_0": "2026-12-01", "size": "Large", "extras": ["0_Nuts", "1_Cream"], "candles": True}
    desk.write(type="interactive", interactive={"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": json.dumps(form)}})
    desk.row_with("Form filled in", "Pickup date: 2026-12-01 Size: Large Extras: Nuts, Cream Candles: yes")
    assert not any("secret" in row.name for row in desk.conversation())
    desk.write(type="interactive", interactive={"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}})
    desk.row_with("Allows the shop to call")
    desk.did("A form that was filled in shows the answers, each with its name")


def unknown(desk):
    desk.write(type="interactive", interactive={"type": "wheel", "wheel": {"spin": 7}})
    row = desk.row_with("This kind of message is not shown yet", "Show Raw Text")
    desk.app.press("button", "Show Raw Text", within=row)
    raw = desk.app.find("text", "As it came from WhatsApp", 8)
    assert '"spin":7' in raw.text().replace(" ", ""), raw.text()
    desk.keys("Escape")
    wait("the dialog closed", lambda: desk.app.look("dialog") is None, 6)
    desk.did("A choice of a kind that nobody knows is said to be that, and its raw text is there")
    desk.write(type="unsupported", unsupported={"type": "poll"})
    row = desk.row_with("WhatsApp does not pass this message on to shops", "Show Raw Text")
    desk.shot("withheld")
    desk.did("A poll, which the network holds back, says so")


def contact(desk):
    desk.write(type="contacts", contacts=[
        {"name": {"formatted_name": "Olga Baker", "first_name": "Olga"}, "phones": [{"phone": "+44 7700 900111", "wa_id": "447700900111"}, {"phone": "+44 7700 900112"}]},
        {"name": {"formatted_name": "Nobody Callable"}, "emails": [{"email": "n@example.org"}]}])
    row = desk.row_with("Olga Baker", "+44 7700 900112", "Nobody Callable")
    buttons = [node for node in row.walk() if node.role == "button" and node.name == "Save Contact"]
    assert len(buttons) == 1, "a contact without a number can be saved"
    buttons[0].press()
    desk.app.sees("Contact saved", 8)

    def saved():
        return [row["id"] for row in desk.cli("contact", "list") if row["name"] == "Olga Baker"]
    key = wait("the contact", saved, 8)[0]
    shown = json.dumps(desk.cli("contact", "show", str(key)))
    assert "447700900111" in shown and "447700900112" in shown, shown
    desk.keys("alt+1", "ctrl+z")
    wait("no contact", lambda: not saved(), 8)
    desk.did("A contact is saved with both its numbers, and Undo takes it back")
    desk.write(type="location", location={"latitude": 51.5, "longitude": -0.12, "name": "The Hall", "address": "1 High Street"})
    desk.app.find("button", "Open Map", 8, within=desk.row_with("The Hall", "1 High Street", "51.50000, -0.12000"))
    desk.did("A place has its address and Open Map; nothing is asked of any map until then")


def changes(desk):
    first = desk.write(type="text", text="A sponge, please")
    for emoji in ("👍", "😍"):
        desk.write(type="reaction", reaction={"message_id": first, "emoji": emoji})
        desk.row_with("A sponge, please", emoji)
    assert "👍" not in desk.labels(desk.row_with("A sponge, please"))
    desk.write(type="reaction", reaction={"message_id": first, "emoji": ""})
    wait("no reaction", lambda: "😍" not in desk.labels(desk.row_with("A sponge, please")), 8)
    desk.did("A reaction comes, changes, and goes")
    desk.write(type="edit", edit={"original_message_id": first, "message": {"type": "text", "text": {"body": "Two sponges, please"}}})
    desk.row_with("Two sponges, please")
    desk.write(type="revoke", revoke={"original_message_id": first})
    wait("no words of it", lambda: not any("sponge" in row.name for row in desk.conversation()), 8)
    assert not any(label.startswith("edited") for label in desk.labels(desk.row_with("This message was deleted"))), "what is deleted is not edited"
    desk.did("A message is edited, and deleted")
    desk.write(type="order", order={"catalog_id": "c", "text": "By Friday", "product_items": [
        {"product_retailer_id": "cake-12", "quantity": 2, "item_price": 19.0, "currency": "GBP"}, {"product_retailer_id": "bun", "quantity": "3", "item_price": "1.5", "currency": "GBP"}]})
    desk.row_with("Order", "2 products\n2 × cake-12 · 19.00 GBP\n3 × bun · 1.50 GBP", "By Friday")
    desk.did("An order lists its products")


def template(desk):
    """With a picture above and a button that leads somewhere."""
    picture = os.path.join(TOP, "src", "practice", "data", "cake.jpg")
    subprocess.run(["shopbell-cli", "--shop", desk.folder, "send", "--to", "+" + NUMBER, "--template", "cake_photo", "--language", "en_GB", "--value", "header.media=" + picture,
                    "--value", "body.1=Ines", "--value", "button.0=214"], check=True, capture_output=True, timeout=30)
    row = desk.row_with("Template “cake_photo”", "Hello Ines, this is the cake as we understood your order.", "See the order")
    desk.app.find("button", "Photo", 8, within=row)
    wait("it sent", lambda: any("Sent" in row.name or "sent" in row.name or "delivered" in row.name or "read" in row.name for row in [desk.row_with("Hello Ines")]), 10)
    desk.did("A template stands there with its picture, its words and its button")


def is_decodable(*names):
    return any(Gst.ElementFactory.find(name) for name in names)


def videos(desk):
    """What plays H.264 is on some computers only: a picture there, elsewhere a sentence with two ways on. WebM comes under another name."""
    Gst.init(None)
    for name, there in (("h264-aac.mp4", is_decodable("avdec_h264", "openh264dec", "vah264dec")), ("vp8.webm", is_decodable("vp8dec") and is_decodable("matroskademux"))):
        desk.write(type="video", video={"id": desk.upload(os.path.join(VIDEOS, name), "video/mp4"), "mime_type": "video/mp4", "caption": name})
        row = desk.row_with(name)
        tile = wait("its tile", lambda: next((node for node in row.walk() if node.name.startswith("Video, ")), None), 15)
        if there:
            wait("Play", lambda: desk.app.look("button", "Play Video", row), 10).press()
            turn(2)
            assert not any("cannot be played" in label for label in desk.labels(row)), desk.labels(row)
        else:
            wait("a sentence", lambda: any(re.search("Open it with another program, or save it.$", label) for label in desk.labels(row)), 20)
            assert desk.app.look("button", "Play Video", row) is None, "what cannot be played offers to play"
            assert desk.app.look("button", "Open", tile) and desk.app.look("button", "Save File As…", tile)
        desk.did(f"{name}: " + ("it plays" if there else "a sentence says that it cannot be played, with Open and Save"))
    desk.write(type="sticker")
    desk.row_with("Sticker")
    turn(1)
    desk.did("A sticker is shown")


def hyphens(desk):
    """An address that is broken over lines: what GTK adds by itself is not there in a label or a bubble of ours."""
    found = subprocess.run(["hyphen-stage"], capture_output=True, text=True, check=True, timeout=20).stdout.split()
    usual, label, bubble = (int(number) for number in found)
    assert usual > 0, f"nothing was broken, so nothing is proved: {found}"
    assert (label, bubble) == (0, 0), f"signs that nobody wrote: {label} in a label, {bubble} in a bubble"
    desk.did("A long address that is broken over lines has no hyphen in it")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    desk.write(type="text", text="Hello")
    desk.open_row(NAME)
    for part in (choices, requests, answers, unknown, contact, changes, template, videos, hyphens):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Kinds))
