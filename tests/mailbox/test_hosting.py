"""The PHP page as a web host runs it, and one folder used by both implementations."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import mailbox as tools
from mailbox import PHP, VECTOR, VECTOR_SIGNATURE, Mailbox, decode

PROGRAM = os.environ["SHOPBELL_MAILBOX"]


class Hosting(Mailbox):
    """The page lies in the web root as one file of many and is called by its name; the data folder is beside the root."""

    def start(self, file_limit=None):
        self.root = tempfile.mkdtemp(prefix="hosting-")
        os.makedirs(os.path.join(self.root, "public"))
        shutil.copy(PHP, os.path.join(self.root, "public", "box.php"))
        os.symlink(self.data, os.path.join(self.root, "shopbell-mailbox"))
        self.host = f"127.0.0.1:{tools.free_port()}"
        env = {k: v for k, v in os.environ.items() if k != "SHOPBELL_MAILBOX_DATA"}
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(["php", "-S", self.host, "-t", os.path.join(self.root, "public")], env=env,
                                            stdout=subprocess.DEVNULL, stderr=log, start_new_session=True)
        self.wait_until_up()

    def __exit__(self, *details):
        super().__exit__(*details)
        shutil.rmtree(self.root, ignore_errors=True)

    def ask(self, method, path, *arguments, **more):
        return super().ask(method, "/box.php" + path, *arguments, **more)


def schema(folder):
    db = sqlite3.connect(os.path.join(folder, "mailbox.db"))
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    found = {table: (db.execute(f"PRAGMA table_xinfo({table})").fetchall(), db.execute(f"PRAGMA foreign_key_list({table})").fetchall(),
                     sorted(row[1:4] for row in db.execute(f"PRAGMA index_list({table})"))) for table in tables}
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return version, found


class HostingTest(unittest.TestCase):
    def test_the_page_under_its_own_name(self):
        with Hosting() as mailbox:
            box = mailbox.checked_box()
            self.assertEqual(box.verify().body, b"1158201444")
            self.assertEqual(box.post(VECTOR, VECTOR_SIGNATURE).status, 200)
            self.assertEqual(box.post(VECTOR, None).status, 401)
            self.assertEqual([decode(e) for e in box.drain()], [VECTOR])
            self.assertEqual(mailbox.ask("GET", "/health").json["ok"], True)
            self.assertEqual(mailbox.ask("GET", "").status, 404)

    def test_keys_are_not_in_the_hosts_log(self):
        with Hosting() as mailbox:
            box = mailbox.add_box()
            box.post(b"a customer's words")
            box.drain()
            text = mailbox.log_text()
            self.assertIn("/v1/box/", text)
            self.assertNotIn(box.token, text)
            self.assertNotIn("customer", text)

    def test_one_folder_for_both(self):
        with Mailbox() as page:
            box = page.checked_box()
            box.post(VECTOR, VECTOR_SIGNATURE)
            page.kill()
            made = json.loads(subprocess.run([PROGRAM, "add-box", "second", "--json", "--data", page.data], stdout=subprocess.PIPE, check=True).stdout)
            server = subprocess.Popen([PROGRAM, "serve", "--data", page.data], stdout=subprocess.PIPE, text=True)
            page.host = json.loads(server.stdout.readline())["url"].split("//")[1]
            self.assertEqual(box.post(VECTOR, VECTOR_SIGNATURE).status, 200)
            self.assertEqual([decode(e) for e in box.drain()], [VECTOR])
            other = tools.Box(page, made)
            self.assertEqual(other.post(b"to the program").status, 200)
            server.terminate()
            server.wait(10)
            server.stdout.close()
            page.start()
            self.assertEqual(other.verify().status, 200)
            self.assertEqual([decode(e) for e in other.drain()], [b"to the program"])
            self.assertEqual([b["name"] for b in map(json.loads, page.command("list", "--json").stdout.splitlines())], ["cakes", "second"])

    def test_both_make_the_same_tables(self):
        with Mailbox(started=False) as by_page, Mailbox(started=False) as by_program:
            by_page.command("list")
            subprocess.run([PROGRAM, "list", "--data", by_program.data], check=True)
            self.assertEqual(schema(by_page.data), schema(by_program.data))

    def test_both_print_the_same(self):
        with Mailbox(started=False) as mailbox:
            mailbox.add_box("cakes", "--max-mb", "7", "--days", "3")
            by_page = mailbox.command("list", "--json").stdout
            by_program = subprocess.run([PROGRAM, "list", "--json", "--data", mailbox.data], stdout=subprocess.PIPE, text=True, check=True).stdout
            self.assertEqual(json.loads(by_page), json.loads(by_program))
            self.assertEqual(json.loads(by_page)["max_bytes"], 7 * 1024 * 1024)


if __name__ == "__main__":
    unittest.main()
