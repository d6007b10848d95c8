interface Instruction {
  name: string;
  /** Its lines as they were put together, without the name. */
  rest: string;
  /** Index of its first line. */
  line: number;
}

const HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);
const HEREDOC = /(?<!<)<<-?\s*(["']?)([A-Za-z_][\w.]*)\1/g;
const DIRECTIVE = /^#\s*escape\s*=\s*([\\`])\s*$/i;

/** The character that continues a line: of the directive `# escape=`, which stands before everything else. */
function escapeOf(lines: string[]): string {
  for (const line of lines) {
    const named = DIRECTIVE.exec(line)?.[1];
    if (named) return named;
    if (!/^#\s*\w+\s*=/.test(line)) break;
  }
  return '\\';
}

/** The line behind the here-documents that an instruction begins; each ends with a line that is its word. */
function behindHeredocs(lines: string[], from: number, words: string[]): number {
  let at = from;
  for (const word of words) {
    while (at < lines.length && lines[at]?.trim() !== word) at += 1;
    at += 1;
  }
  return at;
}

interface Logical {
  text: string;
  /** Index of the line behind it. */
  end: number;
}

/**
 * The lines from `start` put together: blank lines and comments neither end what goes on nor belong to it.
 */
function logicalLine(lines: string[], start: number, continues: string): Logical {
  const parts: string[] = [];
  for (let at = start; at < lines.length; at += 1) {
    const text = (lines[at] ?? '').trim();
    if (text === '' || text.startsWith('#')) continue;
    const goesOn = text.endsWith(continues);
    parts.push(goesOn ? text.slice(0, -1).trim() : text);
    if (!goesOn) return { text: parts.join(' '), end: at + 1 };
  }
  return { text: parts.join(' '), end: lines.length };
}

/** The instructions of a Dockerfile, in their order. */
export function readDockerfile(lines: string[]): Instruction[] {
  const continues = escapeOf(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; ) {
    if (/^\s*(#|$)/.test(lines[at] ?? '')) {
      at += 1;
      continue;
    }
    const { text, end } = logicalLine(lines, at, continues);
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
    const name = word.toUpperCase();
    instructions.push({ name, rest, line: at });
    const words = HEREDOCS.has(name) ? [...rest.matchAll(HEREDOC)].map((found) => found[2] ?? '') : [];
    at = behindHeredocs(lines, end, words);
  }
  return instructions;
}
