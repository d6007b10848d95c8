import type pg from 'pg';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Caller } from '#lib/auth/caller.ts';

/** Where a change comes from: who, from which address, with which client, in which request. */
export interface Origin {
  caller: Caller | null;
  address: string | null;
  client: string | null;
  requestId: string;
}

/** What an audit row keeps of an `Origin`: work that is done later remembers no more of who asked for it. */
export interface Actor extends Omit<Origin, 'caller'> {
  caller: Pick<Caller, 'userId' | 'name' | 'via' | 'credentialId'> | null;
}

/** What was done. `target` names the thing, `detail` holds what changed; never a secret. */
export interface AuditedAct {
  action: string;
  target?: string;
  namespace?: string;
  detail?: Record<string, string | number | boolean | null>;
}

/** The row of an act, for `auditEvent.create` inside the transaction of the change. */
export function auditData(origin: Actor, what: AuditedAct): Prisma.AuditEventUncheckedCreateInput {
  return {
    actorId: origin.caller?.userId ?? null,
    tokenId: origin.caller?.via === 'token' ? origin.caller.credentialId : null,
    namespace: what.namespace ?? origin.caller?.name ?? null,
    action: what.action,
    target: what.target ?? null,
    address: origin.address,
    client: origin.client,
    requestId: origin.requestId,
    detail: what.detail,
  };
}

/** SQL that inserts the row with nine values from `$first` on: those of `auditValues`. */
export function auditInsert(first: number): string {
  const places = Array.from({ length: 9 }, (_, index) => `$${first + index}`).join(', ');
  return `INSERT INTO audit_event (actor_id, token_id, namespace, action, target, address, client, request_id, detail)
    VALUES (${places})`;
}

/** What `auditInsert` inserts. */
export function auditValues(origin: Actor, what: AuditedAct): (string | null)[] {
  const row = auditData(origin, what);
  const { actorId, tokenId, namespace, action, target, address, client, requestId, detail } = row;
  const text = detail === undefined ? null : JSON.stringify(detail);
  return [actorId, tokenId, namespace, action, target, address, client, requestId, text].map(
    (value) => value ?? null,
  );
}

/** Writes the row through a connection that is inside the transaction of the change. */
export async function insertAudit(client: pg.ClientBase, origin: Actor, what: AuditedAct): Promise<void> {
  await client.query({ name: 'insert-audit', text: auditInsert(1), values: auditValues(origin, what) });
}
