import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { downloadUrl, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { freshName, KillableServer, PATIENT, type WatchedStore } from '#lib/testing/killable.ts';
import { StagedPush } from '#lib/testing/staged-push.ts';

const OLD = randomBytes(2_000_000);
/** More than two parts, and no whole number of them. */
const NEXT = randomBytes(2 * PART_BYTES + 3_000_000);

let server: KillableServer;

/** A moment of a push, reached by what can be seen of it. */
interface Moment {
  name: string;
  /** Whether there is a version of before, which must be there as long as the new one is not. */
  replaces: boolean;
  reach(push: StagedPush): Promise<void>;
  /** What must be found after the next start; without it either one, whole. */
  finds?: 'what was there before' | 'what was pushed';
}

/** What can be pulled under a name; null when it does not exist. */
async function found(name: string): Promise<Buffer | null> {
  const exists = await downloadUrl(server.url, server.token, name).then(
    () => true,
    () => false,
  );
  return exists ? pullBytes(server.url, server.token, name) : null;
}

const isSame = (one: Buffer | null, other: Buffer | null) =>
  one === null || other === null ? one === other : one.equals(other);

async function sendAll(push: StagedPush): Promise<string> {
  await push.send(NEXT);
  await push.endFile();
  const key = await server.keyUnderWay();
  await vi.waitUntil(() => server.store.isWhole(key), PATIENT);
  return key;
}

async function untilArrived(bytes: number): Promise<void> {
  const key = await server.keyUnderWay();
  await vi.waitUntil(async () => (await server.store.arrivedBytes(key)) >= bytes, PATIENT);
}

const locks: pg.Client[] = [];

/** Holds the row of a blob until the server was killed. */
async function holdBlob(key: string): Promise<void> {
  const client = await server.connect();
  locks.push(client);
  await client.query('BEGIN');
  await client.query('SELECT FROM blob WHERE id = $1 FOR UPDATE', [key]);
}

async function letGo(): Promise<void> {
  for (const client of locks.splice(0)) await client.end();
}

/** The commit is under way and waits for the row of its blob. */
async function reachCommit(push: StagedPush): Promise<void> {
  const key = await sendAll(push);
  await push.sendName();
  await holdBlob(key);
  await push.close();
  await server.untilItWaits();
}

const BEFORE = 'what was there before' as const;

const MOMENTS: Moment[] = [
  {
    name: 'before the first byte',
    replaces: false,
    finds: BEFORE,
    reach: async () => void (await server.keyUnderWay()),
  },
  {
    name: 'after the first piece',
    replaces: true,
    finds: BEFORE,
    async reach(push) {
      await push.send(NEXT.subarray(0, 1_500_000));
      await server.keyUnderWay();
    },
  },
  {
    name: 'in the middle of a part',
    replaces: false,
    finds: BEFORE,
    async reach(push) {
      await push.send(NEXT.subarray(0, PART_BYTES + 3_000_000));
      await untilArrived(PART_BYTES);
    },
  },
  {
    name: 'right after a part',
    replaces: true,
    finds: BEFORE,
    async reach(push) {
      // A part is sent when there is a byte behind it; a disk gets its bytes a MiB at a time.
      await push.send(NEXT.subarray(0, 2 * PART_BYTES + 1));
      await untilArrived(2 * PART_BYTES - 1024 * 1024);
    },
  },
  {
    name: 'after the last byte, before the name',
    replaces: true,
    finds: BEFORE,
    reach: async (push) => void (await sendAll(push)),
  },
  {
    name: 'after the name, before the closing boundary',
    replaces: false,
    finds: BEFORE,
    async reach(push) {
      await sendAll(push);
      await push.sendName();
    },
  },
  {
    name: 'right after the closing boundary',
    replaces: true,
    async reach(push) {
      await sendAll(push);
      await push.sendName();
      await push.close();
    },
  },
  { name: 'in the commit of something new', replaces: false, finds: BEFORE, reach: reachCommit },
  { name: 'in the commit of a replacement', replaces: true, finds: BEFORE, reach: reachCommit },
  {
    name: 'at the acknowledgement',
    replaces: true,
    finds: 'what was pushed',
    async reach(push) {
      await sendAll(push);
      await push.sendName();
      await push.close();
      await push.answered;
    },
  },
];

async function killAt({ replaces, reach, finds }: Moment): Promise<void> {
  const name = freshName();
  const before = replaces ? OLD : null;
  if (before) await pushBytes(server.url, server.token, name, before);
  const push = new StagedPush(server.url, server.token, name);
  await reach(push);
  await server.kill();
  await push.answered;
  await letGo();
  await server.start();
  const now = await found(name);
  const isNew = isSame(now, NEXT);
  expect(isNew || isSame(now, before)).toBe(true);
  if (push.status === 200 || finds === 'what was pushed') expect(isNew).toBe(true);
  if (finds === BEFORE) expect(isNew).toBe(false);
  await server.expectNothingLeft();
}

/** A push that was given up, taken over by the housekeeping of the next start, which is killed between bytes and row. */
async function killInSweep(): Promise<void> {
  const push = new StagedPush(server.url, server.token, freshName());
  const key = await sendAll(push);
  await server.query(`UPDATE blob SET state = 'doomed', doomed_at = '-infinity' WHERE id = $1`, [key]);
  await holdBlob(key);
  await server.kill();
  await server.start();
  await server.untilItWaits();
  expect(await server.store.keys()).not.toContain(key);
  await server.kill();
  await letGo();
  await server.start();
  await server.expectNothingLeft();
}

async function killUnderLoad(): Promise<void> {
  const acknowledged = new Map<string, Buffer>();
  const pushing = Array.from({ length: 4 }, async () => {
    for (;;) {
      const [name, bytes] = [freshName(), randomBytes(200_000)];
      await pushBytes(server.url, server.token, name, bytes);
      acknowledged.set(name, bytes);
    }
  });
  const ended = Promise.allSettled(pushing);
  await vi.waitUntil(() => acknowledged.size > 20, PATIENT);
  await server.kill();
  await ended;
  await server.start();
  for (const [name, bytes] of acknowledged)
    expect((await pullBytes(server.url, server.token, name)).equals(bytes)).toBe(true);
  await server.expectNothingLeft();
}

/**
 * Kills a server at every moment of a push: what was acknowledged is there, what was there before is there as long as
 * the new is not, and the next sweep leaves nothing of what was not acknowledged.
 */
export function describePushKills(watch: (dataDir: string) => Promise<WatchedStore>): void {
  describe('kill -9 of the server', () => {
    beforeAll(async () => {
      server = await KillableServer.start(watch);
    });
    beforeEach(() => server.start());
    afterAll(async () => {
      await letGo();
      await server.remove();
    });

    it.each(MOMENTS)('$name loses and leaves nothing', killAt);
    it('in its own sweep leaves nothing that the next one does not remove', killInSweep);
    it('under load loses no push that was acknowledged', killUnderLoad);
  });
}
