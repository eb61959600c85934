"""Kills the mailbox again and again while events come in: what was answered with 200 is there afterwards, exactly once."""

import hashlib
import http.client
import os
import random
import sqlite3
import threading
import time
import unittest

from mailbox import Mailbox, decode

ROUNDS = int(os.environ.get("SHOPBELL_MAILBOX_KILLS", "200"))
SENDERS = 4


class Sender(threading.Thread):
    """Posts one event after the other until nobody answers. An event without an answer is sent again, as Meta does."""

    def __init__(self, box, events, answered):
        super().__init__()
        self.box, self.events, self.answered = box, events, answered

    def run(self):
        connection = self.box.mailbox.connect(5)
        try:
            while self.events:
                event = self.events[-1]
                status = self.box.post(event, connection=connection).status
                if status == 200:
                    self.answered.append(self.events.pop())
                elif status != 429:
                    return
                else:
                    time.sleep(0.02)
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()


class KillTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(20261121)
        self.answered = []
        self.queues = [[b"%d/%d " % (s, n) + b"x" * self.random.randrange(2000) for n in range(30 * ROUNDS)] for s in range(SENDERS)]
        self.received = []
        self.cut_after_commit = 0

    def one_round(self, mailbox, box):
        senders = [Sender(box, queue, self.answered) for queue in self.queues]
        for sender in senders:
            sender.start()
        time.sleep(self.random.uniform(0.002, 0.06))
        mailbox.kill()
        for sender in senders:
            sender.join()
        mailbox.start()
        self.cut_after_commit += self.count_stored(mailbox, [queue[-1] for queue in self.queues if queue])

    def count_stored(self, mailbox, unanswered):
        """How many reached the disk although nobody was told: the kill came between the commit and the answer."""
        db = sqlite3.connect(os.path.join(mailbox.data, "mailbox.db"))
        ids = [hashlib.sha256(event).hexdigest() for event in unanswered]
        (n,) = db.execute(f"SELECT count(*) FROM seen WHERE id IN ({','.join('?' * len(ids))})", ids).fetchone()
        db.close()
        return n

    def take_some(self, box):
        """As a desk does; it fails on a gap (410) or another epoch (409) by itself."""
        for event in box.drain():
            self.received.append((event["seq"], decode(event)))

    def test_killed_two_hundred_times(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for n in range(ROUNDS):
                self.one_round(mailbox, box)
                if n % 10 == 9:
                    self.take_some(box)
            self.take_some(box)
            bodies = [body for _, body in self.received]
            self.assertGreater(len(self.answered), ROUNDS)
            self.assertEqual(len(bodies), len(set(bodies)), "an event came twice")
            self.assertEqual(set(self.answered) - set(bodies), set(), "an event that was answered is lost")
            self.assertLessEqual(len(set(bodies) - set(self.answered)), SENDERS, "an event that nobody sent")
            self.assertEqual([seq for seq, _ in self.received], list(range(1, len(bodies) + 1)), "a number is missing")
            self.assertEqual(box.status()["bytes"], 0)
            print(f"{ROUNDS} kills, {len(self.answered)} answered, {len(bodies)} delivered, "
                  f"{self.cut_after_commit} times killed between the commit and the answer")


if __name__ == "__main__":
    unittest.main()
