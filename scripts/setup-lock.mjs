import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/**
 * The lock is a local socket, which the system takes away from a process that dies. Linux has sockets that are
 * not files; elsewhere the file of a killed process has to be removed.
 */
function socketPath(root) {
  const name = `groundstation-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  return process.platform === 'linux' ? `\0${name}` : path.join(os.tmpdir(), name);
}

/** Resolves to whether this process now has the socket. */
function listen(address) {
  const server = net.createServer((waiter) => waiter.on('error', () => {}));
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(true));
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(address);
  });
}

/** Resolves when the process that has the socket lets go of it. */
function holderGone(address) {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.on('error', (error) => {
      if (error.code === 'ECONNREFUSED' && !address.startsWith('\0')) unlinkSync(address);
    });
    socket.on('close', resolve);
    socket.resume();
  });
}

/** Waits until no other set-up of the project at `root` is under way; held until this process ends. */
export async function holdSetupLock(root) {
  const address = socketPath(root);
  while (!(await listen(address))) await holderGone(address);
}
