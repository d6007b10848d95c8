import type { PushTarget } from '#lib/artifacts/claim.ts';
import { commitPush } from '#lib/artifacts/commit-push.ts';
import { findOwn } from '#lib/artifacts/find.ts';
import { requireMetaData } from '#lib/artifacts/meta-data.ts';
import { resolveTargetName } from '#lib/artifacts/resolve-target.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { overQuota, tooLarge } from '#lib/blobs/faults.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { type ReceivedBlob, receiveBlob } from '#lib/blobs/receive.ts';
import type { Clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { metrics } from '#lib/metrics.ts';
import { requireArtifactType } from '#lib/names/artifact-name.ts';

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
  /** JSON text of an object. */
  metaData?: string;
}

interface PushOptions {
  caller: Caller;
  parts: AsyncIterable<UploadPart>;
  /** Turns the text fields into what they mean; called when all of them are there. */
  parseFields(fields: Record<string, string>): PushInput;
  /** What the request announced as its length, or 0. */
  announcedBytes: number;
  /** What the client said of itself: kept with the version. */
  client: Record<string, string>;
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

async function resolveTarget(caller: Caller, input: PushInput): Promise<PushTarget> {
  const name = input.name === undefined ? null : await resolveTargetName(caller, input.name);
  if (input.id === undefined) return { id: null, name };
  return { id: (await findOwn(caller, { id: input.id })).id, name };
}

function refuseEarly(announcedBytes: number, allowanceBytes: number): void {
  const limit = env().MAX_UPLOAD_BYTES ?? Number.POSITIVE_INFINITY;
  // The announced length counts the envelope too; it is a few hundred bytes, or metadata of 1 MiB at most.
  const slack = 2 * 1024 * 1024;
  if (announcedBytes > limit + slack) throw tooLarge(limit);
  if (announcedBytes > allowanceBytes + slack) throw overQuota();
}

/**
 * Receives an upload and makes it the current version of its artifact: durable in the store and in the database
 * when this returns, without a trace when it throws.
 * @throws Fault `invalid`, `broken-upload`, `too-large`, `over-quota`, `not-allowed`, `not-found`, `name-taken`.
 */
export async function pushArtifact(options: PushOptions): Promise<ArtifactRow> {
  const { caller, clock, announcedBytes } = options;
  const blob = await ProvisionalBlob.reserve({ namespaceId: caller.namespaceId, announcedBytes });
  metrics().openUploads.inc();
  try {
    refuseEarly(announcedBytes, blob.allowanceBytes);
    const { fields, received } = await receiveParts(options.parts, blob);
    const input = options.parseFields(fields);
    const metaData = input.metaData === undefined ? undefined : requireMetaData(input.metaData);
    const target = await resolveTarget(caller, input);
    const row = await commitPush({
      caller,
      target,
      received,
      type: input.type === undefined ? undefined : requireArtifactType(input.type),
      visibility: input.public === undefined ? undefined : input.public ? 'public' : 'private',
      metaData,
      client: options.client,
      origin: options.origin,
      now: clock.now(),
    });
    if (row.blobId !== blob.key) await blob.discard();
    return row;
  } catch (error) {
    await blob.discard();
    throw error;
  } finally {
    blob.release();
    metrics().openUploads.dec();
  }
}
