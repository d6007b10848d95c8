import { ANONYMOUS_DAYS } from '#lib/artifacts/anonymous.ts';
import { isNamespace } from '#lib/artifacts/resolve-target.ts';
import { ANONYMOUS, LIBRARY, systemNamespaceId } from '#lib/artifacts/system-namespaces.ts';
import type { Origin } from '#lib/audit/record.ts';
import { hashSlowly } from '#lib/auth/password.ts';
import { newSecret } from '#lib/auth/secret.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { whatIsNamed } from '#lib/executors/find.ts';
import { isExecutorId, requireExecutorName } from '#lib/executors/names.ts';
import { type ExecutorRow, ownsExecutor, seesExecutor } from '#lib/executors/row.ts';
import { opensExecutor } from '#lib/executors/secret.ts';
import { splitName } from '#lib/names/artifact-name.ts';
import { requireNameWithin } from '#lib/tokens/name-pattern.ts';

/** Which call pushes: each has rules of its own (contract 7.2 to 7.4). */
export type PushKind =
  /** By name into the caller's namespace. */
  | 'push'
  /** What is there, by its owner or by its secret; made where nothing is. */
  | 'update'
  /** Always answers with a secret. */
  | 'create';

/** Where a push goes. */
export interface PushTarget {
  namespaceId: string;
  /** An Executor that is there. */
  targetId: string | null;
  /** Null: as the package calls itself. */
  name: string | null;
  /** In the clear, for the answer; null: it stays as it is. */
  secret: string | null;
  secretHash: string | null;
  /** Whether the name is everybody's: whoever has the secret says it without a namespace. */
  isEverybodys: boolean;
}

interface TargetOptions {
  kind: PushKind;
  id: string | null;
  secret: string | null;
  origin: Origin;
}

function wrongSecret(): Fault {
  return new Fault('not-allowed', 'This secret does not open the Executor of this name. Give the right one.');
}

/**
 * The namespace of who pushes; without an account it is nobody's, where those may push at all.
 */
export function namespaceOfPusher({ caller }: Origin): string | Promise<string> {
  if (caller) return caller.namespaceId;
  const terms = { quotaBytes: env().ANONYMOUS_QUOTA_BYTES, retentionDays: ANONYMOUS_DAYS };
  return systemNamespaceId(ANONYMOUS, terms);
}

/** `me/X` is X; of anybody else it is not the caller's. */
async function ownName({ caller }: Origin, text: string): Promise<string> {
  const split = splitName(text);
  if (split && split.slug === caller?.name) return requireExecutorName(split.rest);
  if (split && (await isNamespace(split.slug)))
    throw new Fault(
      'not-allowed',
      `The namespace ${split.slug} is not yours. Push ${split.rest} into your own.`,
    );
  return requireExecutorName(text);
}

/** Somebody else's, which only its secret lets one push to. @throws Fault `not-allowed`. */
async function requireOpened(row: ExecutorRow, secret: string, origin: Origin): Promise<ExecutorRow> {
  if (await opensExecutor(secret, row.secretHash, origin.address)) return row;
  throw wrongSecret();
}

async function existing({ kind, id, secret, origin }: TargetOptions): Promise<ExecutorRow | null> {
  if (id === null) return null;
  const { caller } = origin;
  const found = await whatIsNamed(caller, id);
  // What the token's pattern hides counts as absent.
  const own = found.find((row) => ownsExecutor(caller, row) && seesExecutor(caller, row));
  if (own) return own;
  const other = found.find(({ secretHash, namespace }) => secretHash !== null && namespace !== LIBRARY);
  if (kind === 'update' && other && secret !== null) return requireOpened(other, secret, origin);
  return null;
}

/** For nobody a wrong secret and a name that there is not are the same, in what they cost as well. */
async function nothingToUpdate({ secret, origin }: TargetOptions): Promise<Fault> {
  if (secret === null)
    return new Fault(
      'log-in',
      'Without a token you update an Executor by its name or id and its secret. Log in, or give both.',
    );
  await opensExecutor(secret, null, origin.address);
  return wrongSecret();
}

/**
 * Where a push goes, as far as it can be known before its package is read.
 * @throws Fault `invalid`, `not-allowed` for a foreign namespace or a wrong secret, `log-in` for nobody's update without
 *   one, `too-often`.
 */
export async function resolvePushTarget(options: TargetOptions): Promise<PushTarget> {
  const { kind, secret, origin } = options;
  const { caller } = origin;
  const id = options.id === null ? null : await ownName(origin, options.id);
  const row = await existing({ ...options, id });
  if (!caller && kind === 'update' && !row) throw await nothingToUpdate(options);
  if (!row && id !== null) requireNameWithin(caller?.namePattern ?? null, id);
  const isOthers = row !== null && !ownsExecutor(caller, row);
  // Its own secret opened it, and stays; without an account it is the only way back.
  const given = isOthers ? null : (secret ?? (kind === 'create' || !caller ? newSecret() : null));
  return {
    namespaceId: row?.namespaceId ?? (await namespaceOfPusher(origin)),
    targetId: row?.id ?? null,
    // An id that is nobody's is no name: old clients remember ids of servers that are gone.
    name: row?.name ?? (id !== null && isExecutorId(id) && kind !== 'push' ? null : id),
    secret: isOthers ? secret : given,
    secretHash: given === null ? null : await hashSlowly(given),
    isEverybodys: given !== null,
  };
}
