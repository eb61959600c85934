#!/usr/bin/env python3
"""Holds files as a file manager does: files.py copy FILE... on the clipboard, files.py drag FILE... in a small window to drag
from; files.py words TEXT has words to be dragged instead."""

import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

Gtk.init()
how, paths = sys.argv[1], sys.argv[2:]


def content():
    if how == "words":
        return Gdk.ContentProvider.new_for_value(paths[0])
    uris = "".join(Gio.File.new_for_path(path).get_uri() + "\r\n" for path in paths)
    return Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(uris.encode()))


if how == "copy":
    Gdk.Display.get_default().get_clipboard().set_content(content())
else:
    window = Gtk.Window(title="Files to Drag", decorated=False, default_width=80, default_height=60)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", lambda *_: content())
    label = Gtk.Label(label="Drag")
    label.add_controller(source)
    window.set_child(label)
    window.present()
GLib.timeout_add(300, lambda: print("ready", flush=True))
GLib.MainLoop().run()
