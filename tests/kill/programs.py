"""Starts the real programs on loopback for the kill -9 tests, and asks them through their own doors."""

import hashlib
import hmac
import json
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


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


class Server:
    """A program that prints one JSON line when it is ready."""

    def __init__(self, *command):
        self.command = command
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ready = json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Shop:
    """A shop folder and the command line on it."""

    def __init__(self, secrets):
        self.folder = tempfile.mkdtemp(prefix="shopbell-kill-")
        self.secrets = os.path.join(self.folder, "secrets.json")
        with open(os.open(self.secrets, os.O_CREAT | os.O_WRONLY, 0o600), "w") as stream:
            json.dump(secrets, stream)
        self.shop = os.path.join(self.folder, "shop")
        self.serving = None

    def command(self, *arguments):
        return [os.environ.get("SHOPBELL_CLI", "shopbell-cli"), "--shop", self.shop, "--secrets", self.secrets, *arguments]

    def run(self, *arguments, check=True):
        done = subprocess.run(self.command(*arguments, "--json"), capture_output=True, text=True, timeout=120)
        if check and done.returncode != 0:
            raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr[-600:]} {done.stdout[-300:]}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def serve(self):
        self.serving = subprocess.Popen(self.command("serve", "--quiet"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def kill(self):
        self.serving.kill()
        self.serving.wait()

    def stop(self):
        self.serving.terminate()
        assert self.serving.wait(20) == 0, "serve did not end cleanly"


def wait(what, check, seconds=60, pause=0.2):
    end = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(pause)
