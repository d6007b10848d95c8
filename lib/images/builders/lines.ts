import type { Readable } from 'node:stream';

/** What a line of a log may have at most; the rest of a longer one is dropped. */
const MAX_LINE_LENGTH = 8192;

/**
 * Hands on what a stream says, line by line, and keeps nothing but the line that is not over yet. An empty line is none. Of a line
 * that is drawn over again and again (`\r`), as progress bars are, each drawing is one.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let held = '';
  const give = () => {
    if (held.trim()) onLine(held.trimEnd());
    held = '';
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const [first = '', ...others] = text.split(/[\r\n]+/);
    held += first.slice(0, MAX_LINE_LENGTH - held.length);
    for (const other of others) {
      give();
      held = other.slice(0, MAX_LINE_LENGTH);
    }
  });
  stream.on('end', give);
  stream.on('error', give);
}
