import { anonymousPusher } from '#lib/artifacts/anonymous.ts';
import { commitPush } from '#lib/artifacts/commit-push.ts';
import { requireMetaData } from '#lib/artifacts/meta-data.ts';
import { type Pusher, userPusher } from '#lib/artifacts/pusher.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import { withBlob } from '#lib/artifacts/with-blob.ts';
import type { Origin } from '#lib/audit/record.ts';
import { overQuota, tooLarge } from '#lib/blobs/faults.ts';
import type { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { type ReceivedBlob, receiveBlob } from '#lib/blobs/receive.ts';
import type { Clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { metrics } from '#lib/metrics.ts';
import { requireArtifactType } from '#lib/names/artifact-name.ts';
import { announceChange } from '#lib/notices/outbox.ts';

/** One part of an upload, in the order in which it arrives. */
export interface UploadPart {
  name: string;
  isFile: boolean;
  body: AsyncIterable<Uint8Array>;
  /** Reads the whole body as text. @throws Fault `invalid` when it is too long or no UTF-8. */
  text(): Promise<string>;
}

/** What a push says besides its bytes. */
export interface PushInput {
  id?: string;
  name?: string;
  type?: string;
  public?: boolean;
  /** Where `public` is absent and the artifact is new. */
  publicWhenNew?: boolean;
  /** JSON text of an object. */
  metaData?: string;
}

interface PushOptions {
  parts: AsyncIterable<UploadPart>;
  /** Turns the text fields into what they mean; called when all of them are there. */
  parseFields(fields: Record<string, string>): PushInput;
  /** What the request announced as its length, or 0. */
  announcedBytes: number;
  /** What the client said of itself: kept with the version. */
  client: Record<string, string>;
  /** Without a caller it is an anonymous push; whoever lets it through has seen that those are switched on. */
  origin: Origin;
  clock: Clock;
}

interface ReceivedUpload {
  fields: Record<string, string>;
  received: ReceivedBlob;
}

/** Reads the parts as they come: the file usually first, its name last (contract 4.2). */
async function receiveParts(
  parts: AsyncIterable<UploadPart>,
  blob: ProvisionalBlob,
): Promise<ReceivedUpload> {
  const fields: Record<string, string> = {};
  let received: ReceivedBlob | undefined;
  for await (const part of parts) {
    if (!part.isFile) fields[part.name] = await part.text();
    else if (received)
      throw new Fault('invalid', 'The upload has more than one file. Send one file at a time.');
    else received = await receiveBlob(blob, part.body);
  }
  if (!received) throw new Fault('invalid', 'The upload has no file. Send the bytes in a part named file.');
  return { fields, received };
}

function refuseEarly(announcedBytes: number, allowanceBytes: number): void {
  const limit = env().MAX_UPLOAD_BYTES ?? Number.POSITIVE_INFINITY;
  // The announced length counts the envelope too; it is a few hundred bytes, or metadata of 1 MiB at most.
  const slack = 2 * 1024 * 1024;
  if (announcedBytes > limit + slack) throw tooLarge(limit);
  if (announcedBytes > allowanceBytes + slack) throw overQuota();
}

async function receiveAndCommit(
  options: PushOptions,
  pusher: Pusher,
  blob: ProvisionalBlob,
): Promise<ArtifactRow> {
  refuseEarly(options.announcedBytes, blob.allowanceBytes);
  const { fields, received } = await receiveParts(options.parts, blob);
  const input = options.parseFields(fields);
  const metaData = input.metaData === undefined ? undefined : requireMetaData(input.metaData);
  const target = await pusher.resolveTarget(input);
  return commitPush({
    owner: pusher,
    target,
    received,
    type: input.type === undefined ? undefined : requireArtifactType(input.type),
    visibility: input.public === undefined ? undefined : input.public ? 'public' : 'private',
    visibilityWhenNew: input.publicWhenNew || target.kind === 'anonymous' ? 'public' : 'private',
    metaData,
    client: options.client,
    origin: options.origin,
    now: options.clock.now(),
  });
}

/**
 * Receives an upload and makes it the current version of its artifact: durable in the store and in the database
 * when this returns, without a trace when it throws.
 * @throws Fault `invalid`, `broken-upload`, `too-large`, `over-quota`, `not-allowed`, `not-found`, `name-taken`, and for
 *   an anonymous push `log-in` and `too-often`.
 */
export async function pushArtifact(options: PushOptions): Promise<ArtifactRow> {
  const { origin, announcedBytes } = options;
  const pusher = origin.caller ? userPusher(origin.caller) : await anonymousPusher(origin);
  metrics().openUploads.inc();
  try {
    const row = await withBlob({ namespaceId: pusher.namespaceId, announcedBytes }, (blob) =>
      receiveAndCommit(options, pusher, blob),
    );
    announceChange(pusher.namespaceId, [row.id]);
    return row;
  } catch (error) {
    throw pusher.explain(error);
  } finally {
    metrics().openUploads.dec();
  }
}
