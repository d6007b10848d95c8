import { NormaliserError } from '#lib/normaliser/types.ts';

const UTF8 = /^(utf-?8(-sig)?|u8|(us-)?ascii)$/;
const LATIN1 = /^(latin-?1|l1|iso-?8859-?1|8859|cp819)$/;
/** PEP 263: in one of the first two lines, the first of which may only be blank or a comment then. */
const CODING = /^(?:[ \t\f]*(?:#[^\n\r]*)?(?:\r\n|\r|\n))?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const CODING_BYTES = 1_024;

const LF = 10;

function unreadable(path: string, line: number | undefined, what: string, repair: string): NormaliserError {
  const where = line === undefined ? path : `${path}, line ${line},`;
  return new NormaliserError(5000, `${where} ${what}; ${repair}.`, { file: path, line });
}

/** The line of the first byte that is no UTF-8. */
function brokenLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let start = 0, line = 1; ; line += 1) {
    const end = bytes.indexOf(LF, start);
    try {
      decoder.decode(bytes.subarray(start, end === -1 ? undefined : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
  }
}

/**
 * The text of a file that says nothing of its encoding: UTF-8, or what a byte order mark says (pip reads
 * UTF-16, which a redirection on Windows writes). The mark is gone, line ends stay.
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, brokenLine(bytes), 'is not UTF-8', 'save it as UTF-8');
  }
}

/** The text of a Python file by PEP 263, with line ends as `\n`, as Python reads it. */
export function decodePython(path: string, bytes: Uint8Array): string {
  if (bytes.includes(0)) {
    throw unreadable(path, undefined, 'is not a Python file but a binary one', 'rename it or leave it out');
  }
  const head = Buffer.from(bytes.subarray(0, CODING_BYTES)).toString('latin1').replace(/^ï»¿/, '');
  const coding = (CODING.exec(head)?.[1] ?? 'utf-8').toLowerCase().replaceAll('_', '-');
  if (!UTF8.test(coding) && !LATIN1.test(coding)) {
    throw unreadable(
      path,
      undefined,
      `is in the encoding ${coding}, which is not read here`,
      'save it as UTF-8',
    );
  }
  const text = LATIN1.test(coding) ? Buffer.from(bytes).toString('latin1') : decodeText(path, bytes);
  return text.replaceAll(/\r\n?/g, '\n');
}
