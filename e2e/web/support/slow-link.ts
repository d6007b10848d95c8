import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** Another address of a server. */
export interface SlowLink {
  url: string;
  close(): void;
}

/** Opens a way to the server at `url` that lets through so many bytes a second from each client. */
export async function openSlowLink(url: string, bytesPerSecond: number): Promise<SlowLink> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((client) => {
    const server = net.connect(Number(port), hostname);
    const slow = new Transform({
      transform(piece: Buffer, _encoding, done) {
        delay((piece.length / bytesPerSecond) * 1_000).then(() => done(null, piece));
      },
    });
    client.pipe(slow).pipe(server).pipe(client);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
