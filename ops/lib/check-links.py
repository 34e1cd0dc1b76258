#!/usr/bin/python3
"""Finds relative links in the Markdown files of a folder that lead nowhere: a missing file, or a missing heading."""

import os
import re
import subprocess
import sys
import unicodedata
import urllib.parse

LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return FENCE.sub("", file.read())


def anchors(path):
    """The anchors a Markdown reader gives to the headings of a file."""
    found = set()
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*\s*$", text_of(path), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "").lower()
        kept = (c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
        slug = "".join(kept).replace(" ", "-")
        number, name = 0, slug
        while name in found:
            number += 1
            name = f"{slug}-{number}"
        found.add(name)
    return found


def broken_links(path):
    for target in LINK.findall(text_of(path)):
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            continue
        name, _, fragment = urllib.parse.unquote(target).partition("#")
        file = os.path.join(os.path.dirname(path), name) if name else path
        if not os.path.exists(file):
            yield target, "no such file"
        elif fragment and file.endswith(".md") and fragment.lower() not in anchors(file):
            yield target, "no such heading"


def main():
    os.chdir(sys.argv[1] if len(sys.argv) > 1 else ".")
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
                            check=True, capture_output=True, text=True).stdout
    files = [name for name in listed.split("\0") if name and os.path.exists(name)]
    faults = [(name, target, why) for name in files for target, why in broken_links(name)]
    for name, target, why in faults:
        print(f"{name}: ({target}): {why}")
    print(f"{len(files)} Markdown files, {len(faults)} broken links")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
