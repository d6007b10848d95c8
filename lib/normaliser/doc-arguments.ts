const GOOGLE_HEADING =
  /^(\s*)(args|arguments|parameters|params|keyword args|keyword arguments|other parameters):\s*$/i;
const NUMPY_HEADING = /^(\s*)(parameters|other parameters)\s*$/i;
const SPHINX_FIELD = /^\s*:(\w+)([^:]*):(.*)$/;
const SPHINX_ARGUMENT = /^(param|parameter|arg|argument|key|keyword)$/;
const GOOGLE_ITEM = /^\s*\*{0,2}(\w+)\s*(?:\([^)]*\)\s*)?:\s*(.*)$/;
const NUMPY_ITEM = /^\s*(\*{0,2}\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?::.*)?$/;

type Notes = Map<string, string[]>;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** `:param name: …`, with what is further in or blank before the next field. */
function readSphinx(lines: string[], notes: Notes): void {
  let current: string[] | undefined;
  for (const line of lines) {
    const [field, kind = '', subject = '', text = ''] = SPHINX_FIELD.exec(line) ?? [];
    // `:param int x:` says the type too; the name is the last word.
    const name = SPHINX_ARGUMENT.test(kind)
      ? subject.trim().split(/\s+/).at(-1)?.replaceAll('*', '')
      : undefined;
    if (name) {
      current = [text.trim()];
      notes.set(name, current);
    } else if (field !== undefined || line.trim() === '') current = undefined;
    else current?.push(line.trim());
  }
}

/**
 * The items below a heading: what is further in than the items belongs to the one above. @returns where it
 * ends
 */
function readItems(lines: string[], start: number, heading: number, item: RegExp, notes: Notes): number {
  const isNumpy = item === NUMPY_ITEM;
  let itemIndent = -1;
  let current: string[][] = [];
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    const isUnderlined = /^\s*-{3,}\s*$/.test(lines[at + 1] ?? '');
    if (isNumpy ? indent < heading || isUnderlined : indent <= heading) return at;
    if (itemIndent === -1) itemIndent = indent;
    const [, names, text] = indent <= itemIndent ? (item.exec(line) ?? []) : [];
    if (names !== undefined) {
      current = names.split(',').map((name) => {
        const words = isNumpy ? [] : [text ?? ''];
        notes.set(name.trim().replaceAll('*', ''), words);
        return words;
      });
    } else for (const words of current) words.push(line.trim());
  }
  return lines.length;
}

/**
 * What a docstring says of each argument, by name: from `:param x:`, a section `Args:` (Google) or
 * `Parameters` with a line under it (NumPy). Texts are in one line.
 */
export function docArguments(docstring: string | null): Map<string, string> {
  const lines = (docstring ?? '').split('\n');
  const notes: Notes = new Map();
  readSphinx(lines, notes);
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const google = GOOGLE_HEADING.exec(line);
    const numpy = /^\s*-{3,}\s*$/.test(lines[at + 1] ?? '') ? NUMPY_HEADING.exec(line) : null;
    if (google) at = readItems(lines, at + 1, google[1]?.length ?? 0, GOOGLE_ITEM, notes);
    else if (numpy) at = readItems(lines, at + 2, numpy[1]?.length ?? 0, NUMPY_ITEM, notes);
    else at += 1;
  }
  const texts = [...notes].map(([name, words]) => [name, words.filter(Boolean).join(' ')] as const);
  return new Map(texts.filter(([, text]) => text !== ''));
}
