import { Fault } from '#lib/errors.ts';

/** One upload passes MAX_UPLOAD_BYTES. */
export function tooLarge(limitBytes: number): Fault {
  return new Fault(
    'too-large',
    `This upload is larger than this server takes (${limitBytes} bytes). Push it in parts.`,
  );
}

/** The namespace would pass its quota. */
export function overQuota(): Fault {
  return new Fault(
    'over-quota',
    'This push does not fit into your storage quota. Delete something, or ask the administrator for more.',
  );
}

/** What comes back from the trash would pass the quota. */
export function restoreOverQuota(): Fault {
  return new Fault(
    'over-quota',
    'This does not fit into your storage quota any more. Delete something else, then restore it.',
  );
}

/** The writer was taken for dead, and what it wrote is gone or going. */
export function leaseLost(): Fault {
  return new Fault(
    'broken-upload',
    'The upload took too long between two pieces and was given up. Push again.',
  );
}

/** Its owner stopped it, in the browser. */
export function uploadStopped(): Fault {
  return new Fault(
    'broken-upload',
    'The upload was stopped by its owner. Nothing of it is kept; push again.',
  );
}

/** The disk or the bucket takes no more; a push changes nothing then. */
export function storeFull(cause: unknown): Fault {
  return new Fault(
    'unavailable',
    'The server has no room left for this. Tell its administrator, and try again when there is some.',
    { cause },
  );
}

/** The store denies, fails or does not answer, after the tries that are worth making. */
export function storeAway(cause: unknown): Fault {
  return new Fault(
    'unavailable',
    'The blob store does not answer as it should right now. Try again in a moment; if it stays, tell the administrator.',
    { cause, retryAfterSeconds: 5 },
  );
}

/** A row names bytes that the store does not have. */
export function bytesGone(cause: unknown): Fault {
  return new Fault('gone-from-store', 'The bytes of this artifact are gone. Ask for a new download URL.', {
    cause,
  });
}

/** The store has fewer bytes than the row says. */
export function tooShort(): Fault {
  return new Fault(
    'corrupt',
    'The stored bytes of this artifact are damaged. Tell the administrator, and push it again.',
  );
}

/** A row lies in a store that this process has no settings for. */
export function noSuchStore(kind: string): Fault {
  return new Fault(
    'unavailable',
    `The bytes of this are in the store ${kind}, for which the server has no settings. Tell its administrator.`,
  );
}
