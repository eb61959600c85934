#!/usr/bin/env python3
"""A customer's voice message that says nothing: ../data/voice.ogg. Somebody hums in sentences, so that the bars of a voice
message look and sound like one, in no language. Wants python3-gi, numpy and GStreamer's opusenc."""

import os
import sys

import gi
import numpy

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

RATE = 16000
SECONDS = 12
# What the mouth makes of a sound: the two lowest resonances of five vowels, in hertz.
VOWELS = [(730, 1090), (530, 1840), (390, 1990), (570, 840), (440, 1020)]
# Syllables of four sentences, with the rests between them: (seconds, vowel, loudness); vowel None is a breath.
SENTENCES = [
    [(.16, 0, .7), (.12, 1, .5), (.22, 3, 1.0), (.10, 2, .5), (.18, 0, .8), (.34, 4, .7), (.55, None, 0)],
    [(.12, 4, .5), (.14, 0, .9), (.11, 1, .6), (.25, 2, 1.0), (.30, 3, .6), (.18, None, 0), (.13, 1, .6), (.16, 0, .8), (.40, 3, .9), (.70, None, 0)],
    [(.28, 2, .9), (.14, None, 0), (.12, 0, .6), (.12, 4, .5), (.20, 1, .8), (.14, 3, .6), (.36, 0, 1.0), (.60, None, 0)],
    [(.15, 3, .6), (.15, 0, .8), (.17, 2, .9), (.13, 1, .5), (.45, 4, .6), (.80, None, 0)],
]


def resonate(sound, hertz, width):
    """@sound through one resonance of the throat."""
    radius = numpy.exp(-numpy.pi * width / RATE)
    a1, a2 = 2 * radius * numpy.cos(2 * numpy.pi * hertz / RATE), -radius * radius
    out, one, two = numpy.zeros_like(sound), 0.0, 0.0
    for i, value in enumerate(sound):
        out[i] = value * (1 - radius) + a1 * one + a2 * two
        one, two = out[i], one
    return out


def hum():
    parts, pitch = [], 190.0
    while sum(len(part) for part in parts) < SECONDS * RATE:
        for sentence in SENTENCES:
            pitch = 205.0
            for seconds, vowel, loudness in sentence:
                n = int(seconds * RATE)
                if vowel is None:
                    parts.append(numpy.zeros(n))
                    continue
                voice = 2 * (numpy.cumsum(numpy.linspace(pitch, pitch * .93, n)) / RATE % 1) - 1
                pitch *= .965  # a sentence falls
                low, high = VOWELS[vowel]
                sound = resonate(voice, low, 90) + .5 * resonate(voice, high, 120)
                shape = numpy.minimum(1, numpy.minimum(numpy.arange(n), numpy.arange(n)[::-1]) / (.03 * RATE))
                parts.append(sound / max(1e-9, abs(sound).max()) * shape * loudness ** 2.2 * .7)
    return (numpy.concatenate(parts)[:SECONDS * RATE] * 32767).astype("<i2").tobytes()


def main():
    Gst.init(None)
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "voice.ogg")
    pipeline = Gst.parse_launch(f"appsrc name=in format=time caps=audio/x-raw,format=S16LE,rate={RATE},channels=1,layout=interleaved "
                                "! audioconvert ! opusenc audio-type=voice bitrate=12000 frame-size=20 ! oggmux ! filesink location=" + target)
    source, samples = pipeline.get_by_name("in"), hum()
    pipeline.set_state(Gst.State.PLAYING)
    buffer = Gst.Buffer.new_wrapped(samples)
    buffer.pts, buffer.duration = 0, SECONDS * Gst.SECOND
    source.emit("push-buffer", buffer)
    source.emit("end-of-stream")
    message = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)
    return 0 if message is not None and message.type == Gst.MessageType.EOS else 1


sys.exit(main())
