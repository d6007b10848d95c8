import { gzipSync } from 'node:zlib';
import protobuf from 'protobufjs/light.js';

/** A DocumentArray with these documents, which need not be any, as docarray stores it; `stated` is the header's count. */
export function documentArray(documents: Uint8Array[], version = 1, stated = documents.length): Buffer {
  const header = Buffer.alloc(9, version);
  header.writeBigUInt64BE(BigInt(stated), 1);
  const parts = documents.map((document) => {
    const packed = gzipSync(document);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(packed.length);
    return Buffer.concat([length, packed]);
  });
  return Buffer.concat([header, ...parts]);
}

/** A message of fields that have a length, by their numbers; a text or bytes each. */
export function message(...fields: [number, string | Uint8Array][]): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const [id, value] of fields) writer.uint32((id << 3) | 2).bytes(Buffer.from(value as string));
  return writer.finish();
}
