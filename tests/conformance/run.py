#!/usr/bin/env python3
"""Runs clients written by others against shopbell-practice and prints TAP.

Where npm cannot install them (no network, no npm), what they once sent is played back from recorded/*.json instead: each
request with the status and the members its answer must have. run.py --record writes those files anew.
"""

import glob
import json
import os
import pathlib
import shutil
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "practice"))

from practice import Practice  # noqa: E402

SAMPLES = {"image": ("image/jpeg", b"\xff\xd8\xff\xe0photo"), "audio": ("audio/ogg", b"OggS"), "document": ("application/pdf", b"%PDF-1.4"),
           "sticker": ("image/webp", b"RIFF....WEBP"), "video": ("video/mp4", b"....ftyp")}


def cache_folder():
    """Kept between runs: the cache of Shopbell when there is one, else the build folder."""
    base = os.environ.get("SHOPBELL_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not os.access(base, os.W_OK):
        base = os.environ.get("MESON_BUILD_ROOT", os.getcwd())
    return pathlib.Path(base) / "shopbell-conformance"


def install():
    """The folder with node_modules, or None with the reason."""
    if os.environ.get("SHOPBELL_CONFORMANCE") == "replay" or not shutil.which("npm") or not shutil.which("node"):
        return None, "npm is not here"
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    lock = (here / "package-lock.json").read_bytes()
    mark = folder / "installed"
    if mark.exists() and mark.read_bytes() == lock:
        return folder, None
    for name in ("package.json", "package-lock.json"):
        shutil.copy(here / name, folder / name)
    try:
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, timeout=240,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except subprocess.TimeoutExpired:
        return None, "npm took too long"
    if done.returncode != 0:
        return None, "npm could not install: " + done.stdout.strip().splitlines()[-1]
    mark.write_bytes(lock)
    return folder, None


def run_clients(folder, record):
    with Practice("--seed", "42", "--media-auth", "strict") as world:
        env = {**os.environ, "PRACTICE": json.dumps(world.info), "MODULES": str(folder)}
        if record:
            env["RECORD"] = str(here / "recorded")
        return subprocess.run(["node", "--no-warnings", str(here / "conformance.mjs")], env=env, timeout=300).returncode


class Player:
    """Plays one client's requests; what they name (media, links) is made first or learnt on the way."""

    def __init__(self, world):
        self.world = world
        self.names = {"@phone@": world.phone, "@waba@": world.waba, "@token@": world.info["token"]}
        for kind, (mime, data) in SAMPLES.items():
            self.names[f"@{kind}@"] = world.upload(data, mime).json["id"]
        self.names["@inbound@"] = world.inbound(persona="pia", text="hello")

    def fill(self, text):
        for name, value in self.names.items():
            text = text.replace(name, value)
        return text

    def play(self, request):
        if request["step"] == "sorts our errors" and request["expect"]["status"] == 429:
            self.world.control("faults", {"match": "messages", "kind": "http", "error": 130429})
        headers = {k: self.fill(v) for k, v in request["headers"].items() if k not in ("content-length", "host", "connection")}
        body = self.fill(request["body"]).encode("latin1") if request["body"] else None
        answer = self.world.ask(request["method"], self.fill(request["path"]), body, headers, token=None)
        if request["method"] == "POST" and answer.status == 200:
            if request["path"].split("?")[0].endswith("/media"):
                self.names["@document@"] = answer.json["id"]
            if "code" in answer.json:
                self.names["@code@"] = answer.json["code"]
        if request["method"] == "DELETE" and "@document@" in request["path"]:
            mime, data = SAMPLES["document"]
            self.names["@document@"] = self.world.upload(data, mime).json["id"]
        self.world.advance(30_000)
        members = sorted(answer.json)
        if (answer.status, members) != (request["expect"]["status"], request["expect"]["members"]):
            return f"{answer.status} {members} instead of {request['expect']}"
        return None


def replay(reason):
    files = sorted(glob.glob(str(here / "recorded" / "*.json")))
    total = failed = 0
    for file in files:
        with Practice("--seed", "42") as world:
            player = Player(world)
            for request in json.loads(pathlib.Path(file).read_text()):
                total += 1
                trouble = player.play(request)
                failed += trouble is not None
                print(f"{'not ok' if trouble else 'ok'} {total} - played back {request['client']}: {request['step']}")
                if trouble:
                    print(f"# {request['method']} {request['path']}: {trouble}")
    total += 1
    print(f"ok {total} - the clients themselves # SKIP {reason}")
    print(f"1..{total}")
    return 1 if failed or not files else 0


def main():
    folder, reason = install()
    if folder is None:
        return replay(reason)
    return run_clients(folder, "--record" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
