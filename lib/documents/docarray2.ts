import { decode } from '#lib/documents/messages.ts';
import {
  entriesOf,
  type Seen,
  type SeenFields,
  seenCount,
  seenTensor,
  seenText,
} from '#lib/documents/seen.ts';

/** Lists and what is like one, by the names that people know. */
const COUNTED = { doc_array: 'documents', list: 'list', set: 'set', tuple: 'tuple', dict: 'dict' } as const;

function seenNode(bytes: Uint8Array): Seen | null {
  const node = decode('NodeProto', bytes);
  if (node.text !== undefined) return seenText(node.text);
  if (node.integer !== undefined) return { type: 'int', text: String(node.integer) };
  if (node.float !== undefined) return { type: 'float', text: String(node.float) };
  if (node.boolean !== undefined) return { type: 'bool', text: node.boolean ? 'True' : 'False' };
  if (node.blob !== undefined) return { type: 'bytes', sizeBytes: node.blob.length };
  if (node.ndarray !== undefined) return seenTensor(node.ndarray);
  if (node.doc !== undefined) return { type: 'document' };
  for (const [name, type] of Object.entries(COUNTED)) {
    const list = node[name as keyof typeof COUNTED];
    if (list !== undefined) return seenCount(type, list);
  }
  // None is sent as a node without anything.
  return null;
}

/**
 * The fields of a document of docarray 2.
 * @throws when the bytes are no such document.
 */
export function seenByDocarray2(bytes: Uint8Array): SeenFields {
  const seen: SeenFields = new Map();
  for (const [name, value] of entriesOf(decode('Items', bytes).items ?? [])) {
    const node = seenNode(value);
    if (node) seen.set(name, node);
  }
  return seen;
}
