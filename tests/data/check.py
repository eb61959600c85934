"""What the tests of the data files share: collect every complaint, say them all, fail when there is one."""

import json
import os
import shutil
import subprocess
import sys

SOURCE = os.environ["SHOPBELL_SOURCE"]
BUILD = os.environ["SHOPBELL_BUILD"]
APP_ID = os.environ["SHOPBELL_APP_ID"]
BASE_ID = "io.github.shopbell.Shopbell"
VERSION = os.environ["SHOPBELL_VERSION"]

complaints = []


def source(*parts):
    return os.path.join(SOURCE, *parts)


def build(*parts):
    return os.path.join(BUILD, *parts)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def need(*tools):
    """Without its tool a test has nothing to say: it is skipped, not passed."""
    for tool in tools:
        if shutil.which(tool) is None:
            print(f"{tool} is not installed, so this cannot be checked here")
            sys.exit(77)


def expect(condition, complaint):
    if not condition:
        complaints.append(complaint)
    return bool(condition)


def run(*command, quiet=False, **options):
    """Runs a checker; it has to succeed, and to be silent where silence is its praise. Returns what it printed."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, **options)
    output = result.stdout.strip()
    shown = " ".join(os.path.relpath(part, SOURCE) if os.path.isabs(part) and part.startswith(SOURCE) else part for part in command)
    if result.returncode != 0:
        complaints.append(f"{shown}: exit {result.returncode}\n{output}")
    elif quiet and output:
        complaints.append(f"{shown}: is not silent\n{output}")
    return output


def done():
    for complaint in complaints:
        print(f"✗ {complaint}")
    print(f"{len(complaints)} complaints" if complaints else "all is well")
    sys.exit(1 if complaints else 0)


def load_json(path):
    def no_twins(pairs):
        names = [name for name, _ in pairs]
        for name in names:
            expect(names.count(name) == 1, f"{os.path.basename(path)}: “{name}” stands twice")
        return dict(pairs)

    try:
        return json.loads(read(path), object_pairs_hook=no_twins)
    except ValueError as error:
        complaints.append(f"{path}: {error}")
        return None
