import { z } from 'zod';
import { relaxedPool } from '#lib/db/pool.ts';
import { MANIFEST_TYPES } from '#lib/registry/client.ts';
import { executorOf } from '#lib/registry/reference.ts';
import { OWN_SUBJECT } from '#lib/registry/token.ts';

/** Postgres has no place for a NUL. */
const text = z
  .string()
  .max(1000)
  .regex(/^[^\0]*$/)
  .optional();

/** What the registry tells of one thing that was done to it; everything that we do not read may be anything. */
const event = z.object({
  action: text,
  target: z.object({ mediaType: text, digest: text, repository: text, tag: text }).optional(),
  request: z.object({ addr: text, method: text }).optional(),
  actor: z.object({ name: text }).optional(),
});
type RegistryEvent = z.output<typeof event>;

/** A notification of the registry: events of any kind. */
export const registryNotification = z.object({ events: z.array(event).max(10_000) });

interface Pull {
  executorId: string;
  digest: string;
  userId: string | null;
  address: string | null;
}

/** The address without its port, if it has one: `10.0.0.1:4711`, `[::1]:4711`, `2001:db8::1`. */
function addressOf(peer: string): string {
  return peer.replace(/^([\d.]+|\[.*\]):\d+$/, '$1').replace(/^\[(.*)\]$/, '$1');
}

/** What counts as a pull: engines ask by HEAD what a tag is, and get by GET. This server reads what it has pushed. */
function asPull({ action, target, request, actor }: RegistryEvent): Pull | null {
  const isManifest = MANIFEST_TYPES.includes(target?.mediaType ?? '');
  if (action !== 'pull' || !isManifest || request?.method !== 'GET' || actor?.name === OWN_SUBJECT)
    return null;
  const executorId = executorOf(target?.repository ?? '');
  if (!executorId || !target?.digest) return null;
  const address = request.addr ? addressOf(request.addr) : null;
  return { executorId, digest: target.digest, userId: actor?.name || null, address };
}

/** Only what is there: images that have been deleted meanwhile have no commit that was pulled. */
const RECORD = `
  INSERT INTO executor_pull (executor_id, commit_number, user_id, client, address)
  SELECT c.executor_id, c.number, (SELECT id FROM app_user WHERE id = $3), 'docker', $4
  FROM executor_image i JOIN executor_commit c ON c.id = i.commit_id
  WHERE i.executor_id = $1 AND i.digest = $2 ORDER BY i.created_at DESC LIMIT 1`;

/** Records each manifest that somebody got as a pull of its commit, by the client `docker`. */
export async function recordImagePulls({ events }: z.output<typeof registryNotification>): Promise<void> {
  for (const one of events) {
    const pull = asPull(one);
    if (!pull) continue;
    const values = [pull.executorId, pull.digest, pull.userId, pull.address];
    await relaxedPool().query({ name: 'record-image-pull', text: RECORD, values });
  }
}
