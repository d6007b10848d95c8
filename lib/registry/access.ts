import type { Caller } from '#lib/auth/caller.ts';
import { gatherRows } from '#lib/db/gather-rows.ts';
import { seesExecutor } from '#lib/executors/row.ts';
import { executorOf } from '#lib/registry/reference.ts';
import type { Scope } from '#lib/registry/scope.ts';
import type { Access } from '#lib/registry/token.ts';

interface Asked {
  id: string;
  /** Null for nobody. */
  userId: string | null;
}

interface Row {
  namespaceId: string;
  name: string;
  visibility: 'public' | 'private';
  isGranted: boolean;
}

/** What is in the trash is gone, and a grant is over when the secret is another one. */
const readExecutor = gatherRows<Asked, Row>({
  name: 'registry-access',
  columns: 'id text, "userId" text',
  select: `
    SELECT e.namespace_id AS "namespaceId", e.name, e.visibility, EXISTS (
      SELECT FROM registry_grant g
      WHERE g.user_id = asked."userId" AND g.executor_id = e.id AND g.secret_hash = e.secret_hash
    ) AS "isGranted"
    FROM executor e WHERE e.id = asked.id AND e.deleted_at IS NULL`,
});

/** Whom a credential stands for here: a token without the scope gets what nobody gets. */
function readerOf(caller: Caller | null): Caller | null {
  const isLimited = caller && caller.scopes.length > 0 && !caller.scopes.includes('executor:read');
  return isLimited ? null : caller;
}

async function mayPull(caller: Caller | null, id: string): Promise<boolean> {
  const row = await readExecutor({ id, userId: caller?.userId ?? null });
  return row !== null && (row.isGranted || seesExecutor(caller, row));
}

/**
 * The part of `scopes` that the caller (null: nobody) may do. Whoever may see an Executor, or has given its secret, pulls
 * its images. Nobody pushes or deletes by the registry itself, its owner neither: images and their rows change together,
 * so only this server does that, for what is asked of its API.
 */
export async function accessOf(caller: Caller | null, scopes: Scope[]): Promise<Access[]> {
  const reader = readerOf(caller);
  const names = new Set(
    scopes.flatMap(({ type, name, actions }) =>
      type === 'repository' && (actions.includes('pull') || actions.includes('*')) ? [name] : [],
    ),
  );
  const access = [...names].map(async (name): Promise<Access[]> => {
    const id = executorOf(name);
    const isAllowed = id !== null && (await mayPull(reader, id));
    return isAllowed ? [{ type: 'repository', name, actions: ['pull'] }] : [];
  });
  return (await Promise.all(access)).flat();
}
