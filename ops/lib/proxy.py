#!/usr/bin/python3
"""TCP proxies that a test can be unkind with: ops/chaos puts one before each server.

    proxy.py HOST:PORT [HOST:PORT ...]

Listens on a free port of 127.0.0.1 for each target and prints these ports, one a line. Then it does as standard input says:

    cut     close every connection at once, with a reset
    stall   keep all connections, take new ones, carry nothing
    flow    carry again what was held back, and go on

It ends with its standard input.
"""

import asyncio
import socket
import struct
import sys


class Proxy:
    """All connections to one target."""

    def __init__(self, host, port, gate):
        self.host, self.port, self.gate = host, port, gate
        self.writers = set()

    async def serve(self):
        server = await asyncio.start_server(self.connected, "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    async def connected(self, reader, writer):
        self.writers.add(writer)
        ends = [writer]
        try:
            await self.gate.wait()
            far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
            self.writers.add(far_writer)
            ends.append(far_writer)
            await asyncio.gather(self.carry(reader, far_writer), self.carry(far_reader, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in ends:
                self.writers.discard(end)
                end.close()

    async def carry(self, reader, writer):
        try:
            while data := await reader.read(65536):
                await self.gate.wait()
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()

    def cut(self):
        for writer in list(self.writers):
            # A reset, as a firewall that lost its table answers: nothing that was under way arrives.
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()


async def main():
    gate = asyncio.Event()
    gate.set()
    proxies = []
    for target in sys.argv[1:]:
        host, _, port = target.rpartition(":")
        proxies.append(Proxy(host, int(port), gate))
        print(await proxies[-1].serve(), flush=True)
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        match line.strip():
            case b"cut":
                for proxy in proxies:
                    proxy.cut()
            case b"stall":
                gate.clear()
            case b"flow":
                gate.set()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    asyncio.run(main())
