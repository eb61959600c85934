#!/usr/bin/env python3
"""Holds a picture on the clipboard of the display, as a program does from which somebody copied: clipboard.py WIDTH HEIGHT, or
files, as a file manager does: clipboard.py files PATH..., or words: clipboard.py text WORDS"""

import os
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

Gtk.init()
clipboard = Gdk.Display.get_default().get_clipboard()
if sys.argv[1] == "files":
    uris = "".join(GLib.filename_to_uri(os.path.abspath(path)) + "\r\n" for path in sys.argv[2:])
    clipboard.set_content(Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(uris.encode())))
elif sys.argv[1] == "text":
    clipboard.set(sys.argv[2])
else:
    width, height = int(sys.argv[1]), int(sys.argv[2])
    # Noise: no coder makes it small, so that a large picture is a large file.
    pixels = GLib.Bytes.new(os.urandom(width * height * 3))
    texture = Gdk.MemoryTexture.new(width, height, Gdk.MemoryFormat.R8G8B8, pixels, width * 3)
    clipboard.set_content(Gdk.ContentProvider.new_for_bytes("image/png", texture.save_to_png_bytes()))
# Said by the loop itself: whoever pastes is answered from now on.
GLib.idle_add(lambda: print("ready", flush=True))
GLib.MainLoop().run()
