import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** Another program's reading of the archive: every checksum is looked at, and each file's bytes are given in base64. */
const SCRIPT = `
import base64, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    names = archive.namelist()
    assert len(names) == len(set(names))
    print(json.dumps({name: base64.b64encode(archive.read(name)).decode() for name in names}))
`;

/** The files of a ZIP, as Python's own library reads it. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const { folder, remove } = makeTemporaryFolder();
  try {
    const file = path.join(folder, 'archive.zip');
    await writeFile(file, bytes);
    const { stdout } = await promisify(execFile)('python3', ['-c', SCRIPT, file], { maxBuffer: 1e8 });
    const files = Object.entries(JSON.parse(stdout) as Record<string, string>);
    return new Map(files.map(([name, text]) => [name, Buffer.from(text, 'base64')]));
  } finally {
    remove();
  }
}
