import { createHash } from 'node:crypto';

/** What was pushed once. Its bytes are made from the label, so nobody needs to keep them. */
export interface Content {
  /** Unique in a run, so that bytes of two pushes cannot be taken for each other. */
  label: string;
  sizeBytes: number;
  /** Hexadecimal. */
  sha256: string;
}

const STAMP_EVERY_BYTES = 1024;

/** The label over and over, and at the start of each kilobyte also where in the content it stands. */
export function bytesOf({ label, sizeBytes }: Pick<Content, 'label' | 'sizeBytes'>): Buffer {
  const bytes = Buffer.alloc(sizeBytes, `${label} `);
  for (let at = 0; at < sizeBytes; at += STAMP_EVERY_BYTES) bytes.write(`${label}@${at} `, at);
  return bytes;
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function makeContent(label: string, sizeBytes: number): Content {
  return { label, sizeBytes, sha256: sha256Of(bytesOf({ label, sizeBytes })) };
}

/** What bytes are that should have been others: how many, and where which label begins. */
export function describeBytes(bytes: Buffer): string {
  const places: string[] = [];
  let last = '';
  for (let at = 0; at < bytes.length; at += STAMP_EVERY_BYTES) {
    const stamp = bytes.toString('latin1', at, at + 40).split(' ')[0] ?? '';
    const [label = ''] = stamp.split('@');
    if (label !== last || stamp !== `${label}@${at}`) places.push(`${at}: ${stamp}`);
    last = label;
  }
  return `${bytes.length} bytes (${places.slice(0, 6).join(', ')})`;
}
