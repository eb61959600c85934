#!/usr/bin/env python3
"""Fifty cards of which no two are set alike, and the same list in many looks: fields read right, and the work beside that of the
command "tesseract" on the same picture in the same run. Where the command is not installed (or SHOPBELL_TESSERACT does not name
it), the engine alone inside our reader is measured instead, and the answer says so."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reader"))
import looks  # noqa: E402
import score  # noqa: E402

CARDS = int(os.environ.get("SHOPBELL_BENCH_CARDS", "50"))
COMMAND = os.environ.get("SHOPBELL_TESSERACT") or shutil.which("tesseract")
QUIET = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def alone(path, languages):
    """What the engine reads by itself, and the seconds of work of the whole program."""
    start = score.spent()
    if COMMAND:
        text = subprocess.run([COMMAND, path, "-", "-l", languages], capture_output=True, text=True, check=True, env=QUIET).stdout
    else:
        found = subprocess.run([os.environ["SHOPBELL_READER"], "ocr"], input=json.dumps({"path": path, "plain": True}), capture_output=True, text=True, check=True, env=QUIET)
        text = json.loads(found.stdout.splitlines()[-1])["text"]
    return text, score.spent() - start


def middle(values):
    return round(1000 * sorted(values)[len(values) // 2]) if values else 0


def cards(folder, result):
    right, ours, theirs = {}, [], []
    result.update(cards=CARDS, phones_engine_alone=0, phones_wrong_in_doubt=0, phones_wrong_silent=0)
    for i in range(CARDS):
        path = os.path.join(folder, f"card-{i}.jpg")
        who = looks.draw_card(path, i)
        lines, took = score.read(path, "--as", "card", "--lang", who["languages"], country=who["country"])
        text, took_alone = alone(path, who["languages"])
        rows = score.rows_of(lines)
        fields = score.score_card(rows, who)
        for name, good in fields.items():
            right[name] = right.get(name, 0) + good
        result["phones_engine_alone"] += score.squeeze(who["phone"]) in score.squeeze(text)
        if rows and rows[0].get("number") and not fields["phone"]:
            result["phones_wrong_in_doubt" if rows[0]["number_doubts"] else "phones_wrong_silent"] += 1
        ours.append(took)
        theirs.append(took_alone)
    result.update(fields_right=sum(right.values()), fields=len(right) * CARDS, right=right, card_ms=middle(ours), card_ms_engine_alone=middle(theirs),
                  card_ratio=round(sum(ours) / sum(theirs), 2))


def lists(folder, result):
    result["lists"] = {}
    for name in looks.LOOKS if CARDS >= 50 else ("table",):
        path = os.path.join(folder, f"{name}.jpg")
        look = looks.draw_look(path, name)
        lines, took = score.read(path, "--as", "list", "--lang", look["languages"], country=look["country"])
        text, took_alone = alone(path, look["languages"])
        rows = score.rows_of(lines)
        numbers, names, orders, silent = score.score_list(rows, look["rows"])
        doubtful, _ = score.count_doubtful(rows, look["rows"])
        result["lists"][name] = {"numbers": numbers, "in_doubt": doubtful, "silent": silent, "names": names, "orders": orders, "ms": round(1000 * took), "ms_engine_alone": round(1000 * took_alone),
                                 "numbers_engine_alone": sum(score.squeeze(row["phone"]) in score.squeeze(text) for row in look["rows"])}


def main():
    os.environ["PATH"] = os.path.dirname(os.environ["SHOPBELL_CLI"]) + ":" + os.environ["PATH"]
    result = {"bench": "ocr", "beside": "tesseract" if COMMAND else "the library in our reader"}
    with tempfile.TemporaryDirectory() as folder:
        cards(folder, result)
        lists(folder, result)
    print(json.dumps(result))
    silent = result["phones_wrong_silent"] + sum(one["silent"] for name, one in result["lists"].items() if name != "hand")
    sys.exit(silent > 0)


if __name__ == "__main__":
    main()
