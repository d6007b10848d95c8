import { randomBytes } from 'node:crypto';
import { type PushInput, pushArtifact } from '#lib/artifacts/push.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { newId } from '#lib/ids.ts';

/** A user of a test's own, ready to be spread into the options of domain functions. */
export interface TestUser {
  caller: Caller;
  origin: Origin;
}

/** Makes a user with a namespace; no password is hashed. */
export async function makeUser(
  namespace: { quotaBytes?: number; retentionDays?: number | null } = {},
): Promise<TestUser> {
  const { quotaBytes = 1_000_000_000, retentionDays = 7 } = namespace;
  const name = `u${randomBytes(8).toString('hex')}`;
  const [userId, namespaceId] = [newId(), newId()];
  await prisma().user.create({
    data: {
      id: userId,
      name,
      namespace: { create: { id: namespaceId, slug: name, quotaBytes, retentionDays } },
    },
  });
  const caller: Caller = {
    userId,
    name,
    displayName: null,
    email: null,
    isEmailVerified: false,
    isAdmin: false,
    namespaceId,
    via: 'session',
    isProgram: false,
    credentialId: newId(),
    scopes: [],
    namePattern: null,
    createdAt: new Date(),
    expiresAt: null,
  };
  return { caller, origin: { caller, address: null, client: 'test', requestId: newId() } };
}

/** Somebody without an account, at an address of their own. */
export function makeStranger(): { origin: Origin } {
  const address = `10.${[...randomBytes(3)].join('.')}`;
  return { origin: { caller: null, address, client: 'test', requestId: newId() } };
}

/** Pushes bytes as a client would, the file first and its name last. */
export async function push(
  { origin }: { origin: Origin },
  bytes: Buffer,
  input: PushInput,
  clock: Clock = systemClock,
): Promise<ArtifactRow> {
  async function* body() {
    for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
  }
  async function* parts() {
    yield { name: 'file', isFile: true, body: body(), text: async () => '' };
  }
  return pushArtifact({
    origin,
    parts: parts(),
    parseFields: () => input,
    announcedBytes: 0,
    client: {},
    clock,
  });
}
