"""The command line on a shop of its own, and what it says: exit status, JSON rows, words."""

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import tempfile
import time


class Said:
    def __init__(self, done):
        self.status = done.returncode
        self.rows = [json.loads(line) for line in done.stdout.splitlines() if line]
        self.words = done.stderr

    @property
    def row(self):
        assert len(self.rows) == 1, self.rows
        return self.rows[0]


class Shop:
    """A folder with keys beside it; it is removed at the end."""

    def __init__(self, **keys):
        self.folder = tempfile.mkdtemp(prefix="shop-")
        self.shop = os.path.join(self.folder, "shop")
        self.keys = os.path.join(self.folder, "keys.json")
        self.serving = None
        self.set_keys(keys)

    def set_keys(self, keys, mode=0o600):
        with open(self.keys, "w") as stream:
            json.dump(keys, stream)
        os.chmod(self.keys, mode)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.serving is not None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words):
        return [os.environ["SHOPBELL_CLI"], "--shop", self.shop, "--secrets", self.keys, *words]

    def run(self, *words):
        return Said(subprocess.run(self.command(*words, "--json"), capture_output=True, text=True, timeout=60))

    def ok(self, *words):
        said = self.run(*words)
        assert said.status == 0, (words, said.status, said.words)
        return said

    def plain(self, *words):
        return subprocess.run(self.command(*words), capture_output=True, text=True, timeout=60)

    def serve(self):
        self.serving = subprocess.Popen(self.command("serve", "--json"), stdout=subprocess.PIPE, text=True)
        assert json.loads(self.serving.stdout.readline()) == {"serving": True}

    def stop(self):
        """Ends it as a service manager would; (exit status, the notices it printed)."""
        self.serving.terminate()
        out, _ = self.serving.communicate(timeout=20)
        status, self.serving = self.serving.returncode, None
        return status, [json.loads(line) for line in out.splitlines()]


def sign(secret, body):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def wait_for(what, check, seconds=20):
    end = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        assert time.monotonic() < end, "waited in vain for " + what
        time.sleep(0.1)
