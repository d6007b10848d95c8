/** Room for a number of other folders below, in file systems that take 255 bytes a name. */
const MAX_BYTES = 120;
/** What Windows keeps for itself, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The part of a name that every file system takes: letters, digits, dots and dashes; the rest becomes `_`. */
function plain(name: string): string {
  let text = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}.-]+/gu, '_')
    .replace(/^\.+/, '_');
  while (Buffer.byteLength(text) > MAX_BYTES) text = Array.from(text).slice(0, -1).join('');
  text = text.replace(/\.+$/, '_');
  return RESERVED.test(text) ? `_${text}` : text;
}

/** Names of folders, each unlike every other one in a file system that takes no notice of case. */
export class SafeNames {
  readonly #taken = new Set<string>();

  /** A name for the thing that is called `name`, if it is called anything, and has this id. */
  nameFor(name: string | null, id: string): string {
    const wanted = plain(name ?? 'unnamed');
    const isFree = (text: string) => !this.#taken.has(text.normalize('NFKC').toLowerCase());
    const chosen = isFree(wanted) ? wanted : `${wanted}-${id}`;
    this.#taken.add(chosen.normalize('NFKC').toLowerCase());
    return chosen;
  }
}
