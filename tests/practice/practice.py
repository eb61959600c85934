"""Starts the real practice server on a port of its own and speaks to it; the standard library is all it needs."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.parse


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json["error"]["code"]

    @property
    def details(self):
        return self.json["error"]["error_data"]["details"]


class Practice:
    """One server with a state folder; it ends with the test."""

    def __init__(self, *options, state=None):
        self.state = state or tempfile.mkdtemp(prefix="practice-")
        self.own_state = state is None
        self.options = options
        self.start()

    def start(self):
        program = os.environ["SHOPBELL_PRACTICE"]
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--state", self.state, "--exit-with-stdin", *self.options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.info = json.loads(self.process.stdout.readline())
        self.host = urllib.parse.urlsplit(self.info["url"]).netloc
        self.phone = self.info["phone_number_id"]
        self.waba = self.info["waba_id"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.process.wait(10)
        self.process.stdin.close()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        if self.own_state:
            shutil.rmtree(self.state, ignore_errors=True)
        assert self.process.returncode == 0, f"the server ended with {self.process.returncode}"

    def ask(self, method, path, body=None, headers=None, token=True, timeout=10):
        connection = http.client.HTTPConnection(self.host, timeout=timeout)
        headers = dict(headers or {})
        if token is True:
            headers.setdefault("Authorization", "Bearer " + self.info["token"])
        elif token:
            headers["Authorization"] = "Bearer " + token
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def graph(self, method, path, body=None, **more):
        return self.ask(method, "/v25.0/" + path, body, **more)

    def send(self, body, **more):
        return self.graph("POST", self.phone + "/messages", {"messaging_product": "whatsapp", **body}, **more)

    def text(self, to, words, **members):
        return self.send({"to": to, "type": "text", "text": {"body": words}, **members})

    def control(self, name, body=None, method=None):
        answer = self.ask(method or ("GET" if body is None else "POST"), "/_practice/" + name, body, token=False)
        assert answer.status == 200, (name, answer.status, answer.body)
        return answer.json

    def inbound(self, **body):
        return self.control("inbound", body)["id"]

    def advance(self, ms):
        return self.control("clock", {"advance_ms": ms})

    def events(self, field=None):
        return [e for e in self.control("events")["events"] if field is None or e["field"] == field]

    def forget(self):
        self.control("events", {})

    def values(self, field="messages"):
        return [e["event"]["entry"][0]["changes"][0]["value"] for e in self.events(field)]

    def messages_in(self):
        return [v["messages"][0] for v in self.values() if "messages" in v]

    def statuses(self, wamid=None):
        return [s for v in self.values() for s in v.get("statuses", []) if wamid is None or s["id"] == wamid]

    def box(self, path="", method="GET", body=None, token=None, timeout=10):
        return self.ask(method, "/v1/box/" + self.info["box"] + path, body, token=token or self.info["box_token"], timeout=timeout)

    def upload(self, data, mime, field_type=None, order=("messaging_product", "file", "type"), filename="f"):
        parts = {
            "messaging_product": b'Content-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp',
            "type": b'Content-Disposition: form-data; name="type"\r\n\r\n' + (field_type or mime).encode(),
            "file": b'Content-Disposition: form-data; name="file"; filename="' + filename.encode() + b'"\r\nContent-Type: '
                    + mime.encode() + b"\r\n\r\n" + data,
        }
        body = b"".join(b"--BoUnD\r\n" + parts[name] + b"\r\n" for name in order) + b"--BoUnD--\r\n"
        return self.graph("POST", self.phone + "/media", body, headers={"Content-Type": "multipart/form-data; boundary=BoUnD"})


def signature(secret, body):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def decode(event):
    return base64.b64decode(event["body"])


def wait_for(check, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError("waited in vain for " + check.__name__)
