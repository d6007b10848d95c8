import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  LineCounter,
  parseDocument,
} from 'yaml';
import { NormaliserError } from '#lib/normaliser/types.ts';

/** Some of what is no YAML takes the library the square of its length: 3 s for 80 KB, half a second for this. */
const YAML_CHARACTERS = 32_768;
const LEVELS = 64;
/** An alias that repeats one which repeats another makes gigabytes of a few lines. */
const ALIASES = 100;

export interface YamlFile {
  path: string;
  document: Document.Parsed;
  /** What it says, with aliases resolved; what has a tag that is not of YAML itself is plain data. */
  value: Record<string, unknown>;
  /** The tag of the whole, such as `!MyExecutor`. */
  tag: string | null;
  /** The line of a key, counted from 1. */
  lineOf(...keys: string[]): number;
}

/** The deepest level of a document, or one more than is allowed. Walks without calling itself. */
function levels(document: Document.Parsed): number {
  let deepest = 0;
  const waiting: { node: unknown; level: number }[] = [{ node: document.contents, level: 1 }];
  for (let one = waiting.pop(); one && deepest <= LEVELS; one = waiting.pop()) {
    const { node, level } = one;
    deepest = Math.max(deepest, level);
    if (isPair(node)) waiting.push({ node: node.key, level }, { node: node.value, level });
    else if (isCollection(node))
      for (const item of node.items) waiting.push({ node: item, level: level + 1 });
  }
  return deepest;
}

function plainValue(path: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: ALIASES });
  } catch (cause) {
    // An alias without its anchor, or too many of them: the library throws other kinds for them.
    const sentence = `${path} has aliases that cannot be resolved, or too many; write out what they stand for.`;
    throw new NormaliserError(5000, sentence, { file: path, cause });
  }
}

function keyPosition(document: Document.Parsed, keys: string[]): number {
  let node: unknown = document.contents;
  let position = 0;
  for (const key of keys) {
    const map = isAlias(node) ? node.resolve(document) : node;
    if (!isMap(map)) break;
    const pair = map.items.find((one) => isNode(one.key) && one.key.toJSON() === key);
    if (isNode(pair?.key)) position = pair.key.range?.[0] ?? position;
    node = pair?.value;
  }
  return position;
}

/**
 * The document, or null when it is nested so deeply that the library, which calls itself for each level, has no stack
 * left.
 */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      lineCounter,
      uniqueKeys: true,
      merge: true,
      logLevel: 'error',
      // Making errors readable takes the square of their number; only the first is told.
      prettyErrors: false,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Reads a YAML file that must be a map. Nothing in it is run or made. @throws NormaliserError with the line.
 */
export function readYaml(path: string, text: string): YamlFile {
  const refuse = (what: string, position: number | undefined, lines: LineCounter): never => {
    const line = position === undefined ? undefined : lines.linePos(position).line || 1;
    const place = line === undefined ? path : `${path}, line ${line},`;
    throw new NormaliserError(5000, `${place} ${what}.`, { file: path, line });
  };
  const lines = new LineCounter();
  if (text.length > YAML_CHARACTERS) refuse('has more than 32,768 characters; shorten it', undefined, lines);
  const document = parsed(text, lines) ?? refuse('is nested too deeply; make it simpler', undefined, lines);
  const [error] = document.errors;
  if (error) {
    const what =
      error.code === 'DUPLICATE_KEY' ? 'has a key twice; keep one' : 'is not valid YAML; correct it';
    refuse(what, error.pos[0], lines);
  }
  if (levels(document) > LEVELS) refuse('is nested too deeply; make it simpler', undefined, lines);
  const value = plainValue(path, document) ?? {};
  if (document.contents !== null && !isMap(document.contents))
    refuse('must be a map of keys and values', 0, lines);
  const tag = document.contents?.tag;
  return {
    path,
    document,
    value: value as Record<string, unknown>,
    tag: tag?.startsWith('!') ? tag : null,
    lineOf: (...keys) => lines.linePos(keyPosition(document, keys)).line || 1,
  };
}
