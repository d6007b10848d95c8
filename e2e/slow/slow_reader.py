"""Pulls a URL over a line of a few hundred bytes a second: python slow_reader.py URL BYTES_PER_SECOND

Small segments and a small receive buffer keep the kernels from swallowing the whole body, so that the server is held
back as by a slow line far away. Prints the status, the number of bytes, their SHA-256 and the seconds as JSON.
"""

import hashlib
import json
import socket
import sys
import time
from urllib.parse import urlsplit

PIECES_PER_SECOND = 4

url = urlsplit(sys.argv[1])
piece_bytes = int(sys.argv[2]) // PIECES_PER_SECOND

line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
line.connect((url.hostname, url.port))
line.sendall(f'GET {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: close\r\n\r\n'.encode())

head = b''
while b'\r\n\r\n' not in head:
    head += line.recv(1)

digest = hashlib.sha256()
size = 0
begin = time.monotonic()
while piece := line.recv(piece_bytes):
    digest.update(piece)
    size += len(piece)
    time.sleep(max(0.0, begin + size / int(sys.argv[2]) - time.monotonic()))

print(json.dumps({
    'status': int(head.split()[1]),
    'sizeBytes': size,
    'sha256': digest.hexdigest(),
    'seconds': time.monotonic() - begin,
}))
