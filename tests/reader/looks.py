"""The same list of forty people in many looks, and fifty cards of which no two are set alike. Everything follows from a seed."""

import json
import os
import random
import subprocess
import sys
from xml.sax.saxutils import escape

import paper

FRENCH_FIRST = ["Zoé", "Élodie", "François", "Hélène", "Jérôme", "Chloé", "Benoît", "Noémie", "Théo", "Anaïs", "Loïc", "Maëlle", "Rémi", "Inès", "Cédric"]
FRENCH_LAST = ["Lefèvre", "Moreau", "Bézier", "Garçon", "Dubois", "Légère", "Fontaine", "Château", "Roux", "Mercier", "Gauthier", "Perrin"]
ARAB_FIRST = ["أحمد", "فاطمة", "محمد", "ليلى", "يوسف", "خالد", "سارة", "عمر", "نوال", "كريم", "مريم", "حسن", "سلمى", "طارق", "هدى"]
ARAB_LAST = ["حداد", "منصور", "العلوي", "ناصر", "الخطيب", "سليمان", "بركات", "الشامي", "عيسى", "درويش", "قاسم", "صالح"]
ARAB_ORDERS = ["كعكة شوكولاتة", "خبز طازج", "فطيرة تمر", "علبة حلوى", "كعكة لوز"]
ARAB_SHOPS = ["متجر الياسمين", "محل النور", "شركة الواحة", "متجر البركة"]
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def indic(words):
    """In the digits of Egypt; a number's groups stand from left to right as people write them."""
    return f"\u202d{words.translate(INDIC)}\u202c"


def number(rng, country, style):
    """Of the ranges kept free for invention where a country has one."""
    if country == "FR":
        tail = f"{rng.randrange(10000):04}"
        return [f"06 39 98 {tail[:2]} {tail[2:]}", f"06.39.98.{tail[:2]}.{tail[2:]}", f"+33 6 39 98 {tail[:2]} {tail[2:]}"][style % 3]
    if country == "EG":
        tail = f"{rng.randrange(10000):04}"
        return [f"0100 123 {tail}", f"01001 23{tail[:1]} {tail[1:]}0", f"+20 100 123 {tail}"][style % 3]
    tail = f"{rng.randrange(1000):03}"
    return [f"07700 900{tail}", f"+44 7700 900{tail}", f"07700-900-{tail}"][style % 3]


def people(count, seed, country="GB", style=0):
    rng = random.Random(seed)
    first, last, orders = {"GB": (paper.FIRST, paper.LAST, paper.ORDERS), "FR": (FRENCH_FIRST, FRENCH_LAST, paper.ORDERS), "EG": (ARAB_FIRST, ARAB_LAST, ARAB_ORDERS)}[country]
    rows, seen = [], set()
    while len(rows) < count:
        name, phone = f"{rng.choice(first)} {rng.choice(last)}", number(rng, country, style)
        if name in seen or phone in seen:
            continue
        seen |= {name, phone}
        rows.append({"name": name, "phone": phone, "order": rng.choice(orders)})
    return rows


def text(x, y, size, words, font="Noto Sans", more=""):
    return f'<text x="{x}" y="{y}" font-family="{font}" font-size="{size}" {more}>{escape(words)}</text>'


def rule(x1, y1, x2, y2, colour="#7f8ca8", width=2):
    return f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" stroke="{colour}" stroke-width="{width}"/>'


def sheet(width, height, body, paper_colour="#fbf9f2", ink="#1d2233"):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" fill="{paper_colour}"/>'
            f'<g fill="{ink}">{body}</g></svg>')


def table_svg(rows, font="Noto Sans", grid=True, ink="#1d2233", colour="#fbf9f2", size=34, rule_colour="#7f8ca8", right_to_left=False, titles=("Name", "Phone", "Order"), hand=False):
    """Four columns; with @grid, every cell in a frame of its own."""
    rng = random.Random(5)
    width, pitch, top, side = 1600, 58, 150, (40, 130, 620, 1090, 1560)
    height = top + pitch * (len(rows) + 1) + 60
    body = [text(1560, 90, 46, "قائمة الطلبات", font, 'text-anchor="end"') if right_to_left else text(60, 90, 46, "Orders Saturday 21 Nov.", font)]
    for i, row in enumerate([None, *rows]):
        y = top + pitch * i
        cells = ["", *titles] if row is None else [str(i), row["name"], row["phone"], row["order"]]
        for k, words in enumerate(cells):
            if right_to_left:
                # Text of a cell ends at its right side; digits of a number run as they always do.
                edge = width - side[k] - 14
                shown = indic(words) if words[:1].isdigit() or words[:1] == "+" else words
                body.append(text(edge, y + 40, size, shown, font, 'text-anchor="end"'))
            elif hand and row is not None:
                body.append(paper.shaky(words, side[k] + 14, y + 40, 36, rng, font))
            else:
                body.append(text(side[k] + 14, y + 40, size, words, font, 'font-weight="700"' if row is None else ""))
        if grid:
            body.append(rule(side[0], y, side[4], y, rule_colour))
    if grid:
        bottom = top + pitch * (len(rows) + 1)
        body.append(rule(side[0], bottom, side[4], bottom, rule_colour))
        for k in range(5):
            x = width - side[k] if right_to_left else side[k]
            body.append(rule(x, top, x, bottom, rule_colour))
    return sheet(width, height, "".join(body), colour, ink)


def screen_svg(rows):
    """A list of a program on a screen: bands instead of rules, letters in two shades of grey."""
    pitch, top = 58, 120
    height = top + pitch * len(rows) + 60
    body = ['<rect x="0" y="0" width="1600" height="84" fill="#2b4a8b"/>', text(60, 58, 38, "Customers", "Inter", 'fill="#ffffff"')]
    for i, row in enumerate(rows):
        y = top + pitch * i
        if i % 2:
            body.append(f'<rect x="0" y="{y}" width="1600" height="{pitch}" fill="#e9edf4"/>')
        body += [text(60, y + 40, 32, row["name"], "Inter"), text(640, y + 40, 32, row["phone"], "Inter"), text(1100, y + 40, 30, row["order"], "Inter", 'fill="#5a6272"')]
    return sheet(1600, height, "".join(body), "#ffffff", "#20242c")


SHADE = ["(", "+clone", "-fill", "white", "-colorize", "100", "-sparse-color", "bilinear", "0,0 #ffffff %[fx:w-1],0 #e8e4dc 0,%[fx:h-1] #c8c0b4 %[fx:w-1],%[fx:h-1] #a8a094", ")", "-compose", "multiply", "-composite"]
CAMERA = ["-blur", "0x0.7", "-attenuate", "0.12", "+noise", "Gaussian", "-quality", "82"]
TILT = ["-virtual-pixel", "background", "-background", "#5b3e28", "-distort", "Perspective", "0,0 60,30 %w,0 %[fx:w-30],0 0,%h 0,%[fx:h-20] %w,%h %[fx:w-90],%[fx:h-60]"]
# The stripes of a screen's points against those of the camera.
GRID = ["(", "+clone", "-fx", "(i%3==0||j%3==0)?0.86:1", ")", "-compose", "multiply", "-composite"]

# Each: what is drawn, from where, with which languages; then what the camera did to it.
LOOKS = {
    "table": (table_svg, {}, "GB", 0, [*SHADE, "-background", "#5b3e28", "-rotate", "1.4", "+repage", *CAMERA]),
    "table-dark-rules": (table_svg, {"rule_colour": "#1d2233"}, "GB", 1, [*SHADE, *CAMERA]),
    "no-rules": (table_svg, {"grid": False}, "GB", 1, [*SHADE, "-background", "#5b3e28", "-rotate", "-2.1", "+repage", *CAMERA]),
    "serif": (table_svg, {"font": "Noto Serif"}, "GB", 2, [*SHADE, *CAMERA]),
    "monospace": (table_svg, {"font": "Noto Sans Mono", "size": 30}, "GB", 0, [*SHADE, "-background", "#5b3e28", "-rotate", "0.8", "+repage", *CAMERA]),
    "screen": (screen_svg, {}, "GB", 1, [*GRID, "-background", "#222222", "-rotate", "1.2", "+repage", "-blur", "0x0.9", "-quality", "78"]),
    "low-contrast": (table_svg, {"ink": "#8d8a84", "colour": "#cfccc4", "rule_colour": "#b5b1a8"}, "GB", 0, [*SHADE, *CAMERA]),
    "sideways": (table_svg, {}, "GB", 0, [*SHADE, *CAMERA, "-rotate", "90", "+repage"]),
    "upside-down": (table_svg, {}, "GB", 0, [*SHADE, *CAMERA, "-rotate", "180", "+repage"]),
    "perspective": (table_svg, {}, "GB", 0, [*SHADE, *TILT, *CAMERA]),
    "curled": (table_svg, {}, "GB", 0, [*SHADE, "-background", "#5b3e28", "-wave", "9x3300", "+repage", *CAMERA]),
    "french": (table_svg, {}, "FR", 0, [*SHADE, "-background", "#5b3e28", "-rotate", "1.1", "+repage", *CAMERA]),
    "arabic": (table_svg, {"right_to_left": True, "font": "Noto Naskh Arabic", "size": 38, "titles": ("الاسم", "الهاتف", "الطلب")}, "EG", 0, [*SHADE, "-background", "#5b3e28", "-rotate", "0.9", "+repage", *CAMERA]),
    "hand": (table_svg, {"hand": True}, "GB", 0, [*SHADE, *CAMERA]),
}
PRINTED = [name for name in LOOKS if name not in ("hand", "arabic")]
LANGUAGES = {"GB": "eng", "FR": "fra+eng", "EG": "ara+eng"}


def photograph(svg, path, steps):
    with open(path + ".svg", "w", encoding="utf-8") as stream:
        stream.write(svg)
    subprocess.run(["rsvg-convert", path + ".svg", "-o", path + ".png"], check=True)
    subprocess.run(["convert", path + ".png", "-seed", "7", *steps, path], check=True)
    os.unlink(path + ".svg")
    os.unlink(path + ".png")


def draw_look(path, look, count=40, seed=11):
    """The rows, and where they are from."""
    make, options, country, style, steps = LOOKS[look]
    rows = people(count, seed + len(look), country, style)
    photograph(make(rows, **options), path, steps)
    return {"rows": rows, "country": country, "languages": LANGUAGES[country]}


# -- cards --

JOBS = {"GB": ["Owner", "Sales Manager", "Director", "Head Baker", "Founder", "Customer Service"], "FR": ["Gérante", "Directeur commercial", "Responsable des ventes", "Propriétaire", "Chef pâtissier"],
        "EG": ["مدير", "مالك", "مدير المبيعات"]}
SHOPS = {"GB": [*paper.SHOPS, "Harrow & Finch Ltd", "Bramley Interiors", "Old Mill Pottery", "Studio Kestrel", "Penrose Garage", "The Copper Kettle"],
         "FR": ["Boulangerie Dubois", "Fleurs de Provence", "Atelier Lumière", "Garage du Château", "Pâtisserie Élise", "Librairie des Arcades", "Le Petit Marché"], "EG": ARAB_SHOPS}
STREETS = {"GB": [("{n} Market Street", "Bristol BS1 4ND"), ("{n} Station Road", "Leeds LS1 5DL"), ("Unit {n}, Mill Lane", "York YO1 7HH"), ("{n} High Street", "Bath BA1 2QF")],
           "FR": [("{n} rue de la République", "69002 Lyon"), ("{n} avenue Foch", "13001 Marseille"), ("{n} place du Marché", "31000 Toulouse"), ("{n} bd Voltaire", "75011 Paris")]}
FONTS = ["Inter", "Noto Sans", "Noto Serif", "Noto Sans Display", "Noto Serif Display", "Noto Sans Mono"]
PAPERS = [("#ffffff", "#1d2233"), ("#f7f3e8", "#3a2a1a"), ("#eef3f5", "#20242c"), ("#fdf6f0", "#5a1030"), ("#233044", "#f4f4f0")]


def plain(words):
    table = str.maketrans("éèêëàâçîïôûùñÉ", "eeeeaaciiouunE")
    return "".join(c for c in words.translate(table).lower() if c.isalnum())


def card(seed):
    rng = random.Random(7000 + seed)
    country = "FR" if seed % 5 in (1, 3) else "GB"
    first, last = rng.choice(paper.FIRST if country == "GB" else FRENCH_FIRST), rng.choice(paper.LAST if country == "GB" else FRENCH_LAST)
    shop = rng.choice(SHOPS[country])
    domain = plain(shop) + (".example" if seed % 2 else ".fr" if country == "FR" else ".co.uk")
    street, town = rng.choice(STREETS[country])
    mailbox = [plain(first), f"{plain(first)}.{plain(last)}", "hello", "contact"][seed % 4]
    return {"country": country, "languages": LANGUAGES[country], "name": f"{first} {last}", "company": shop, "phone": number(rng, country, seed), "mail": f"{mailbox}@{domain}", "web": f"www.{domain}",
            "address": street.format(n=rng.randrange(2, 99)), "town": town, "job": rng.choice(JOBS[country])}


def lines_of(who, layout, seed):
    name, job, company = (who["name"], 54, 700), (who["job"], 30, 400), (who["company"], 44, 600)
    where = [(who["address"], 30, 400), (who["town"], 30, 400)]
    label = ["", "Tel. ", "Mobile: ", "M ", "WhatsApp "][seed % 5] if who["country"] == "GB" else ["", "Tél. ", "Port. ", "Mob. "][seed % 4]
    reach = [(label + who["phone"], 33, 400), (("Email: " if seed % 3 == 1 else "") + who["mail"], 31, 400), (who["web"], 31, 400)]
    gap = [("", 20, 400)]
    return [[name, job, *gap, company, *where, *gap, *reach], [company, *gap, name, job, *gap, *reach, *where], [company, *where, *gap, *gap, name, job, *reach],
            [name, company, job, *gap, *reach, *gap, *where], [*reach, *gap, name, job, *gap, company, *where]][layout]


def card_svg(who, seed):
    font, (colour, ink), layout = FONTS[seed % len(FONTS)], PAPERS[seed % len(PAPERS)], (seed // 2) % 5
    side = ["start", "middle", "end", "start"][seed % 4]
    x = {"start": 90, "middle": 560, "end": 1030}[side]
    y, body = 110, []
    for words, size, weight in lines_of(who, layout, seed):
        shown = min(size, int(900 / max(1, len(words) * 0.58))) if words else size
        if words:
            body.append(text(x, y, shown, words, font, f'font-weight="{weight}" text-anchor="{side}"'))
        y += size + 20
    if seed % 3 == 2:
        body.append(rule(90, 640, 1030, 640, ink))
    return sheet(1120, 700, "".join(body), colour, ink)


CARD_STEPS = {
    "clean": ["-quality", "92"],
    "photo": [*SHADE, "-background", "#5b3e28", "-rotate", "2.1", "+repage", *CAMERA],
    "skew": ["-background", "#6b4a30", "-rotate", "-3.4", "+repage", "-quality", "80"],
    "noise": ["-attenuate", "0.25", "+noise", "Gaussian", "-quality", "75"],
    "tilt": [*TILT, "-blur", "0x0.5", "-quality", "82"],
    "light": ["(", "+clone", "-fill", "white", "-colorize", "100", "-sparse-color", "bilinear", "0,0 #b8b0a4 %[fx:w-1],0 #ffffff 0,%[fx:h-1] #8c8478 %[fx:w-1],%[fx:h-1] #d8d4cc", ")", "-compose", "multiply", "-composite", "-quality", "85"],
    "far": ["-resize", "60%", "-blur", "0x0.4", "-quality", "80"],
}


def draw_card(path, seed):
    who = card(seed)
    photograph(card_svg(who, seed), path, list(CARD_STEPS.values())[seed % len(CARD_STEPS)])
    return who


def arabic_card(seed=1):
    rng = random.Random(9000 + seed)
    return {"country": "EG", "languages": "ara+eng", "name": f"{rng.choice(ARAB_FIRST)} {rng.choice(ARAB_LAST)}", "company": rng.choice(ARAB_SHOPS), "phone": number(rng, "EG", 0), "mail": "info@waha.example",
            "web": "www.waha.example", "address": f"شارع النيل {rng.randrange(2, 99)}", "town": "القاهرة", "job": rng.choice(JOBS["EG"])}


def draw_arabic_card(path, seed=1):
    who = arabic_card(seed)
    body = []
    for i, (words, size) in enumerate([(who["company"], 54), (who["name"], 48), (who["job"], 34), (who["address"], 36), (indic(who["phone"]) if seed % 2 else who["phone"], 40), (who["mail"], 32), (who["web"], 32)]):
        body.append(text(1030, 120 + i * 82, size, words, "Noto Naskh Arabic" if seed % 2 else "Noto Kufi Arabic", 'text-anchor="end"'))
    photograph(sheet(1120, 720, "".join(body), "#ffffff"), path, CARD_STEPS["photo" if seed % 3 else "light"])
    return who


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    truth = {"looks": {}, "cards": []}
    for name in LOOKS:
        truth["looks"][name] = draw_look(os.path.join(folder, f"look-{name}.jpg"), name)
    for i in range(int(sys.argv[2]) if len(sys.argv) > 2 else 50):
        truth["cards"].append(draw_card(os.path.join(folder, f"card-{i:02}.jpg"), i))
    truth["arabic"] = [draw_arabic_card(os.path.join(folder, f"arabic-{i}.jpg"), i) for i in range(6)]
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as stream:
        json.dump(truth, stream, indent=1, ensure_ascii=False)
