"""There is no second way out: whoever queues or sends asks the gate. This lists all the places that do, and fails on a new one.

A new place belongs into the list only when it asks the gate itself, in the same command that queues.
"""

import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src")

# What puts a message on its way, and the files that may call it.
SITES = {
    "sb_writer_queue": {"engine/sb-engine-send.c", "engine/sb-queue.c"},
    "sb_channel_send_async": {"engine/sb-dispatcher.c"},
    "sb_writer_claim": {"engine/sb-dispatcher.c"},
    "sb_writer_resend": {"engine/sb-engine-acts.c"},
}
# What each of those files must ask; a message that is sent again passes the dispatcher, which asks.
GATE = {
    "engine/sb-engine-send.c": "sb_gate_check",
    "engine/sb-queue.c": "sb_gate_check",
    "engine/sb-dispatcher.c": "sb_gate_recheck",
}
# The outbox is written by one file of the store only, and by Undo, which puts back what was queued before.
OUTBOX = re.compile(r"INSERT INTO outbox|UPDATE outbox SET state")
OUTBOX_FILES = {"store/sb-writer-outbox.c", "store/sb-writer-status.c", "store/sb-undo.c"}


def sources():
    for folder, _, files in os.walk(TOP):
        for name in files:
            if name.endswith(".c"):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as stream:
                    yield os.path.relpath(path, TOP), re.sub(r"/\*.*?\*/", "", stream.read(), flags=re.S)


def main():
    problems = []
    seen = {name: set() for name in SITES}
    texts = dict(sources())
    for path, text in texts.items():
        for name in SITES:
            # A call, not the definition at the beginning of a line.
            if re.search(r"(?<!\n)(?<![A-Za-z_])" + name + r" \(", text) and not re.search(r"^" + name + r" \(", text, flags=re.M):
                seen[name].add(path)
        if OUTBOX.search(text) and path not in OUTBOX_FILES and not path.startswith(("practice/", "mailbox/")):
            problems.append(f"{path} writes to the outbox by itself")
    for name, files in seen.items():
        for path in sorted(files - SITES[name] - {"channel/sb-channel.c"}):
            problems.append(f"{path} calls {name}, past the gate")
        if not files & SITES[name]:
            problems.append(f"nobody calls {name} any more: this test looks for nothing")
    for path, gate in GATE.items():
        if gate + " (" not in texts[path]:
            problems.append(f"{path} does not ask {gate}")
    for part in ("sb_gate_check", "sb_gate_recheck"):
        body = texts["engine/sb-gate.c"].split(f"\n{part} (", 1)[1].split("\n}\n", 1)[0]
        if "consent" not in body:
            problems.append(f"{part} does not ask about consent")
    print("\n".join(problems) or f"{sum(map(len, seen.values()))} places put messages on their way; all ask the gate")
    return 1 if problems else 0


sys.exit(main())
