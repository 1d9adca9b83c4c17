"""Bring up loopback in a fresh network namespace, run a command, say how many packets had no route.

Run as `unshare --net --map-root-user python netns.py COMMAND…`. The kernel counts every attempt to
leave the machine, also those of native code and DNS, which a guard inside Python cannot see.
"""

import fcntl
import socket
import struct
import subprocess
import sys
from pathlib import Path

SIOCSIFFLAGS = 0x8914
IFF_UP_RUNNING = 0x41


def bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP_RUNNING))


def no_route_count() -> int:
    """Return Ip.OutNoRoutes + Ip6OutNoRoutes of this namespace."""
    names, values = (
        line.split()[1:]
        for line in Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
        if line.startswith("Ip:")
    )
    v4 = int(dict(zip(names, values, strict=True))["OutNoRoutes"])
    v6 = [
        int(line.split()[1])
        for line in Path("/proc/net/snmp6").read_text(encoding="ascii").splitlines()
        if line.startswith("Ip6OutNoRoutes")
    ]
    return v4 + sum(v6)


if __name__ == "__main__":
    bring_up_loopback()
    code = subprocess.run(sys.argv[1:]).returncode
    print(f"NO_ROUTE {no_route_count()}", flush=True)
    sys.exit(code)
