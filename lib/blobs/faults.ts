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

/** The writer was taken for dead, and what it wrote is gone or going. */
export function leaseLost(): Fault {
  return new Fault(
    'broken-upload',
    'The upload took too long between two pieces and was given up. Push again.',
  );
}
