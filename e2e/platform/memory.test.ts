import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addUser } from '#lib/testing/admin.ts';
import { downloadUrl, openPush } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';

const MIB = 1024 * 1024;
const PIECES = 1024;
const LIMIT_BYTES = 300_000_000;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

/** The most memory that the process ever had, in bytes. */
function peakBytes(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

// Other systems do not keep the peak.
it.runIf(process.platform === 'linux')(
  'the server stays under 300 MB while 1 GiB is pushed and pulled, pages loaded',
  async () => {
    const token = await addUser({ DATA_DIR: server.dataDir }, 'mira');
    expect((await fetch(`${server.url}/login`)).status).toBe(200);
    const piece = Buffer.alloc(MIB, 'groundstation');
    const sent = createHash('sha256');
    const push = openPush(server.url, token, 'large');
    for (let i = 0; i < PIECES; i++) {
      piece.writeUInt32BE(i);
      sent.update(piece);
      // A copy: the socket may still hold the last one.
      await push.write(Buffer.from(piece));
    }
    expect(await push.finish()).toMatchObject({ status: 200, body: { data: { size: PIECES * MIB } } });
    const received = createHash('sha256');
    const download = await fetch(await downloadUrl(server.url, token, 'large'));
    for await (const bytes of download.body ?? []) received.update(bytes);
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    const peak = peakBytes(server.pid);
    console.error(`peak memory of the server: ${(peak / 1e6).toFixed(0)} MB`);
    expect(peak).toBeLessThan(LIMIT_BYTES);
  },
  180_000,
);
