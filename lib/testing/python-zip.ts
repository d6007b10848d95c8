import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

/** A line for each zip: the SHA-256 of each file, folders left out, or null when any of it cannot be read. */
const SCRIPT = `
import base64, hashlib, io, json, sys, zipfile
for line in sys.stdin:
    try:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(line))) as archive:
            files = [[i.filename, hashlib.sha256(archive.read(i)).hexdigest()] for i in archive.infolist() if not i.is_dir()]
    except Exception:
        files = None
    print(json.dumps(files), flush=True)
`;

/** Whether this machine has Python. */
export function hasPython(): boolean {
  return spawnSync('python3', ['-c', 'import zipfile']).status === 0;
}

/** Python's own zip library, which reads one zip after the other. */
export class PythonZip {
  readonly #python: ChildProcessWithoutNullStreams = spawn('python3', ['-c', SCRIPT]);
  readonly #lines: Interface = createInterface(this.#python.stdout);

  /** The SHA-256 of each file by its path, in the order of the zip; null when Python cannot read all of it. */
  async read(zip: Buffer): Promise<[path: string, sha256: string][] | null> {
    const answer = once(this.#lines, 'line');
    this.#python.stdin.write(`${zip.toString('base64')}\n`);
    const [line] = await answer;
    return JSON.parse(String(line));
  }

  async stop(): Promise<void> {
    const ended = once(this.#python, 'close');
    this.#python.stdin.end();
    await ended;
  }
}
