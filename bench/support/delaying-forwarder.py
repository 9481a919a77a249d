"""Carries IP packets between network devices, each after the same time: delaying-forwarder.py ADDRESS=DEVICE ...

It makes the devices (TUN) and says "ready". A line on its standard input is the delay from now on, in milliseconds; it
ends with that input. A packet comes out of the device that has its destination's address.
"""

import collections
import fcntl
import os
import select
import socket
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000


def open_device(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


delay = 0.0
devices = {
    socket.inet_aton(address): open_device(name) for address, name in (each.split("=") for each in sys.argv[1:])
}
print("ready", flush=True)

sources = [sys.stdin.fileno(), *devices.values()]
# In the order in which they came, which is that in which they leave.
waiting = collections.deque()
while True:
    wait = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for source in select.select(sources, [], [], wait)[0]:
        if source == sources[0]:
            line = sys.stdin.readline()
            if not line:
                sys.exit()
            delay = float(line) / 1000
            continue
        packet = os.read(source, 65536)
        # Version 4 only; its destination is in bytes 16 to 19.
        if packet[0] >> 4 == 4 and packet[16:20] in devices:
            waiting.append((time.monotonic() + delay, devices[packet[16:20]], packet))
    while waiting and waiting[0][0] <= time.monotonic():
        _, device, packet = waiting.popleft()
        try:
            os.write(device, packet)
        except OSError:
            # Not up yet, or not any more: a packet is lost, as on any link.
            pass
