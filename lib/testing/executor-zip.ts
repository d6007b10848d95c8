import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

/** Paths to texts. */
export type Files = Record<string, string | Buffer>;

/** An Executor that is good enough for every client. */
export const PLAIN_EXECUTOR: Files = {
  'config.yml': 'jtype: MyExecutor\npy_modules:\n  - executor.py\nmetas:\n  name: MyExecutor\n',
  'executor.py':
    'from jina import Executor, requests\n\n\nclass MyExecutor(Executor):\n    @requests\n    def foo(self, docs, **kwargs):\n        return docs\n',
};

/** The zip of a folder, as a client packs it. */
export async function zipOf(files: Files): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), path);
  zip.end();
  return buffer(zip.outputStream);
}
