import { decodePython, decodeText } from '#lib/normaliser/decode.ts';
import type { PythonModule } from '#lib/normaliser/python/module.ts';
import type { PythonReader } from '#lib/normaliser/python/reader.ts';
import { withoutLongComments } from '#lib/normaliser/python/without-long-comments.ts';
import { NormaliserError, type NormaliserInput } from '#lib/normaliser/types.ts';
import { shown } from '#lib/packages/package-error.ts';

const TEXT_BYTES = 1_048_576;
const PYTHON_FILES = 2_000;
const PYTHON_BYTES = 4 * TEXT_BYTES;

/** The files of a package, read at most once each and within the limits. */
export class PackageFiles {
  readonly #input: NormaliserInput;
  readonly #reader: PythonReader;
  readonly #modules = new Map<string, PythonModule>();
  #pythonBytes = 0;

  constructor(input: NormaliserInput, reader: PythonReader) {
    this.#input = input;
    this.#reader = reader;
  }

  has(path: string): boolean {
    return this.#input.files.has(path);
  }

  /** The paths that match, sorted, so that a package always gives the same answer. */
  matching(pattern: RegExp): string[] {
    return [...this.#input.files.keys()].filter((path) => pattern.test(path)).sort();
  }

  /**
   * The text of a file, or null where there is none. @throws NormaliserError when it is too large or not
   * text.
   */
  text(path: string): string | null {
    return this.has(path) ? decodeText(path, this.#bytes(path)) : null;
  }

  /** What is in a Python file. @throws NormaliserError when it is not there, too large, or not Python. */
  async module(path: string): Promise<PythonModule> {
    const known = this.#modules.get(path);
    if (known) return known;
    if (!this.has(path)) {
      throw new NormaliserError(
        5000,
        `The package has no file ${shown(path)}; add it, or correct py_modules.`,
        {
          file: shown(path),
        },
      );
    }
    const bytes = this.#bytes(path);
    this.#charge(bytes.length);
    const module = await this.#parsed(path, decodePython(path, bytes));
    this.#modules.set(path, module);
    return module;
  }

  #bytes(path: string): Uint8Array {
    const size = this.#input.files.get(path) ?? 0;
    const bytes = size <= TEXT_BYTES ? this.#input.read(path) : undefined;
    if (bytes && bytes.length <= TEXT_BYTES) return bytes;
    const sentence = `${path} has ${size.toLocaleString('en')} bytes, and text files may have 1 MiB; shorten or split it.`;
    throw new NormaliserError(5000, sentence, { file: path });
  }

  #charge(bytes: number): void {
    this.#pythonBytes += bytes;
    if (this.#modules.size < PYTHON_FILES && this.#pythonBytes <= PYTHON_BYTES) return;
    throw new NormaliserError(
      5000,
      'The Executor has more than 2,000 Python files, or 4 MiB of Python; name fewer in py_modules of config.yml.',
    );
  }

  async #parsed(path: string, text: string): Promise<PythonModule> {
    const reading = await this.#reader.read(withoutLongComments(text));
    if (reading === 'too-much') {
      throw new NormaliserError(5000, `${path} takes too long to read; make it simpler or split it.`, {
        file: path,
      });
    }
    const line = 'module' in reading ? reading.module.python2[0] : reading.errorLine;
    if ('module' in reading && line === undefined) return reading.module;
    const what = 'module' in reading ? 'is Python 2' : 'is not valid Python';
    throw new NormaliserError(5000, `${path}, line ${line}, ${what}; correct it and push again.`, {
      file: path,
      line,
    });
  }
}
