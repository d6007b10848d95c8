import { seenByDocarray1 } from '#lib/documents/docarray1.ts';
import { seenByDocarray2 } from '#lib/documents/docarray2.ts';
import { beginsWithEntry } from '#lib/documents/messages.ts';
import { oneLine } from '#lib/documents/one-line.ts';
import type { Seen, SeenFields } from '#lib/documents/seen.ts';
import { storedDocuments } from '#lib/documents/stored-documents.ts';

/** Fields that are told apart. */
const MAX_FIELDS = 50;
/** Characters of a field's name. */
const MAX_NAME_LENGTH = 100;
/** Types of one field that are named. */
const MAX_TYPES = 3;

/** How a field's values look: a text, how many bytes, how many items each, or nothing to show. */
export type Example = { text: string } | { sizeBytes: number } | { least: number; most: number } | null;

/** A field of the documents that were looked at. */
export interface Field {
  name: string;
  /** As Python says it, such as `str` or `float32 [512]`. */
  type: string;
  inDocuments: number;
  example: Example;
}

/** What the first documents of a DocumentArray hold. */
export interface Fields {
  /** The number of documents that were looked at, from the beginning. */
  looked: number;
  fields: Field[];
  /** There are more fields than these. */
  isCut: boolean;
}

/** Where docarray's own fields stand; what is not named here is between them, by the alphabet. */
const FIRST = [
  'id',
  'parent_id',
  'text',
  'uri',
  'url',
  'mime_type',
  'modality',
  'blob',
  'tensor',
  'embedding',
  'weight',
];
const LAST = ['document', 'documents'];

function seenIn(bytes: Buffer, version: number | undefined): SeenFields {
  // docarray 0.30 gave its documents the version of docarray 1. Where they begin with the entry of a map, there docarray 1
  // has the id, and the id would begin with a line feed.
  const isOf2 = version === 2 || beginsWithEntry(bytes);
  const seen = isOf2 ? seenByDocarray2(bytes) : seenByDocarray1(bytes);
  // Names that look the same here are one.
  return new Map(Array.from(seen, ([name, one]) => [oneLine(name, MAX_NAME_LENGTH), one]));
}

function typeOf(all: Seen[]): string {
  const types = [...new Set(all.map(({ type }) => type))];
  const named = types.slice(0, MAX_TYPES).join(' or ') + (types.length > MAX_TYPES ? ' or …' : '');
  const shapes = new Set(all.flatMap(({ shape }) => (shape === undefined ? [] : [shape])));
  if (shapes.size === 0) return named;
  return `${named} [${shapes.size === 1 ? [...shapes][0] : '…'}]`;
}

function exampleOf(all: Seen[], looked: number): Example {
  const counts = all.flatMap(({ count }) => (count === undefined ? [] : [count]));
  if (counts.length > 0) {
    // Nobody sends an empty list of documents, but people see it as one.
    const isMissing = all.length < looked && all[0]?.type === 'documents';
    return { least: isMissing ? 0 : Math.min(...counts), most: Math.max(...counts) };
  }
  const first = all.find(({ text, sizeBytes }) => text || sizeBytes !== undefined);
  if (first?.text) return { text: first.text };
  return first?.sizeBytes === undefined ? null : { sizeBytes: first.sizeBytes };
}

function rankOf({ name, type }: Field): number {
  const first = FIRST.indexOf(name);
  if (first >= 0) return first;
  return FIRST.length + (LAST.includes(type) ? 1 : 0);
}

/**
 * The fields of the first documents, by the beginning of what is stored. A client may have stored anything: what cannot be
 * read ends the reading, and null says that nothing could be read.
 */
export async function fieldsOf(beginning: Buffer): Promise<Fields | null> {
  const version = beginning[0];
  if (version !== 1 && version !== 2) return null;
  const found = new Map<string, Seen[]>();
  let looked = 0;
  let isCut = false;
  try {
    for await (const bytes of storedDocuments(beginning)) {
      for (const [name, seen] of seenIn(bytes, version)) {
        const known = found.get(name);
        if (known) known.push(seen);
        else if (found.size < MAX_FIELDS) found.set(name, [seen]);
        else isCut = true;
      }
      looked += 1;
    }
  } catch {
    // The documents before it were whole.
  }
  if (looked === 0 || found.size === 0) return null;
  const fields = Array.from(found, ([name, all]) => ({
    name,
    type: typeOf(all),
    inDocuments: all.length,
    example: exampleOf(all, looked),
  }));
  fields.sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));
  return { looked, fields, isCut };
}
