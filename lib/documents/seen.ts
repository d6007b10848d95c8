import { dtypeName } from '#lib/documents/dtype.ts';
import { decode } from '#lib/documents/messages.ts';
import { oneLine } from '#lib/documents/one-line.ts';

/** Characters of a text that are shown of it. */
const MAX_EXAMPLE_LENGTH = 80;
/** Fields, tags or scores of one document that are looked at. */
const MAX_ENTRIES = 1_000;
/** Dimensions of a tensor that are shown. */
const MAX_DIMENSIONS = 8;
const MAX_DTYPE_LENGTH = 30;

/** What one document says of one of its fields. */
export interface Seen {
  type: string;
  /** Of a tensor, such as `3, 512`. */
  shape?: string;
  /** Of bytes. */
  sizeBytes?: number;
  /** Of documents and other lists. */
  count?: number;
  /** The value in words, where it has some. */
  text?: string;
}

/** What a document says of each of its fields. */
export type SeenFields = Map<string, Seen>;

/** A text, cut to what is shown of it. */
export function seenText(text: string): Seen {
  return { type: 'str', text: oneLine(text, MAX_EXAMPLE_LENGTH) };
}

/** A number that was stored in 32 bits has seven digits that mean something. */
export function seenFloat32(value: number): Seen {
  return { type: 'float', text: String(Number(value.toPrecision(7))) };
}

/** How many items a list, a dict or an array of documents has. @throws when the bytes are none. */
export function seenCount(type: string, bytes: Uint8Array): Seen {
  return { type, count: decode('Items', bytes).items?.length ?? 0 };
}

/** A tensor of either generation by its dtype and shape; its numbers are not read. */
export function seenTensor(bytes: Uint8Array): Seen {
  const { dense, sparse } = decode('NdArrayProto', bytes);
  const outer = dense ? {} : decode('SparseNdArrayProto', sparse ?? new Uint8Array());
  const inner = decode('DenseNdArrayProto', dense ?? outer.values ?? new Uint8Array());
  const shape = (dense ? inner.shape : outer.shape) ?? [];
  const type = oneLine(dtypeName(inner.dtype ?? ''), MAX_DTYPE_LENGTH) || 'tensor';
  const more = shape.length > MAX_DIMENSIONS ? ', …' : '';
  return { type, shape: shape.slice(0, MAX_DIMENSIONS).join(', ') + more };
}

/** The entries of a map; one whose key stands twice counts by its last, as protobuf says. */
export function entriesOf(entries: Uint8Array[]): Map<string, Uint8Array> {
  const pairs = entries.slice(0, MAX_ENTRIES).map((one) => decode('Entry', one));
  return new Map(pairs.map(({ key = '', value = new Uint8Array() }) => [key, value]));
}
