/** Nobody writes so many on purpose; no docstring has so many lines that look like comments. */
const LONG_RUN_LINES = 200;
const COMMENT_LINE = /^[ \t]*#/;
const COMMENT_OR_BLANK_LINE = /^[ \t\f]*(#|$)/;

/**
 * The text with the lines of very long comments left blank, so that all others keep their numbers. At each
 * comment inside of a block the parser looks through all that follow it: 4,000 lines of them would take it 12
 * s.
 */
export function withoutLongComments(text: string): string {
  const lines = text.split('\n');
  let start = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    if (COMMENT_OR_BLANK_LINE.test(lines[at] ?? 'end')) continue;
    if (at - start >= LONG_RUN_LINES) {
      for (let one = start; one < at; one += 1) if (COMMENT_LINE.test(lines[one] ?? '')) lines[one] = '';
    }
    start = at + 1;
  }
  return lines.join('\n');
}
