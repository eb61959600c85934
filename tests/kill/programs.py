"""Starts the real programs on loopback for the kill -9 tests, and asks them through their own doors."""

import atexit
import hashlib
import hmac
import json
import os
import random
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

SIGNATURE = "X-Hub-Signature-256"


def program(name):
    """The program the build made (SHOPBELL_CLI, SHOPBELL_PRACTICE, SHOPBELL_MAILBOX), else the one that is installed."""
    return os.environ.get(name.upper().replace("-", "_")) or name


def chance():
    """The moments of the kills; the seed is printed so that a failure can be played again."""
    seed = int(os.environ.get("SHOPBELL_SEED") or time.time())
    print(f"# seed {seed}", flush=True)
    return random.Random(seed)


def folder(what):
    path = tempfile.mkdtemp(prefix=f"shopbell-{what}-")
    if not os.environ.get("SHOPBELL_KEEP"):
        atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def ask(url, body=None, headers=None, method=None):
    """JSON or bytes to a local server; (status, text)."""
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def sign(secret, body):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def end(process):
    if process.poll() is None:
        process.kill()
    process.wait()


class Server:
    """A program that prints one JSON line when it is ready."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        atexit.register(end, self.process)
        line = self.process.stdout.readline()
        assert line, f"{command[0]} did not start: exit {self.process.wait()}"
        self.ready = json.loads(line)

    def stop(self):
        self.process.terminate()
        assert self.process.wait(10) == 0, f"{self.process.args[0]} did not end cleanly"


class Shop:
    """A shop folder and the command line on it."""

    def __init__(self, **secrets):
        self.folder = folder("kill")
        self.secrets = os.path.join(self.folder, "secrets.json")
        self.values = {}
        self.keep(**secrets)
        self.shop = os.path.join(self.folder, "shop")
        self.serving = None

    def keep(self, **secrets):
        """Keys, as in the file of --secrets; line_1_app_secret is the app secret of line 1."""
        self.values.update(secrets)
        with open(os.open(self.secrets, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as stream:
            json.dump(self.values, stream)

    def command(self, *arguments):
        return [program("shopbell-cli"), "--shop", self.shop, "--secrets", self.secrets, *arguments]

    def run(self, *arguments, check=True):
        done = subprocess.run(self.command(*arguments, "--json"), capture_output=True, text=True, timeout=120)
        if check and done.returncode != 0:
            raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr[-600:]} {done.stdout[-300:]}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def serve(self):
        self.serving = subprocess.Popen(self.command("serve", "--quiet"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        atexit.register(end, self.serving)

    def kill(self):
        """kill -9. It must have been running: a program that fell over by itself is no test of kills."""
        early = self.serving.poll()
        words = self.serving.stderr.read().decode()[-600:] if early is not None else ""
        assert early is None, f"serve ended by itself with {early}: {words}"
        self.serving.kill()
        self.serving.wait()

    def stop(self):
        self.serving.terminate()
        assert self.serving.wait(20) == 0, "serve did not end cleanly"


def wait(what, check, seconds=60, pause=0.2):
    until = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(pause)


def tap(test, name):
    """One test as TAP."""
    print("1..1", flush=True)
    try:
        test()
    except AssertionError as error:
        print(f"not ok 1 - {name}\n# {error}")
        return 1
    print(f"ok 1 - {name}")
    return 0
