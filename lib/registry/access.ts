import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { seesExecutor } from '#lib/executors/row.ts';
import { executorOf } from '#lib/registry/reference.ts';
import type { Scope } from '#lib/registry/scope.ts';
import type { Access } from '#lib/registry/token.ts';

interface Row {
  id: string;
  namespaceId: string;
  name: string;
  visibility: 'public' | 'private';
  isGranted: boolean;
}

/** What is in the trash is gone, and a grant is over when the secret is another one. */
const READ = `
  SELECT e.id, e.namespace_id AS "namespaceId", e.name, e.visibility, EXISTS (
    SELECT FROM registry_grant g WHERE g.user_id = $2 AND g.executor_id = e.id AND g.secret_hash = e.secret_hash
  ) AS "isGranted"
  FROM executor e WHERE e.id = ANY($1) AND e.deleted_at IS NULL`;

/** Whom a credential stands for here: a token without the scope gets what nobody gets. */
function readerOf(caller: Caller | null): Caller | null {
  const isLimited = caller && caller.scopes.length > 0 && !caller.scopes.includes('executor:read');
  return isLimited ? null : caller;
}

async function pullable(caller: Caller | null, ids: string[]): Promise<Set<string>> {
  const values = [ids, caller?.userId ?? null];
  const { rows } = await pool().query<Row>({ name: 'registry-access', text: READ, values });
  return new Set(rows.filter((row) => row.isGranted || seesExecutor(caller, row)).map(({ id }) => id));
}

/**
 * The part of `scopes` that the caller (null: nobody) may do. Whoever may see an Executor, or has given its secret, pulls
 * its images. Nobody pushes or deletes by the registry itself, its owner neither: images and their rows change together,
 * so only this server does that, for what is asked of its API.
 */
export async function accessOf(caller: Caller | null, scopes: Scope[]): Promise<Access[]> {
  const wanted = scopes.flatMap(({ type, name, actions }) => {
    const id = type === 'repository' ? executorOf(name) : null;
    const isPull = actions.includes('pull') || actions.includes('*');
    return id && isPull ? [{ id, name }] : [];
  });
  if (wanted.length === 0) return [];
  const allowed = await pullable(
    readerOf(caller),
    wanted.map(({ id }) => id),
  );
  const names = new Set(wanted.filter(({ id }) => allowed.has(id)).map(({ name }) => name));
  return [...names].map((name) => ({ type: 'repository', name, actions: ['pull'] }));
}
