#!/usr/bin/env python3
"""Fifty cards and a list of forty rows, photographed: fields read right, and the time of a card against the engine alone."""

import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reader"))
import paper  # noqa: E402
import score  # noqa: E402

CARDS = int(os.environ.get("SHOPBELL_BENCH_CARDS", "50"))
LOOKS = ["photo", "skew", "shadow", "noise", "clean"]


def plain(path):
    """The engine as it comes, on the picture as it is, in the same program: its text and the seconds of the whole program."""
    start = time.monotonic()
    found = subprocess.run([os.environ["SHOPBELL_READER"], "ocr"], input=json.dumps({"path": path, "plain": True}), capture_output=True, text=True, check=True,
                           env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return json.loads(found.stdout.splitlines()[-1])["text"], time.monotonic() - start


def main():
    os.environ["PATH"] = os.path.dirname(os.environ["SHOPBELL_CLI"]) + ":" + os.environ["PATH"]
    right, total, phones, plain_phones, silent, ours, alone = 0, 0, 0, 0, 0, [], []
    with tempfile.TemporaryDirectory() as folder:
        for i in range(CARDS):
            path = os.path.join(folder, f"card-{i}.jpg")
            who = paper.draw_card(path, i, LOOKS[i % len(LOOKS)])
            lines, took = score.read(path, "--as", "card")
            rows = [line for line in lines if "row" in line]
            fields = score.score_card(rows, who)
            text, took_alone = plain(path)
            right += sum(fields.values())
            total += len(fields)
            phones += fields["phone"]
            plain_phones += score.squeeze(who["phone"]) in score.squeeze(text)
            silent += bool(rows) and not fields["phone"] and not rows[0]["doubts"]
            ours.append(took)
            alone.append(took_alone)
        path = os.path.join(folder, "list.jpg")
        truth = paper.draw_list(path, 40, "photo")
        lines, took = score.read(path, "--as", "list")
        numbers, names, orders, wrong = score.score_list([line for line in lines if "row" in line], truth)
    print(json.dumps({"bench": "ocr", "cards": CARDS, "fields_right": right, "fields": total, "phones_right": phones, "phones_right_engine_alone": plain_phones, "phones_wrong_without_doubt": silent,
                      "card_ms": round(1000 * sorted(ours)[len(ours) // 2]), "card_ms_engine_alone": round(1000 * sorted(alone)[len(alone) // 2]),
                      "list_rows": 40, "list_numbers_right": numbers, "list_names_right": names, "list_orders_right": orders, "list_wrong_without_doubt": wrong, "list_ms": round(1000 * took)}))


if __name__ == "__main__":
    main()
