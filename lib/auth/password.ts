import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { guessableProblem } from '#lib/auth/guessable.ts';
import { MAX_PASSWORD_LENGTH, passwordProblem } from '#lib/auth/password-rules.ts';
import { Fault } from '#lib/errors.ts';
import { shared } from '#lib/shared.ts';

const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** scrypt needs 128 × N × r bytes, 32 MiB at our cost; Node refuses that much without being told. */
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;

/**
 * Each hash holds 32 MiB, one of the four threads that also serve the file system, and a processor: one is left for
 * everybody who is not signing in.
 */
const HASHES_AT_ONCE = availableParallelism() > 2 ? 2 : 1;
/** At about 150 ms a hash, whoever waits behind so many has given up before it is their turn. */
const MAX_WAITING = 100;

interface HashQueue {
  running: number;
  waiting: (() => void)[];
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const queue = shared<HashQueue>('password-hashes', () => ({ running: 0, waiting: [] }));
  if (queue.running >= HASHES_AT_ONCE) {
    if (queue.waiting.length >= MAX_WAITING) {
      throw new Fault('too-often', 'Too many people are signing in at this moment. Try again in a minute.', {
        retryAfterSeconds: 60,
      });
    }
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.waiting.push(resolve));
  } else {
    queue.running += 1;
  }
  try {
    return await work();
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running -= 1;
  }
}

/** The same key for the same characters, however a keyboard composes them. */
function toKeyText(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Hashes a new password to `scrypt$N$r$p$salt$hash` (salt and hash in base64), which says all that a check needs.
 * @param own what its owner is called, which it may not be made of.
 * @throws Fault `invalid` for a password that is too short, too long or too easy to guess.
 */
export async function hashPassword(password: string, own: string[]): Promise<string> {
  const problem = passwordProblem(password) ?? guessableProblem(password, own);
  if (problem) throw new Fault('invalid', problem);
  return hashSlowly(password);
}

/** The same for a secret that somebody else chose, and that is what it is. @throws Fault `too-often`. */
export async function hashSlowly(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const options = { ...COST, maxmem: MAX_MEMORY_BYTES };
  const hash = await inTurn(() => derive(toKeyText(secret), salt, HASH_BYTES, options));
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** What is checked when there is no account: a hash of nothing, at the same cost. */
const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(SALT_BYTES).toString('base64')}$`;

/**
 * Whether `password` is the one behind `stored`, compared in constant time. Null, for an account that does
 * not exist or has no password, costs as much and is false.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  if (password.length > MAX_PASSWORD_LENGTH) return false;
  const [, N, r, p, salt = '', hash = ''] = (stored ?? NOBODY).split('$');
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: MAX_MEMORY_BYTES };
  const expected = Buffer.from(hash, 'base64');
  const actual = await inTurn(() =>
    derive(toKeyText(password), Buffer.from(salt, 'base64'), HASH_BYTES, options),
  );
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
