"""The mouse and the keys of a virtual display: what xdotool does, by its own library, without a program for every key."""

import ctypes
import os

# Microseconds: between two keys of a sequence, and of a text, as xdotool has them.
KEY_DELAY = 12000
TEXT_DELAY = 4000


class Hand:
    def __init__(self):
        self.xdo = ctypes.CDLL("libxdo.so.3")
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.xdo.xdo_new.restype = ctypes.c_void_p
        self.xdo.xdo_new.argtypes = [ctypes.c_char_p]
        self.xdo.xdo_move_mouse.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int]
        self.xdo.xdo_click_window.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int]
        for name in ("xdo_send_keysequence_window", "xdo_enter_text_window"):
            getattr(self.xdo, name).argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_uint]
        self.x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.at = self.xdo.xdo_new(os.environ["DISPLAY"].encode())
        # The connection is the first thing in what the library gives.
        self.connection = ctypes.cast(self.at, ctypes.POINTER(ctypes.c_void_p))[0]

    def _done(self):
        """The server has taken it in before anything else is asked."""
        self.x11.XSync(self.connection, 0)

    def move(self, x, y):
        self.xdo.xdo_move_mouse(self.at, int(x), int(y), 0)
        self._done()

    def click(self, x, y, button=1, times=1):
        self.move(x, y)
        for _ in range(times):
            self.xdo.xdo_click_window(self.at, 0, button)
        self._done()

    def key(self, sequence):
        self.xdo.xdo_send_keysequence_window(self.at, 0, sequence.encode(), KEY_DELAY)
        self._done()

    def write(self, text):
        self.xdo.xdo_enter_text_window(self.at, 0, text.encode(), TEXT_DELAY)
        self._done()
