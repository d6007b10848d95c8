import { requirePerson } from '#lib/accounts/require-person.ts';
import type { Result, UserContext } from '#lib/rpc/method.ts';
import { endOtherSessions, endSession } from '#lib/sessions/end.ts';
import { listSessions } from '#lib/sessions/list.ts';

/** `user.session.list`: ours. */
export async function list({ caller, clock }: UserContext): Promise<Result> {
  requirePerson(caller);
  const sessions = await listSessions(caller, clock);
  const data = sessions.map(({ id, ...session }) => ({ _id: id, ...session }));
  return { kind: 'value', data };
}

/** `user.session.end`: ours; what the settings call. */
export async function end({ caller, origin }: UserContext, { id }: { id: string }): Promise<Result> {
  await endSession({ id, caller, origin });
  return { kind: 'value', data: null };
}

/** `user.session.endOthers`: ours; what the settings call. */
export async function endOthers({ caller, origin }: UserContext): Promise<Result> {
  return { kind: 'value', data: { endedCount: await endOtherSessions({ caller, origin }) } };
}
