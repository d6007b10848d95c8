import { createHash } from 'node:crypto';
import { countAnonymousPush } from '#lib/artifacts/anonymous.ts';
import type { UploadPart } from '#lib/artifacts/push.ts';
import type { Origin } from '#lib/audit/record.ts';
import { overQuota, tooLarge } from '#lib/blobs/faults.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { type ReceivedBlob, receiveBlob } from '#lib/blobs/receive.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { orderPush } from '#lib/executors/order-push.ts';
import { type CheckedPush, checkPush, type ExecutorPushInput } from '#lib/executors/push-input.ts';
import { namespaceOfPusher, type PushKind, resolvePushTarget } from '#lib/executors/push-target.ts';
import { metrics } from '#lib/metrics.ts';
import { announceChange, announceWork } from '#lib/notices/outbox.ts';

/** The largest zip that is taken, in bytes: a program, not its data. */
const MAX_PACKAGE_BYTES = 1024 ** 3;
/** What else a push sends: its envelope and text fields. */
const SLACK_BYTES = 2 * 1024 * 1024;

interface PushOptions {
  kind: PushKind;
  parts: AsyncIterable<UploadPart>;
  /** Turns the text fields into what they mean; called when all of them are there. */
  parseFields(fields: Record<string, string>): ExecutorPushInput;
  /** What the request announced as its length, or 0. */
  announcedBytes: number;
  /** What the client said of itself: kept with the commit. */
  client: Record<string, string>;
  /** Without a caller it is an anonymous push; whoever lets it through has seen that those are switched on. */
  origin: Origin;
}

/** A push that was accepted: the work on it goes on, whoever listens. */
export interface AcceptedPush {
  taskId: string;
  namespaceId: string;
  /** What opens the Executor from now on, for the answer alone; null when the push has none. */
  secret: string | null;
}

interface Received {
  fields: Record<string, string>;
  received: ReceivedBlob;
  /** Hexadecimal. */
  md5: string;
}

function limitBytes(): number {
  return Math.min(MAX_PACKAGE_BYTES, env().MAX_UPLOAD_BYTES ?? Number.POSITIVE_INFINITY);
}

async function receiveParts(parts: AsyncIterable<UploadPart>, blob: ProvisionalBlob): Promise<Received> {
  const fields: Record<string, string> = {};
  const hash = createHash('md5');
  async function* hashed(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of body) {
      hash.update(piece);
      yield piece;
    }
  }
  let received: ReceivedBlob | undefined;
  for await (const part of parts) {
    if (!part.isFile) fields[part.name] = await part.text();
    else if (received)
      throw new Fault('invalid', 'The push has more than one file. Send the folder as one zip.');
    else received = await receiveBlob(blob, hashed(part.body), limitBytes());
  }
  if (!received) throw new Fault('invalid', 'The push has no file. Send the zip in a part named file.');
  return { fields, received, md5: hash.digest('hex') };
}

/** `PK`, as every zip begins, an empty one too. @throws Fault `not-a-zip`. */
export function requireZip({ head, sizeBytes }: ReceivedBlob): void {
  if (sizeBytes >= 22 && head[0] === 0x50 && head[1] === 0x4b) return;
  throw new Fault('not-a-zip', 'The file is no zip. Push the Executor’s folder with jina hub push.');
}

function requireWhole(push: CheckedPush, md5: string): void {
  if (push.md5 === null || push.md5 === md5) return;
  throw new Fault(
    'broken-upload',
    `The zip arrived with the MD5 ${md5}, not with the one that was sent. Push again.`,
  );
}

async function receiveAndOrder(options: PushOptions, blob: ProvisionalBlob): Promise<AcceptedPush> {
  const { announcedBytes, origin, kind, client } = options;
  if (announcedBytes > limitBytes() + SLACK_BYTES) throw tooLarge(limitBytes());
  if (announcedBytes > blob.allowanceBytes + SLACK_BYTES) throw overQuota();
  const { fields, received, md5 } = await receiveParts(options.parts, blob);
  const input = options.parseFields(fields);
  const push = checkPush(input);
  requireWhole(push, md5);
  requireZip(received);
  const target = await resolvePushTarget({ kind, id: push.name, secret: push.secret, origin });
  return orderPush({ push, target, received, client, origin });
}

/**
 * Receives the zip of an Executor and has a worker do the rest (contract 7.2): nothing of the Executor has changed yet when
 * this returns, and the work is done whether somebody waits for it or not.
 * @throws Fault `invalid`, `broken-upload`, `not-a-zip`, `too-large`, `over-quota`, `not-allowed`, `log-in`, `too-often`.
 */
export async function pushExecutor(options: PushOptions): Promise<AcceptedPush> {
  const { origin, announcedBytes } = options;
  if (!origin.caller) await countAnonymousPush(origin);
  const blob = await ProvisionalBlob.reserve({
    namespaceId: await namespaceOfPusher(origin),
    announcedBytes,
  });
  metrics().openUploads.inc();
  try {
    const accepted = await receiveAndOrder(options, blob);
    announceChange(accepted.namespaceId, [accepted.taskId]);
    await announceWork();
    return accepted;
  } catch (error) {
    await blob.discard();
    throw error;
  } finally {
    blob.release();
    metrics().openUploads.dec();
  }
}
