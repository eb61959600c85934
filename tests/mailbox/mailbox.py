"""Starts the real mailbox (the program, or the PHP page) on a port of its own and speaks SBMB/1 to it.

The implementation comes from the environment: SHOPBELL_MAILBOX_PHP names the page, else SHOPBELL_MAILBOX the program.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

SECRET = "appsecret"
VECTOR = (rb'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{"messages":[{"id":"wamid.X",'
          rb'"text":{"body":"Caf\u00e9 \ud83d\ude00 a\/b"}}]},"field":"messages"}]}]}')
VECTOR_SIGNATURE = "sha256=dddc0d626383d41685c7a4008c77879c387f0d48b9c667717b14b853cd40e2d5"
VECTOR_ID = "dd2a1bbbf9d909065be9080db5ade3fbde9dee89d9b73707e323e009e285a1b6"

PHP = os.environ.get("SHOPBELL_MAILBOX_PHP")
if PHP and not (shutil.which("php") and b"pdo_sqlite" in subprocess.run(["php", "-m"], stdout=subprocess.PIPE).stdout):
    print("php with pdo_sqlite is missing")
    sys.exit(77)


def sign(body, secret=SECRET):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def decode(event):
    return base64.b64decode(event["body"])


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """One server with a folder; both end with the test. What it writes to standard error is kept in `log`."""

    def __init__(self, file_limit=None, started=True):
        self.data = tempfile.mkdtemp(prefix="mailbox-")
        self.log = os.path.join(self.data, "log")
        self.process = None
        if started:
            self.start(file_limit)

    def command(self, *words, check=True):
        program = ["php", PHP] if PHP else [os.environ["SHOPBELL_MAILBOX"]]
        done = subprocess.run([*program, *words, "--data", self.data], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if check and done.returncode != 0:
            raise AssertionError(f"{words}: {done.returncode} {done.stderr}")
        return done

    def add_box(self, name="cakes", *options):
        return Box(self, json.loads(self.command("add-box", name, "--json", *options).stdout))

    def checked_box(self, name="cakes", *options, secret=SECRET):
        return self.add_box(name, "--app-secret-file", self.secret_file(secret), *options)

    def secret_file(self, secret):
        path = os.path.join(self.data, "secret")
        with open(path, "w") as file:
            file.write(secret + "\n")
        return path

    def start(self, file_limit=None):
        def limit():
            if file_limit:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

        log = open(self.log, "a")
        if PHP:
            self.host = f"127.0.0.1:{free_port()}"
            env = {**os.environ, "SHOPBELL_MAILBOX_DATA": self.data, "PHP_CLI_SERVER_WORKERS": "6"}
            self.process = subprocess.Popen(["php", "-S", self.host, PHP], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env,
                                            preexec_fn=limit, restore_signals=False, start_new_session=True)
            self.wait_until_up()
        else:
            env = {**os.environ, "G_MESSAGES_DEBUG": "all"}
            self.process = subprocess.Popen([os.environ["SHOPBELL_MAILBOX"], "serve", "--data", self.data, "--listen", "127.0.0.1:0"],
                                            stdout=subprocess.PIPE, stderr=log, text=True, env=env, preexec_fn=limit)
            self.host = urllib.parse.urlsplit(json.loads(self.process.stdout.readline())["url"]).netloc
        log.close()

    def wait_until_up(self):
        for _ in range(200):
            try:
                socket.create_connection(tuple(self.host.split(":"))).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the server does not start")

    def kill(self, how=signal.SIGKILL):
        if PHP:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        self.process.wait(10)
        if self.process.stdout:
            self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.kill(signal.SIGTERM)
            if not PHP:
                assert self.process.returncode == 0, f"the server ended with {self.process.returncode}"
        shutil.rmtree(self.data, ignore_errors=True)

    def connect(self, timeout=15):
        return http.client.HTTPConnection(self.host, timeout=timeout)

    def ask(self, method, path, body=None, headers=None, timeout=15, connection=None):
        own = connection or self.connect(timeout)
        try:
            own.request(method, path, body, headers or {})
            answer = own.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            if connection is None:
                own.close()

    def log_text(self):
        with open(self.log) as file:
            return file.read()


class Box:
    """One box of a mailbox, with the keys that add-box printed."""

    def __init__(self, mailbox, info):
        self.mailbox = mailbox
        self.box = info["box"]
        self.token = info["token"]
        self.verify_token = info["verify_token"]
        self.epoch = ""
        self.after = 0

    @property
    def ingress(self):
        return "/in/" + self.box

    def post(self, body, signature=None, headers=None, connection=None):
        headers = {"Content-Type": "application/json", **(headers or {})}
        if signature:
            headers["X-Hub-Signature-256"] = signature
        return self.mailbox.ask("POST", self.ingress, body, headers, connection=connection)

    def post_signed(self, body, secret=SECRET):
        return self.post(body, sign(body, secret))

    def verify(self, **parameters):
        query = {"mode": "subscribe", "challenge": "1158201444", "verify_token": self.verify_token, **parameters}
        return self.mailbox.ask("GET", self.ingress + "?" + urllib.parse.urlencode({"hub." + k: v for k, v in query.items() if v is not None}))

    def call(self, method, edge, body=None, token=None, **more):
        headers = {"Authorization": "Bearer " + (token or self.token)}
        if isinstance(body, dict):
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        return self.mailbox.ask(method, "/v1/box/" + self.box + edge, body, headers, **more)

    def events(self, after=None, wait=0, limit=None, epoch=None, token=None):
        query = {"epoch": self.epoch if epoch is None else epoch, "after": self.after if after is None else after, "wait": wait}
        if limit:
            query["limit"] = limit
        return self.call("GET", "/events?" + urllib.parse.urlencode(query), token=token, timeout=70)

    def fetch(self, **query):
        answer = self.events(**query)
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json

    def ack(self, upto, epoch=None, token=None):
        return self.call("POST", "/ack", {"epoch": epoch or self.status()["epoch"], "upto": upto}, token=token)

    def status(self):
        answer = self.call("GET", "")
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json

    def drain(self):
        """Everything there is, as a desk fetches it: without a gap, acknowledged at the end."""
        found = []
        while True:
            batch = self.fetch()
            found += batch["events"]
            if not batch["events"]:
                return found
            self.epoch = batch["epoch"]
            self.after = batch["events"][-1]["seq"]
            assert self.ack(self.after, self.epoch).status == 200
