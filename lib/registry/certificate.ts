import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';

// Node reads certificates and makes none. A self-signed one is a few nested pieces of DER (X.690, RFC 5280).
const [INTEGER, BIT_STRING, OBJECT_ID, UTF8, GENERALIZED_TIME, SEQUENCE, SET, VERSION] = [
  0x02, 0x03, 0x06, 0x0c, 0x18, 0x30, 0x31, 0xa0,
];
const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');
/** RFC 5280, 4.1.2.5: there is no date after which it is not to be used. */
const NO_END = '99991231235959Z';
const SERIAL_BYTES = 16;

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  return bytes < 0x100 ? Buffer.from([0x81, bytes]) : Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}

function piece(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

/** `20261231235959Z` */
function generalizedTime(date: Date): string {
  return `${date.toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')}Z`;
}

/** Positive, and never with a zero in front. */
function serialNumber(): Buffer {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes;
}

/**
 * A certificate for a key of the curve P-256 by that key itself, without an end: which key counts is decided by who is
 * given the certificate.
 * @param name its common name, up to 64 characters.
 * @returns DER.
 */
export function selfSignedCertificate(privateKey: KeyObject, name: string, from: Date): Buffer {
  const algorithm = piece(SEQUENCE, piece(OBJECT_ID, ECDSA_WITH_SHA256));
  const commonName = piece(SEQUENCE, piece(OBJECT_ID, COMMON_NAME), piece(UTF8, Buffer.from(name)));
  const subject = piece(SEQUENCE, piece(SET, commonName));
  const times = [generalizedTime(from), NO_END].map((time) => piece(GENERALIZED_TIME, Buffer.from(time)));
  const certificate = piece(
    SEQUENCE,
    piece(VERSION, piece(INTEGER, Buffer.from([2]))),
    piece(INTEGER, serialNumber()),
    algorithm,
    subject,
    piece(SEQUENCE, ...times),
    subject,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', certificate, privateKey);
  return piece(SEQUENCE, certificate, algorithm, piece(BIT_STRING, Buffer.from([0]), signature));
}
