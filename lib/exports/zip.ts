import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import yazl from 'yazl';

/** A file of an archive. */
export interface ExportFile {
  /** With slashes between folders; nothing that a file system would not take. */
  name: string;
  modifiedAt: Date;
  /** A stream of which nothing was read yet. */
  content: string | Readable;
}

/** Puts one file into the archive; returns when all of it is through. */
async function add(zip: yazl.ZipFile, file: ExportFile, output: Readable): Promise<void> {
  const { name, modifiedAt, content } = file;
  // Text goes as a stream too: only so it waits for a reader who is slow.
  const source = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content;
  const stop = () => source.destroy();
  output.once('close', stop);
  try {
    if (output.destroyed) return;
    // What people push is compressed already, as a rule.
    zip.addReadStream(source, name, { mtime: modifiedAt, compress: false });
    await finished(source);
  } finally {
    output.off('close', stop);
    source.destroy();
  }
}

async function fill(zip: yazl.ZipFile, files: AsyncIterable<ExportFile>, output: Readable): Promise<void> {
  for await (const file of files) {
    await add(zip, file, output);
    if (output.destroyed) return;
  }
  zip.end();
}

/**
 * An archive of files, made while it is read: one file is open at a time, and nothing of its bytes is kept. Whoever does
 * not read to the end must destroy the stream; the file that is open is then closed, and `files` is told to stop.
 */
export function zipOf(files: AsyncIterable<ExportFile>): Readable {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: Error) => void output.destroy(error);
  zip.on('error', fail);
  fill(zip, files, output).catch(fail);
  return output;
}
