import { SECOND_MS } from '#lib/clock.ts';
import { trustKey, waitingKey } from '#lib/registry/keys.ts';
import { registryUrl } from '#lib/registry/place.ts';
import { OWN_SUBJECT, signToken } from '#lib/registry/token.ts';

const PATIENCE_MS = 5 * SECOND_MS;
const PROBE_SECONDS = 60;

/** Whether the registry takes a token; also false when it does not answer. */
async function isTaken(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(`${registryUrl()}/v2/`, { headers, signal }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

/**
 * Lets a key that waits (`addKey`) sign from now on, if the registry takes what it signs: that it has read the new
 * certificates is seen by trying, wherever it runs.
 * @returns whether none waits any more.
 */
export async function adoptWaitingKey(): Promise<boolean> {
  const key = await waitingKey();
  if (!key) return true;
  if (!(await isTaken(signToken(key, { subject: OWN_SUBJECT, access: [], seconds: PROBE_SECONDS }))))
    return false;
  await trustKey(key);
  return true;
}
