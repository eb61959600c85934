"""Paper, as a telephone sees it: cards and lists drawn with real letters, then turned, shaded, blurred and made noisy."""

import json
import os
import random
import subprocess
import sys
from xml.sax.saxutils import escape

FIRST = ["Amina", "Khalid", "Sofia", "Lina", "Nawal", "Rachid", "Fatima", "Hugo", "Clara", "Omar", "Ines", "Tom", "Grace", "Daniel", "Maria", "Yusuf", "Emma", "Jonas", "Leila", "Peter"]
LAST = ["Haddad", "Okafor", "Cherkaoui", "Martin", "Alaoui", "Brown", "Silva", "Dupont", "Mansour", "Wright", "Costa", "Berger", "Nasser", "Murphy", "Rossi", "Evans", "Petit", "Khan", "Novak", "Green"]
ORDERS = ["2 chocolate 12p", "1 lemon tart", "6 cupcakes", "1 pistachio 20p", "30 mini tarts", "1 almond cake", "3 baguettes", "12 eclairs"]
SHOPS = ["Marigold Cakes", "Northgate Flowers", "Blue Harbour Fish", "Atlas Spices", "Corner Books", "Hillside Dairy", "Anchor Tools", "Green Valley Farm"]


def number(rng):
    """From the range that rings nowhere."""
    return f"07700 900{rng.randrange(1000):03}"


def people(count, seed=1, taken=()):
    rng = random.Random(seed)
    seen = set(taken)
    rows = []
    while len(rows) < count:
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        phone = number(rng)
        if name in seen or phone in seen:
            continue
        seen |= {name, phone}
        rows.append({"name": name, "phone": phone, "order": rng.choice(ORDERS)})
    return rows


def shaky(text, x, y, size, rng, font):
    """Letters of uneven size, height and slant, as a hand writes them."""
    parts = []
    for letter in text:
        if letter == " ":
            x += size * 0.35
            continue
        turn = rng.uniform(-4, 4)
        grown = size * rng.uniform(0.95, 1.06)
        parts.append(f'<text transform="translate({x:.1f} {y + rng.uniform(-1.5, 1.5):.1f}) rotate({turn:.1f}) skewX(-8)" font-family="{font}" font-size="{grown:.1f}">{escape(letter)}</text>')
        x += size * (0.36 if letter in "iljtf.1" else 0.78 if letter in "mwMW" else 0.58)
    return "".join(parts)


def sheet(width, height, body, paper="#fbf9f2"):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" fill="{paper}"/>'
            f'<g fill="#1d2a5c">{body}</g></svg>')


def list_svg(rows, hand=False, ruled=True, seed=1):
    rng = random.Random(seed)
    pitch, top = 56, 190
    height = top + pitch * len(rows) + 80
    body = ['<text x="120" y="110" font-family="Noto Sans" font-size="46" font-weight="600">Orders Saturday 21 Nov.</text>']
    for i, row in enumerate(rows):
        y = top + pitch * i
        if ruled:
            body.append(f'<line x1="40" x2="1560" y1="{y + 16}" y2="{y + 16}" stroke="#9fb4d8" stroke-width="2"/>')
        for text, x in ((str(i + 1), 60), (row["name"], 150), (row["phone"], 640), (row["order"], 1090)):
            if hand:
                body.append(shaky(text, x, y, 36, rng, "Noto Sans"))
            else:
                body.append(f'<text x="{x}" y="{y}" font-family="Noto Sans" font-size="34">{escape(text)}</text>')
    return sheet(1600, height, "".join(body))


def card(seed):
    rng = random.Random(1000 + seed)
    name, shop = f"{rng.choice(FIRST)} {rng.choice(LAST)}", rng.choice(SHOPS)
    domain = shop.split()[0].lower() + ".example"
    return {"name": name, "company": shop, "phone": number(rng), "mail": f"{name.split()[0].lower()}@{domain}", "web": f"www.{domain}",
            "address": f"{rng.randrange(2, 99)} Market Street", "town": "Bristol BS1 4ND", "job": rng.choice(["Owner", "Sales Manager", "Director", "Head Baker"])}


def card_svg(who, seed=0):
    fonts = ["Inter", "Noto Sans", "Noto Serif", "Noto Sans Display"]
    font = fonts[seed % len(fonts)]
    lines = [(who["name"], 58, 700), (who["job"], 32, 400), ("", 20, 400), (who["company"], 42, 600), (who["address"], 32, 400), (who["town"], 32, 400), ("", 14, 400),
             ("Tel. " + who["phone"] if seed % 2 else who["phone"], 34, 400), (who["mail"], 34, 400), (who["web"], 34, 400)]
    if seed % 3 == 0:  # the company on top
        lines = [lines[3], ("", 26, 400), lines[0], lines[1], ("", 20, 400)] + lines[4:]
    y, body = 110, []
    for text, size, weight in lines:
        body.append(f'<text x="90" y="{y}" font-family="{font}" font-size="{size}" font-weight="{weight}">{escape(text)}</text>')
        y += size + 22
    return sheet(1120, 680, "".join(body), ["#ffffff", "#f7f3e8", "#eef3f5"][seed % 3])


# How the telephone held it, as arguments of ImageMagick.
LOOKS = {
    "clean": [],
    "skew": ["-background", "#6b4a30", "-rotate", "3.2", "+repage"],
    "shadow": ["(", "+clone", "-fill", "white", "-colorize", "100", "-sparse-color", "bilinear", "0,0 #ffffff %[fx:w-1],0 #d8d4cc 0,%[fx:h-1] #b8b0a4 %[fx:w-1],%[fx:h-1] #8c8478", ")", "-compose", "multiply", "-composite"],
    "noise": ["-attenuate", "0.25", "+noise", "Gaussian", "-quality", "75"],
    "photo": ["(", "+clone", "-fill", "white", "-colorize", "100", "-sparse-color", "bilinear", "0,0 #ffffff %[fx:w-1],0 #e8e4dc 0,%[fx:h-1] #c8c0b4 %[fx:w-1],%[fx:h-1] #a8a094", ")", "-compose", "multiply", "-composite",
              "-background", "#5b3e28", "-rotate", "2.1", "+repage", "-blur", "0x0.7", "-attenuate", "0.15", "+noise", "Gaussian", "-quality", "80"],
    "upside-down": ["-rotate", "180"],
    "sideways": ["-rotate", "90"],
    "blurred": ["-blur", "0x7"],
    "dark": ["-evaluate", "multiply", "0.13"],
    "small": ["-resize", "22%"],
}


def draw(svg, path, look="clean"):
    source = path + ".svg"
    with open(source, "w", encoding="utf-8") as stream:
        stream.write(svg)
    subprocess.run(["rsvg-convert", source, "-o", path + ".png"], check=True)
    subprocess.run(["convert", path + ".png", "-seed", "7", *LOOKS[look], path], check=True)
    os.unlink(source)
    os.unlink(path + ".png")
    return path


def draw_list(path, count=40, look="photo", hand=False, seed=1, taken=()):
    """@taken: numbers, as "07700 900123", that belong to somebody else already."""
    rows = people(count, seed, taken)
    draw(list_svg(rows, hand, seed=seed), path, look)
    return rows


def draw_card(path, seed, look="photo"):
    who = card(seed)
    draw(card_svg(who, seed), path, look)
    return who


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    truth = {}
    for name in LOOKS:
        truth[f"list-{name}.jpg"] = draw_list(os.path.join(folder, f"list-{name}.jpg"), 40, name)
        truth[f"card-{name}.jpg"] = draw_card(os.path.join(folder, f"card-{name}.jpg"), 1, name)
    truth["hand.jpg"] = draw_list(os.path.join(folder, "hand.jpg"), 12, "photo", hand=True)
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as stream:
        json.dump(truth, stream, indent=1)
