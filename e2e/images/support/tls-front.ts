import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { makeCertificate } from './certificate.ts';

/** Something with TLS in front of something without, as a proxy would be. */
export interface TlsFront {
  /** A file with the authority that its certificate is of. */
  authority: string;
  stop(): Promise<void>;
}

/**
 * Stands on an address of this machine, and hands on what it gets.
 * @param address `172.30.98.1:5000`
 * @param inner the same of what it stands before.
 */
export async function startTlsFront(address: string, inner: string): Promise<TlsFront> {
  const { folder, remove } = makeTemporaryFolder();
  const [host = '', port] = address.split(':');
  const [innerHost, innerPort] = inner.split(':');
  const { ca, certificate, key } = makeCertificate(folder, [host]);
  const open = new Set<net.Socket>();
  const server = tls.createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (outside) => {
    const inside = net.connect(Number(innerPort), innerHost);
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one));
      one.pipe(other);
    }
  });
  server.listen(Number(port), host);
  await once(server, 'listening');
  return {
    authority: ca,
    async stop() {
      for (const socket of open) socket.destroy();
      await once(server.close(), 'close');
      remove();
    },
  };
}
