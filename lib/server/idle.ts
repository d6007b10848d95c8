import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Bytes that the kernel held for a peer when a connection was last silent. */
const heldBefore = new WeakMap<Socket, number>();

/** Four hexadecimal digits, as /proc writes a port. */
function hexPort(port: number | undefined): string {
  return (port ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/**
 * Bytes that the kernel holds for the peer of a connection, by Linux's table of connections (proc(5), `net/tcp`).
 * Null where there is no such table.
 */
function heldBytes({ localPort, remotePort }: Socket): number | null {
  const line = new RegExp(`:${hexPort(localPort)} \\w+:${hexPort(remotePort)} 01 (\\w{8}):`);
  try {
    const tables = ['tcp', 'tcp6'].map((name) => readFileSync(`/proc/self/net/${name}`, 'latin1'));
    const held = tables.map((table) => line.exec(table)?.[1]).find(Boolean);
    return held === undefined ? null : Number.parseInt(held, 16);
  } catch {
    return null;
  }
}

/**
 * Whether bytes still flow on a connection that looks silent. We see a reader again only when it has emptied a third
 * of the kernel's buffer, which is over a megabyte on a fast network: one that works while it reads needs minutes for
 * that. So one silence with bytes waiting is let pass, and a second one if fewer wait by then.
 */
function flows(socket: Socket): boolean {
  if (socket.writableLength === 0) return false;
  const held = heldBytes(socket);
  if (held === null) return false;
  const before = heldBefore.get(socket);
  heldBefore.set(socket, held);
  return before === undefined || before !== held;
}

/** Ends connections on which no byte came or went for `idleMs` milliseconds; up to twice that for one that is written to. */
export function endSilentConnections(server: Server, idleMs: number): void {
  server.timeout = idleMs;
  server.on('timeout', (socket: Socket) => {
    if (flows(socket)) socket.setTimeout(idleMs);
    else socket.destroy();
  });
}
