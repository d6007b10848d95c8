import { decode } from '#lib/documents/messages.ts';
import {
  entriesOf,
  type Seen,
  type SeenFields,
  seenCount,
  seenFloat32,
  seenTensor,
  seenText,
} from '#lib/documents/seen.ts';

const TEXTS = ['id', 'parent_id', 'text', 'uri', 'mime_type', 'modality'] as const;
const TENSORS = ['tensor', 'embedding'] as const;
const FLOATS = ['weight', 'offset'] as const;
const INTEGERS = ['granularity', 'adjacency'] as const;
const DOCUMENTS = ['chunks', 'matches'] as const;
const SCORES = ['scores', 'evaluations'] as const;

function seenValue(bytes: Uint8Array): Seen {
  const { number, text, boolean, object, list } = decode('Value', bytes);
  if (text !== undefined) return seenText(text);
  if (number !== undefined) return { type: 'float', text: String(number) };
  if (boolean !== undefined) return { type: 'bool', text: boolean ? 'True' : 'False' };
  if (list !== undefined) return seenCount('list', list);
  if (object !== undefined) return { type: 'object' };
  return { type: 'None' };
}

/**
 * The fields of a document of docarray 1; tags and scores count one by one.
 * @throws when the bytes are no such document.
 */
export function seenByDocarray1(bytes: Uint8Array): SeenFields {
  const document = decode('DocumentProto', bytes);
  const seen: SeenFields = new Map();
  const add = <Name extends keyof typeof document>(
    names: readonly Name[],
    see: (value: NonNullable<(typeof document)[Name]>) => Seen,
  ) => {
    for (const name of names) {
      const value = document[name];
      const isEmptyList = Array.isArray(value) && value.length === 0;
      if (value !== undefined && !isEmptyList) seen.set(name, see(value));
    }
  };
  add(TEXTS, seenText);
  add(['blob'], ({ length }) => ({ type: 'bytes', sizeBytes: length }));
  add(TENSORS, seenTensor);
  add(FLOATS, seenFloat32);
  add(INTEGERS, (value) => ({ type: 'int', text: String(value) }));
  add(['location'], ({ length }) => ({ type: 'list', count: length }));
  add(DOCUMENTS, ({ length }) => ({ type: 'documents', count: length }));
  for (const name of SCORES)
    for (const [key, value] of entriesOf(document[name] ?? []))
      seen.set(`${name}.${key}`, seenFloat32(decode('NamedScoreProto', value).value ?? 0));
  const tags = document.tags && decode('Items', document.tags).items;
  for (const [key, value] of entriesOf(tags ?? [])) seen.set(`tags.${key}`, seenValue(value));
  return seen;
}
