import type { Readable } from 'node:stream';

/** A longer line is told in pieces of this length. */
export const MAX_LINE_LENGTH = 8192;

/**
 * Hands on what a stream says, line by line, and keeps nothing but the line that is not over yet. An empty line is none. Of a line
 * that is drawn over again and again (`\r`), as progress bars are, each drawing is one.
 */
export function readLines(
  stream: Readable,
  onLine: (line: string) => void,
  maxLength = MAX_LINE_LENGTH,
): void {
  let held = '';
  const give = (line: string) => {
    if (line.trim()) onLine(line.trimEnd());
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (held + text).split(/[\r\n]+/);
    held = lines.pop() ?? '';
    for (const line of lines) give(line);
    while (held.length >= maxLength) {
      give(held.slice(0, maxLength));
      held = held.slice(maxLength);
    }
  });
  stream.on('end', () => give(held));
  stream.on('error', () => give(held));
}
