import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { PythonModule } from '#lib/normaliser/python/module.ts';
import { readModule } from '#lib/normaliser/python/read-module.ts';
import { firstErrorLine } from '#lib/normaliser/python/syntax.ts';

const require = createRequire(import.meta.url);

/** Ordinary files of a mebibyte need 34 MB, one list of half a million numbers 210 MB. */
const MEMORY_PAGES = 4_096;
const FIRST_PAGES = 512;

/** What became of a file: its module, the line of its first error, or nothing because it took too much. */
export type Reading = { module: PythonModule } | { errorLine: number } | 'too-much';

/**
 * Loads the grammar and gives a function that reads one file. It is for a thread of its own: what is no
 * Python can make the parser take all of its memory within one step, and then nothing of it can be used again
 * (decision 026).
 *
 * @throws WebAssembly.RuntimeError from the function it gives, after which the thread must end.
 */
export async function loadGrammar(): Promise<(text: string) => Reading> {
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MEMORY_PAGES });
  await Parser.init({ wasmMemory, printErr: () => {} });
  const file = require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm');
  const language = await Language.load(readFileSync(file));
  return (text) => {
    const parser = new Parser();
    parser.setLanguage(language);
    const tree = parser.parse(text);
    try {
      // Only a parser without a language, or one that was told to stop, gives none.
      if (!tree) return 'too-much';
      const errorLine = firstErrorLine(tree.rootNode);
      return errorLine === null ? { module: readModule(tree.rootNode) } : { errorLine };
    } finally {
      tree?.delete();
      parser.delete();
    }
  };
}
