import net from 'node:net';

/**
 * The gate of a sandbox, in its network: hands each connection to its loopback on to a socket outside, which decides what is
 * reached. `node relay.mjs SOCKET PORT`
 */
const [socket, port] = process.argv.slice(2);

const server = net.createServer((inner) => {
  const outer = net.connect(socket);
  inner.pipe(outer).pipe(inner);
  inner.on('error', () => outer.destroy());
  outer.on('error', () => inner.destroy());
  inner.on('close', () => outer.destroy());
  outer.on('close', () => inner.destroy());
});
// The other end takes fewer; what is beyond waits for nothing.
server.maxConnections = 64;
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
