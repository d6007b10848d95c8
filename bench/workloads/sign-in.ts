import { createAccount } from '#lib/accounts/create.ts';
import { hashPassword, verifyPassword } from '#lib/auth/password.ts';
import { newRequestId } from '#lib/ids.ts';
import { type Finding, figure } from '../finding.ts';
import type { Job } from '../load/plan.ts';
import { measure, planFor } from '../measure.ts';
import { median } from '../rounds.ts';
import { does, type Server } from '../server.ts';

const PEOPLE = 10;
const PASSWORD = 'a sentence for the bench';
const HASHES = 10;
const MIN_HASH_MS = 50;
const SECONDS = 5;
/** Asked as people and programs ask: one after the other, with a pause. */
const PROBE_PAUSE_MS = 5;
const MAX_RATIO = 3;

/** What one password costs whoever checks it, in milliseconds. */
async function hashMs(): Promise<number> {
  const stored = await hashPassword(PASSWORD, []);
  const times: number[] = [];
  for (let count = 0; count < HASHES; count++) {
    const startedMs = performance.now();
    await verifyPassword(PASSWORD, stored);
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

/** The sign-in of somebody new, from an address of their own: tries are counted by address. */
async function signInJob(index: number): Promise<Job> {
  const name = `person-${index}`;
  const origin = { caller: null, address: null, client: 'bench', requestId: newRequestId() };
  await createAccount({ name, email: `${name}@example.org`, password: PASSWORD, isAdmin: false, origin });
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${index + 1}` };
  const before = JSON.stringify({ name, password: PASSWORD });
  const payload = { before, sizeBytes: 0, after: '', isChunked: false };
  const path = '/v2/rpc/user.identity.passwordLogin';
  return [{ verb: 'POST', path, headers, payload, status: 200, contains: 'gss_' }];
}

/** What a sign-in costs, and how long whoami takes while ten people sign in all the time. */
export async function measureSignIn(
  server: Server,
  rounds: number,
  tell: (line: string) => void,
): Promise<Finding[]> {
  const signIns = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => signInJob(index)));
  const hash = await hashMs();
  const whoami = { jobs: [await does(server, 'whoami')()], pauseMs: PROBE_PAUSE_MS };
  const crowd = { jobs: signIns, connections: PEOPLE, maxSeconds: SECONDS };
  const quiet: number[] = [];
  const busy: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const alone = await measure(server, planFor(server, { ...whoami, maxSeconds: SECONDS }));
    const { probe } = await measure(server, planFor(server, crowd), planFor(server, whoami));
    const p99Ms = probe?.p99Ms ?? Number.NaN;
    quiet.push(alone.p99Ms);
    busy.push(p99Ms);
    tell(`sign-in ${round}/${rounds}: whoami ${figure(alone.p99Ms)} ms, ${figure(p99Ms)} ms meanwhile`);
  }
  const ratio = median(busy.map((ms, index) => ms / (quiet[index] ?? 0)));
  return [
    {
      what: 'one password hash',
      ours: `${figure(hash)} ms`,
      goal: `at least ${MIN_HASH_MS} ms`,
      isMet: hash >= MIN_HASH_MS,
    },
    {
      what: `whoami, 99th percentile, while ${PEOPLE} people sign in all the time`,
      ours: `${figure(median(busy))} ms`,
      reference: `without them ${figure(median(quiet))} ms`,
      ratio,
      goal: `at most ${MAX_RATIO}`,
      isMet: ratio <= MAX_RATIO,
    },
  ];
}
