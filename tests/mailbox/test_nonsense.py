"""What is no request, what is half of one, and what comes over a socket in the file system. On the program alone."""

import http.client
import json
import os
import random
import resource
import signal
import socket
import subprocess
import time
import unittest

from mailbox import Mailbox, decode


class SocketConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(self.path)


def raw(mailbox, data, answer=True):
    host, port = mailbox.host.split(":")
    with socket.create_connection((host, int(port)), timeout=3) as connection:
        connection.sendall(data)
        try:
            return connection.recv(65536) if answer else b""
        except OSError:
            return b""


def sanitized(mailbox):
    """A program that watches its own memory keeps what it gave back for a while; its size says nothing."""
    with open(f"/proc/{mailbox.process.pid}/exe", "rb") as file:
        return b"__asan_init" in file.read()


class NonsenseTest(unittest.TestCase):
    def test_garbage_does_not_stop_it(self):
        chance = random.Random(7)
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for n in range(150):
                raw(mailbox, chance.randbytes(chance.randrange(1, 400)) + b"\r\n\r\n", answer=n % 15 == 0)
            for path in ("/in/", "/in/%00", "/in/../v1/box/x", "//", "/v1/box/%2e%2e/events", "/in/" + "x" * 5000, f"/in/{box.box}/more",
                         "/v1/box/" + box.box + "/a/b", f"/v1//box/{box.box}", "/in/%ff%fe?hub.mode=subscribe"):
                self.assertIn(mailbox.ask("GET", path).status, (400, 404), path)
            self.assertEqual(box.post(b"alive").status, 200)
            self.assertEqual(len(box.drain()), 1)

    def test_half_a_body_is_no_event(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            head = f"POST {box.ingress} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n".encode()
            raw(mailbox, head + b"only a part", answer=False)
            raw(mailbox, f"POST {box.ingress} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n".encode(), answer=False)
            self.assertEqual(box.post(b"whole").status, 200)
            self.assertEqual([decode(e) for e in box.fetch()["events"]], [b"whole"])

    def test_an_endless_body_is_cut(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            host, port = mailbox.host.split(":")
            with socket.create_connection((host, int(port)), timeout=10) as connection:
                connection.sendall(f"POST {box.ingress} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
                sent = 0
                with self.assertRaises(OSError):
                    while sent < 200:
                        connection.sendall(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
                        sent += 1
            self.assertLess(sent, 40)
            with open(f"/proc/{mailbox.process.pid}/status") as file:
                peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
            self.assertLess(peak, 120_000, "kilobytes")
            self.assertEqual(box.post(b"x").status, 200)

    def test_many_large_bodies_at_once_are_bounded(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            host, port = mailbox.host.split(":")
            sockets = []
            for _ in range(40):
                connection = socket.create_connection((host, int(port)), timeout=10)
                connection.sendall(f"POST {box.ingress} HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n".encode() + b"x" * 3_900_000)
                sockets.append(connection)
            with open(f"/proc/{mailbox.process.pid}/status") as file:
                peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
            if not sanitized(mailbox):
                self.assertLess(peak, 120_000, "kilobytes")
            for connection in sockets:
                connection.close()
            time.sleep(0.3)
            self.assertEqual(box.post(b"room again").status, 200)

    def test_a_socket_in_the_file_system(self):
        with Mailbox(started=False) as mailbox:
            box = mailbox.add_box()
            path = os.path.join(mailbox.data, "socket")
            for how in (signal.SIGKILL, signal.SIGTERM):
                process = subprocess.Popen([os.environ["SHOPBELL_MAILBOX"], "serve", "--data", mailbox.data, "--listen", "unix:" + path],
                                           stdout=subprocess.PIPE, text=True)
                self.assertEqual(json.loads(process.stdout.readline())["url"], "unix:" + path)
                connection = SocketConnection(path)
                connection.request("POST", box.ingress, b"over the socket %d" % how)
                answer = connection.getresponse()
                self.assertEqual((answer.status, answer.read()), (200, b"ok"))
                connection.request("GET", f"/v1/box/{box.box}/events?wait=0", headers={"Authorization": "Bearer " + box.token})
                events = json.loads(connection.getresponse().read())["events"]
                self.assertEqual(decode(events[-1]), b"over the socket %d" % how)
                connection.close()
                process.send_signal(how)
                process.wait(10)
                process.stdout.close()
            self.assertEqual(process.returncode, 0)
            self.assertFalse(os.path.exists(path))

    def test_it_comes_back_when_descriptors_ran_out(self):
        with Mailbox(started=False) as mailbox:
            box = mailbox.add_box()
            with open(mailbox.log, "a") as log:
                mailbox.process = subprocess.Popen([os.environ["SHOPBELL_MAILBOX"], "serve", "--data", mailbox.data], stdout=subprocess.PIPE, stderr=log,
                                                   text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
            mailbox.host = json.loads(mailbox.process.stdout.readline())["url"].split("//")[1]
            host, port = mailbox.host.split(":")
            crowd = [socket.create_connection((host, int(port)), timeout=5) for _ in range(100)]
            time.sleep(1)
            for connection in crowd:
                connection.close()
            self.assertEqual(box.post(b"after the crowd").status, 200)
            self.assertEqual([decode(e) for e in box.drain()], [b"after the crowd"])

    def test_a_folder_is_served_once(self):
        with Mailbox() as mailbox:
            done = mailbox.command("serve", check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn("Another shopbell-mailbox", done.stderr)
            self.assertEqual(mailbox.command("serve", "--listen", "nowhere:1", check=False).returncode, 1)


if __name__ == "__main__":
    unittest.main()
