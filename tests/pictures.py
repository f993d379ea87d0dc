"""Pictures of next to nothing, as their formats have it."""

from __future__ import annotations

import struct
import zlib


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 3, height: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 20)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2, marker: int = 0xC0, before: bytes = b"") -> bytes:
    app = b"\xff\xe0\x00\x10JFIF\x00" + bytes(9)
    frame = bytes([0xFF, marker, 0, 17, 8]) + struct.pack(">HH", height, width) + bytes(10)
    return b"\xff\xd8" + app + before + frame + b"\xff\xda\x00\x08" + bytes(20) + b"\xff\xd9"
