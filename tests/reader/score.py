"""How many fields are read right: score.py FOLDER, as paper.py filled it."""

import json
import os
import subprocess
import sys
import time


def read(path, *options):
    start = time.monotonic()
    found = subprocess.run(["shopbell-cli", "--json", "ocr", path, "--country", "GB", "--turn", *options], capture_output=True, text=True, check=False)
    return [json.loads(line) for line in found.stdout.splitlines()], time.monotonic() - start


def squeeze(text):
    return "".join((text or "").split()).lower()


def score_list(rows, truth):
    """Rows whose number is right, whose name is right, whose order is right; numbers that are wrong without a doubt mark."""
    by_number = {squeeze(row.get("number")): row for row in rows}
    good = [by_number.get(squeeze(one["phone"])) for one in truth]
    names = sum(row is not None and squeeze(row.get("name")) == squeeze(one["name"]) for row, one in zip(good, truth))
    orders = sum(row is not None and squeeze(row.get("order")) == squeeze(one["order"]) for row, one in zip(good, truth))
    known = {squeeze(one["phone"]) for one in truth}
    silent = sum(bool(row.get("number")) and squeeze(row["number"]) not in known and not row["doubts"] for row in rows)
    return sum(row is not None for row in good), names, orders, silent


CARD = (("name", "name"), ("phone", "number"), ("company", "company"), ("mail", "mail"), ("web", "web"), ("address", "address"))


def score_card(rows, truth):
    row = rows[0] if rows else {}
    return {mine: squeeze(truth[mine]) in squeeze(row.get(theirs)) for mine, theirs in CARD}


if __name__ == "__main__":
    folder = sys.argv[1]
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as stream:
        answers = json.load(stream)
    for name, truth in answers.items():
        if len(sys.argv) > 2 and sys.argv[2] not in name:
            continue
        lines, took = read(os.path.join(folder, name))
        rows = [line for line in lines if "row" in line]
        verdict = next((line["verdict"] for line in lines if "verdict" in line), lines)
        result = score_list(rows, truth) if isinstance(truth, list) else score_card(rows, truth)
        print(f"{name:24} {took:5.2f}s {verdict} {len(rows)} rows, {sum(row['doubts'] for row in rows)} doubts: {result}")
        if len(sys.argv) > 3:
            for row in rows:
                print("   ", row)
