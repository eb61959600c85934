"""The real desk on the real mailbox: shopbell-cli fetches through sealed boxes, gaps, new epochs and proxies that misbehave."""

import base64
import ctypes
import ctypes.util
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from mailbox import SECRET, Mailbox, sign

if not os.path.exists(os.environ.get("SHOPBELL_CLI", "")):
    print("shopbell-cli is not built")
    sys.exit(77)

NUMBER, ACCOUNT = "106500011122233", "102290000000000"


def message(n, pad=0):
    value = {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "447700900000", "phone_number_id": NUMBER},
             "contacts": [{"profile": {"name": "Ana"}, "wa_id": "447700900201"}],
             "messages": [{"from": "447700900201", "id": f"wamid.desk{n}", "timestamp": str(int(time.time())), "type": "text",
                           "text": {"body": f"Café {n}"}}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT, "changes": [{"field": "messages", "value": value}]}]})
    return body.replace("/", "\\/").encode() + b" " * pad


class Proxy(http.server.ThreadingHTTPServer):
    """Stands before the mailbox and does to each poll what `faults` says next: cut, html, gzip, or nothing."""

    daemon_threads = True

    def __init__(self, mailbox, faults):
        super().__init__(("127.0.0.1", 0), ProxyHandler)
        self.mailbox, self.faults, self.seen = mailbox, list(faults), []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass


class ProxyHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def forward(self):
        fault = self.server.faults.pop(0) if self.server.faults and "/events" in self.path else None
        self.server.seen.append(fault)
        if fault == "cut":
            time.sleep(0.5)
            self.close_connection = True
            return
        if fault == "html":
            return self.reply(502, "text/html", b"<html><body>Bad Gateway</body></html>")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self.server.mailbox.ask(self.command, self.path, body, {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}, timeout=70)
        self.reply(answer.status, "application/json", gzip.compress(answer.body) if fault == "gzip" else answer.body, fault == "gzip")

    do_GET = do_POST = forward

    def reply(self, status, kind, body, zipped=False):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


def wait(what, check, seconds):
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.2)


class Desk:
    """A shop that fetches from one box; it ends with the test."""

    def __init__(self, box, url=None, *options):
        self.folder = tempfile.mkdtemp(prefix="desk-")
        self.secrets = os.path.join(self.folder, "secrets.json")
        with open(os.open(self.secrets, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            json.dump({"token": "t", "app_secret": SECRET, "mailbox_token": box.token, "verify_token": box.verify_token}, file)
        self.run("init", "--name", "Desk Test")
        self.run("line", "add", "--kind", "cloud", "--base-url", "http://127.0.0.1:9", "--phone-number-id", NUMBER, "--waba-id", ACCOUNT,
                 "--mailbox", url or f"http://{box.mailbox.host}", "--box", box.box, *options)

    def command(self, *words):
        return [os.environ["SHOPBELL_CLI"], "--shop", os.path.join(self.folder, "shop"), "--secrets", self.secrets, *words]

    def run(self, *words):
        done = subprocess.run(self.command(*words, "--json"), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{words}: {done.returncode} {done.stderr[-600:]}"
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def serve(self):
        self.process = subprocess.Popen(self.command("serve", "--quiet"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        self.serve()
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.process.terminate()
            assert self.process.wait(20) == 0, "serve did not end cleanly"
        else:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def messages(self):
        return sorted(m["wamid"] for m in self.run("messages") if m["direction"] == "in")

    def wait_for(self, *numbers):
        wanted = sorted(f"wamid.desk{n}" for n in numbers)
        wait(f"messages {numbers}", lambda: self.messages() == wanted, 30)

    def check(self):
        return self.run("check")[-1]


class DeskTest(unittest.TestCase):
    def test_what_is_posted_arrives_and_leaves_the_box(self):
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            with Desk(box) as desk:
                for n in range(3):
                    self.assertEqual(box.post_signed(message(n)).status, 200)
                self.assertEqual(box.call("POST", "/selftest", {}).status, 200)
                desk.wait_for(0, 1, 2)
                wait("an empty box", lambda: box.status()["bytes"] == 0, 20)
                self.assertEqual(box.status()["oldest"], 5)
                self.assertEqual((desk.check()["forged"], desk.check()["gaps"]), (0, 0))

    def test_three_megabytes_at_once(self):
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            for n in range(4):
                self.assertEqual(box.post_signed(message(n, 2_900_000)).status, 200)
            with Desk(box) as desk:
                desk.wait_for(0, 1, 2, 3)

    def test_a_sealed_box(self):
        sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
        public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
        sodium.sodium_init()
        sodium.crypto_box_keypair(public, secret)
        with Mailbox() as mailbox:
            box = mailbox.add_box("cakes", "--seal-key", base64.b64encode(public.raw).decode())
            key = os.path.join(mailbox.data, "key")
            with open(os.open(key, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                file.write(base64.b64encode(secret.raw).decode())
            with Desk(box, None, "--seal-key-file", key) as desk:
                self.assertEqual(box.post_signed(message(1)).status, 200)
                self.assertEqual(box.post(message(2), sign(message(2), "wrong")).status, 200)
                self.assertEqual(box.post_signed(message(3, 2_900_000)).status, 200)
                desk.wait_for(1, 3)
                wait("the forged one", lambda: desk.check()["forged"] == 1, 20)

    def test_a_gap_and_a_box_made_anew(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box("cakes", "--max-mb", "1")
            with Desk(box) as desk:
                box.post_signed(message(1))
                desk.wait_for(1)
                desk.kill()
                for n in range(2, 6):
                    self.assertEqual(box.post_signed(message(n, 400_000)).status, 200)
                desk.serve()
                desk.wait_for(1, 4, 5)
                self.assertEqual(desk.check()["gaps"], 1)
                mailbox.command("renew-box", "cakes")
                box.post_signed(message(6))
                desk.wait_for(1, 4, 5, 6)
                self.assertEqual(desk.check()["gaps"], 2)

    def test_proxies_that_misbehave(self):
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            proxy = Proxy(mailbox, ["html", "cut", "gzip", "cut", "html", "gzip"])
            with Desk(box, proxy.url) as desk:
                n = 0
                end = time.monotonic() + 40
                while proxy.faults and time.monotonic() < end:
                    self.assertEqual(box.post_signed(message(n)).status, 200)
                    n += 1
                    time.sleep(0.5)
                desk.wait_for(*range(n))
                self.assertEqual([f for f in proxy.seen if f], ["html", "cut", "gzip", "cut", "html", "gzip"])
                self.assertEqual(desk.check()["gaps"], 0)
            proxy.shutdown()
            proxy.server_close()


if __name__ == "__main__":
    unittest.main()
