import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Documents that are looked at, from the beginning. */
const MAX_DOCUMENTS = 20;
/** Of one document and of all, unpacked. */
const MAX_DOCUMENT_BYTES = 1024 * 1024;
const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;
/** The version in one byte, the count in eight. */
const HEADER_BYTES = 9;
const LENGTH_BYTES = 4;

const unpack = promisify(gunzip);

/**
 * The first documents of a DocumentArray, unpacked: all that are whole in its `beginning`, within the limits above. After
 * the header each has its length in four big-endian bytes and is compressed by itself (contract 5.3).
 * @throws when one of them is not compressed by gzip, or is larger than that.
 */
export async function* storedDocuments(beginning: Buffer): AsyncGenerator<Buffer> {
  if (beginning.length < HEADER_BYTES) return;
  const stated = beginning.readBigUInt64BE(1);
  let at = HEADER_BYTES;
  let leftBytes = MAX_UNPACKED_BYTES;
  for (let index = 0; index < MAX_DOCUMENTS && BigInt(index) < stated; index += 1) {
    if (at + LENGTH_BYTES > beginning.length) return;
    const start = at + LENGTH_BYTES;
    at = start + beginning.readUInt32BE(at);
    if (at > beginning.length || leftBytes === 0) return;
    const maxOutputLength = Math.min(MAX_DOCUMENT_BYTES, leftBytes);
    const document = await unpack(beginning.subarray(start, at), { maxOutputLength });
    leftBytes -= document.length;
    yield document;
  }
}
