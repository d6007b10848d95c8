import type { Node } from 'web-tree-sitter';

const ESCAPES: Record<string, string> = {
  '\\n': '\n',
  '\\t': '\t',
  '\\r': '\r',
  '\\\\': '\\',
  "\\'": "'",
  '\\"': '"',
  '\\\n': '',
};

/** The character of an escape; those that name one by its Unicode name stay as they are written. */
function unescaped(written: string): string {
  const known = ESCAPES[written];
  if (known !== undefined) return known;
  const code = /^\\[xuU]([0-9a-fA-F]+)$/.exec(written)?.[1];
  const point = code
    ? Number.parseInt(code, 16)
    : Number.parseInt(/^\\([0-7]+)$/.exec(written)?.[1] ?? '', 8);
  return point <= 0x10ffff ? String.fromCodePoint(point) : written;
}

/** What one string token holds, or null for bytes and for strings that are put together when they run. */
function tokenValue(node: Node): string | null {
  const prefix = (node.namedChild(0)?.text ?? '').replace(/['"]+$/, '').toLowerCase();
  if (/[bft]/.test(prefix)) return null;
  let value = '';
  for (const part of node.namedChildren) {
    if (part.type !== 'string_content') continue;
    const { text, startIndex } = part;
    let from = 0;
    for (const one of prefix.includes('r') ? [] : part.namedChildren) {
      value += text.slice(from, one.startIndex - startIndex) + unescaped(one.text);
      from = one.endIndex - startIndex;
    }
    value += text.slice(from);
  }
  return value;
}

/**
 * The value of a string literal, of one in parentheses or of several one after another; null for all else.
 */
export function stringValue(node: Node): string | null {
  let inner: Node | null = node;
  while (inner?.type === 'parenthesized_expression') inner = inner.namedChild(0);
  if (inner?.type === 'string') return tokenValue(inner);
  if (inner?.type !== 'concatenated_string') return null;
  const values = inner.namedChildren.filter(({ type }) => type === 'string').map(tokenValue);
  return values.includes(null) ? null : values.join('');
}

/**
 * Takes away the indentation that a docstring has from its place in the source, as `inspect.cleandoc` does.
 */
function cleaned(text: string): string {
  const lines = text.replaceAll('\t', '        ').split('\n');
  const indents = lines
    .slice(1)
    .flatMap((line) => (line.trim() ? [line.length - line.trimStart().length] : []));
  const indent = indents.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const moved = lines.map((line, at) =>
    at === 0 ? line.trimStart() : line.slice(Math.min(indent, line.length)),
  );
  return moved.join('\n').replace(/^\n+/, '').trimEnd();
}

/**
 * The first statement of a block. Comments before it are children like others, and there may be very many.
 */
function firstStatement(block: Node): Node | null {
  const cursor = block.walk();
  try {
    let found = cursor.gotoFirstChild();
    while (found && cursor.nodeType === 'comment') found = cursor.gotoNextSibling();
    return found ? cursor.currentNode : null;
  } finally {
    cursor.delete();
  }
}

/** The docstring that a block begins with, or null. An empty one is none. */
export function docstringOf(block: Node | null): string | null {
  const first = block && firstStatement(block);
  const literal = first?.type === 'expression_statement' ? first.firstNamedChild : null;
  const value =
    literal && ['string', 'concatenated_string'].includes(literal.type) ? stringValue(literal) : null;
  return (value && cleaned(value)) || null;
}
