import protobuf from 'protobufjs/light.js';

interface FieldPlace {
  id: number;
  type: string;
  rule?: 'repeated';
}

/**
 * What we show of docarray's messages. A message within another is left as bytes, which cost nothing until they are looked
 * at, however deep they nest; so are the entries of a map, whose keys would else name properties of an object.
 */
const PLACES: Record<keyof Messages, Record<string, FieldPlace>> = {
  /** docarray 1. */
  DocumentProto: {
    id: { id: 1, type: 'string' },
    blob: { id: 2, type: 'bytes' },
    tensor: { id: 3, type: 'bytes' },
    text: { id: 4, type: 'string' },
    granularity: { id: 5, type: 'uint32' },
    adjacency: { id: 6, type: 'uint32' },
    parent_id: { id: 7, type: 'string' },
    weight: { id: 8, type: 'float' },
    uri: { id: 9, type: 'string' },
    modality: { id: 10, type: 'string' },
    mime_type: { id: 11, type: 'string' },
    offset: { id: 12, type: 'float' },
    location: { id: 13, type: 'float', rule: 'repeated' },
    chunks: { id: 14, type: 'bytes', rule: 'repeated' },
    matches: { id: 15, type: 'bytes', rule: 'repeated' },
    embedding: { id: 16, type: 'bytes' },
    tags: { id: 17, type: 'bytes' },
    scores: { id: 18, type: 'bytes', rule: 'repeated' },
    evaluations: { id: 19, type: 'bytes', rule: 'repeated' },
  },
  NamedScoreProto: { value: { id: 1, type: 'float' } },
  /** Of google.protobuf, where docarray 1 keeps tags. */
  Value: {
    nothing: { id: 1, type: 'int32' },
    number: { id: 2, type: 'double' },
    text: { id: 3, type: 'string' },
    boolean: { id: 4, type: 'bool' },
    object: { id: 5, type: 'bytes' },
    list: { id: 6, type: 'bytes' },
  },
  /** docarray 2. */
  NodeProto: {
    text: { id: 1, type: 'string' },
    integer: { id: 2, type: 'int32' },
    float: { id: 3, type: 'double' },
    boolean: { id: 4, type: 'bool' },
    blob: { id: 5, type: 'bytes' },
    ndarray: { id: 6, type: 'bytes' },
    doc: { id: 7, type: 'bytes' },
    doc_array: { id: 8, type: 'bytes' },
    list: { id: 9, type: 'bytes' },
    set: { id: 10, type: 'bytes' },
    tuple: { id: 11, type: 'bytes' },
    dict: { id: 12, type: 'bytes' },
  },
  /** Both generations' tensors; the bytes of their numbers are skipped. */
  NdArrayProto: { dense: { id: 1, type: 'bytes' }, sparse: { id: 2, type: 'bytes' } },
  DenseNdArrayProto: { shape: { id: 2, type: 'uint32', rule: 'repeated' }, dtype: { id: 3, type: 'string' } },
  SparseNdArrayProto: {
    values: { id: 2, type: 'bytes' },
    shape: { id: 3, type: 'uint32', rule: 'repeated' },
  },
  /** What has one repeated field: a Struct, a ListValue, a DocProto, lists of documents and of anything. */
  Items: { items: { id: 1, type: 'bytes', rule: 'repeated' } },
  /** Of a map. */
  Entry: { key: { id: 1, type: 'string' }, value: { id: 2, type: 'bytes' } },
};

type Bytes = Uint8Array;

/** What each message holds; a field that was not sent is absent. */
interface Messages {
  DocumentProto: Partial<
    Record<'id' | 'parent_id' | 'text' | 'uri' | 'mime_type' | 'modality', string> &
      Record<'weight' | 'offset' | 'granularity' | 'adjacency', number> &
      Record<'blob' | 'tensor' | 'embedding' | 'tags', Bytes> &
      Record<'chunks' | 'matches' | 'scores' | 'evaluations', Bytes[]> & { location: number[] }
  >;
  NamedScoreProto: { value?: number };
  Value: Partial<{
    nothing: number;
    number: number;
    text: string;
    boolean: boolean;
    object: Bytes;
    list: Bytes;
  }>;
  NodeProto: Partial<
    { text: string; integer: number; float: number; boolean: boolean } & Record<
      'blob' | 'ndarray' | 'doc' | 'doc_array' | 'list' | 'set' | 'tuple' | 'dict',
      Bytes
    >
  >;
  NdArrayProto: { dense?: Bytes; sparse?: Bytes };
  DenseNdArrayProto: { shape?: number[]; dtype?: string };
  SparseNdArrayProto: { values?: Bytes; shape?: number[] };
  Items: { items?: Bytes[] };
  Entry: { key?: string; value?: Bytes };
}

function makeTypes(): protobuf.Root {
  // By the rules of proto2, which are its own: a zero that was sent is told from none, and text that is not UTF-8 is read
  // as well as it can be.
  const root = new protobuf.Root();
  for (const [message, fields] of Object.entries(PLACES)) {
    const type = new protobuf.Type(message);
    for (const [name, { id, type: kind, rule }] of Object.entries(fields))
      type.add(new protobuf.Field(name, id, kind, rule));
    root.add(type);
  }
  root.resolveAll();
  return root;
}

const types = makeTypes();

/** The tag of a field that is number 1 and has a length, such as the key of a map's entry. */
const FIRST_TAG = 0x0a;

/** Whether the bytes begin with an entry of a map. @throws when they end before. */
export function beginsWithEntry(bytes: Uint8Array): boolean {
  const reader = protobuf.Reader.create(bytes);
  if (reader.uint32() !== FIRST_TAG) return false;
  reader.uint32();
  return reader.uint32() === FIRST_TAG;
}

/** @throws when the bytes are no such message. */
export function decode<Name extends keyof Messages>(name: Name, bytes: Uint8Array): Messages[Name] {
  // The fields that were sent are the message's own properties; the others are its prototype's defaults.
  return { ...types.lookupType(name).decode(bytes) } as Messages[Name];
}
