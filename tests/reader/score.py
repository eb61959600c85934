"""How many fields are read right: score.py FOLDER [PART-OF-NAME [-v]], as looks.py filled it."""

import json
import os
import resource
import subprocess
import sys


def spent():
    """Seconds of work of all children that ended: on a busy machine the clock on the wall tells of the others."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def read(path, *options, country="GB"):
    start = spent()
    found = subprocess.run(["shopbell-cli", "--json", "ocr", path, "--country", country, "--turn", *options], capture_output=True, text=True, check=False)
    return [json.loads(line) for line in found.stdout.splitlines()], spent() - start


def squeeze(text):
    return "".join((text or "").split()).lower()


def digits(text):
    """The end of a number, which is the same however it is written."""
    return "".join(c for c in text or "" if c.isdigit())[-9:]


def score_list(rows, truth):
    """Rows whose number is right, whose name is right, whose order is right; numbers that are wrong without a doubt mark."""
    by_number = {digits(row.get("number")): row for row in rows}
    good = [by_number.get(digits(one["phone"])) for one in truth]
    names = sum(row is not None and squeeze(row.get("name")) == squeeze(one["name"]) for row, one in zip(good, truth))
    orders = sum(row is not None and squeeze(row.get("order")) == squeeze(one["order"]) for row, one in zip(good, truth))
    known = {digits(one["phone"]) for one in truth}
    silent = sum(bool(row.get("number")) and digits(row["number"]) not in known and not row["number_doubts"] for row in rows)
    return sum(row is not None for row in good), names, orders, silent


def count_doubtful(rows, truth):
    """Numbers that were read wrong and are marked for it, and names that are right wherever they stand."""
    known, wanted = {digits(one["phone"]) for one in truth}, {squeeze(one["name"]) for one in truth}
    return sum(bool(row["number_doubts"]) and digits(row.get("number")) not in known for row in rows), len(wanted & {squeeze(row.get("name")) for row in rows})


CARD = (("name", "name"), ("phone", "number"), ("company", "company"), ("mail", "mail"), ("web", "web"), ("address", "address"))


def score_card(rows, truth):
    row = rows[0] if rows else {}
    return {mine: digits(truth[mine]) == digits(row.get(theirs)) if mine == "phone" else squeeze(truth[mine]) in squeeze(row.get(theirs)) if mine == "address" else squeeze(truth[mine]) == squeeze(row.get(theirs))
            for mine, theirs in CARD}


def rows_of(lines):
    return [line for line in lines if "row" in line]


def tell_look(path, look, verbose):
    lines, took = read(path, "--lang", look["languages"], "--as", "list", country=look["country"])
    rows, verdict = rows_of(lines), next((line["verdict"] for line in lines if "verdict" in line), lines)
    numbers, names, orders, silent = score_list(rows, look["rows"])
    doubtful, names_anywhere = count_doubtful(rows, look["rows"])
    print(f"{os.path.basename(path):28} {took:5.2f}s {verdict:8} {len(rows)} rows: numbers {numbers} + {doubtful} in doubt, {silent} silent; names {names} ({names_anywhere}); orders {orders}; doubts {sum(row['doubts'] for row in rows)}", flush=True)
    wanted = {digits(one["phone"]): one for one in look["rows"]}
    for row in rows if verbose else ():
        one = wanted.get(digits(row.get("number")))
        if one is None or squeeze(one["name"]) != squeeze(row.get("name")):
            print("   ", one and one["name"], row)


def tell_card(path, who, verbose, total):
    lines, took = read(path, "--lang", who["languages"], "--as", "card", country=who["country"])
    found = score_card(rows_of(lines), who)
    for key, right in found.items():
        total[key] = total.get(key, 0) + right
    if not all(found.values()) and verbose:
        print(os.path.basename(path), f"{took:.2f}s", [key for key, right in found.items() if not right], {key: who[key] for key in found}, rows_of(lines), flush=True)


if __name__ == "__main__":
    folder, part, verbose = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "", len(sys.argv) > 3
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as stream:
        answers = json.load(stream)
    for name, look in answers["looks"].items():
        if part in f"look-{name}":
            tell_look(os.path.join(folder, f"look-{name}.jpg"), look, verbose)
    for kind, pattern in (("cards", "card-{:02}"), ("arabic", "arabic-{}")):
        total = {}
        for i, who in enumerate(answers[kind]):
            if part in pattern.format(i):
                tell_card(os.path.join(folder, pattern.format(i) + ".jpg"), who, verbose, total)
        if total:
            print(kind, total, "of", len(answers[kind]))
