import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Normalised, NormaliserInput } from '#lib/normaliser/types.ts';
import { ROOT } from '#lib/root.ts';

const CORPUS = path.join(ROOT, 'lib/normaliser/corpus');

/**
 * Executors for the normaliser, in `lib/normaliser/corpus`: files behind `--- path (as what)`, before them what the push
 * said.
 */
export interface ExecutorPackage {
  name: string;
  files: ReadonlyMap<string, Uint8Array>;
  push: Pick<NormaliserInput, 'dockerfile' | 'baseImage'> & { client: NormaliserInput['client'] };
}

/** Texts as editors and accidents leave them. */
const ENCODINGS: Record<string, (text: string) => Buffer> = {
  crlf: (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
  bom: (text) => Buffer.from(`\ufeff${text}`),
  'latin-1': (text) => Buffer.from(text, 'latin1'),
  'utf-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  nul: (text) => Buffer.from(`${text}\0`),
};

function readPackage(name: string): ExecutorPackage {
  const text = readFileSync(path.join(CORPUS, `${name}.txt`), 'utf8');
  const [head = '', ...parts] = `\n${text}`.split(/\n--- /);
  const option = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(head)?.[1];
  const files = parts.map((part, at): [string, Uint8Array] => {
    const [, file = '', as = ''] = /^(.*?)(?: \((.*)\))?\n/.exec(part) ?? [];
    // The line break before the next separator ends the last line.
    const content = part.slice(part.indexOf('\n') + 1) + (at < parts.length - 1 ? '\n' : '');
    return [file, ENCODINGS[as]?.(content) ?? Buffer.from(content)];
  });
  return {
    name,
    files: new Map(files),
    push: {
      client: JSON.parse(option('client') ?? '{}') as NormaliserInput['client'],
      dockerfile: option('dockerfile'),
      baseImage: option('baseImage'),
    },
  };
}

/** All packages of the corpus. */
export function executorPackages(): ExecutorPackage[] {
  const names = readdirSync(CORPUS).filter((file) => file.endsWith('.txt'));
  return names.sort().map((file) => readPackage(file.slice(0, -'.txt'.length)));
}

/** What the normaliser is asked for a package. */
export function inputOf({ files, push }: Pick<ExecutorPackage, 'files' | 'push'>): NormaliserInput {
  const sizes = [...files].map(([file, bytes]) => [file, bytes.length] as const);
  return { files: new Map(sizes), read: (file) => files.get(file), ...push };
}

/** The files of a package after its normalisation. */
export function filesAfter(
  files: ExecutorPackage['files'],
  { changes }: Normalised,
): ExecutorPackage['files'] {
  const written = [...changes].map(([file, text]) => [file, Buffer.from(text)] as const);
  return new Map([...files, ...written]);
}

/** Where the expected outcome of a package is kept. */
export function expectedFile(name: string): string {
  return path.join(CORPUS, 'expected', `${name}.yml`);
}
