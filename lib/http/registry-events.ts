import { Fault } from '#lib/errors.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import { readInput } from '#lib/http/input.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { isEventsAuthorization } from '#lib/registry/events-secret.ts';
import { recordImagePulls, registryNotification } from '#lib/registry/record-pulls.ts';

/** Where the registry tells what was pulled and pushed. */
export const REGISTRY_EVENTS = '/registry/events';

/**
 * Takes the registry's notifications, whose bearer is derived from AUTH_SECRET.
 * @throws Fault `log-in` for everybody else; `invalid` and `too-large` for what is no notification.
 */
export async function answerRegistryEvents(request: PlainRequest): Promise<PlainReply> {
  if (!isEventsAuthorization(request.header('authorization') ?? ''))
    throw new Fault('log-in', 'Only the registry of this server tells what was pulled.');
  if (request.verb !== 'POST') throw new Fault('no-method', 'Send notifications by POST.');
  const parsed = registryNotification.safeParse(await readInput(request));
  if (!parsed.success) throw new Fault('invalid', 'This is no notification of a registry. Send its events.');
  await recordImagePulls(parsed.data);
  return { status: 200, headers: replyHeaders(request.requestId), body: '{}' };
}
