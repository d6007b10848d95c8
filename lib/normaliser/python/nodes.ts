import type { Node, TreeCursor } from 'web-tree-sitter';

/** A default of a mebibyte helps nobody, and would be stored with each version. */
const SOURCE_TEXT_CHARACTERS = 2_000;
const OPENING = ['(', '[', '{'];
const CLOSING = [')', ']', '}', ','];

/**
 * Steps to the next node that is not below the current one. @returns false at the end of what `cursor` walks.
 */
export function gotoNext(cursor: TreeCursor, onParent?: () => void): boolean {
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
    onParent?.();
  }
  return true;
}

/** The line where a node begins, counted from 1. */
export function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

/**
 * The name that an expression is, such as `jina.Executor`, or null. Of a long chain only so much as names
 * need.
 */
export function dottedName(node: Node | null): string | null {
  const parts: string[] = [];
  let rest = node;
  while (rest?.type === 'attribute' && parts.length < 16) {
    parts.unshift(rest.childForFieldName('attribute')?.text ?? '');
    rest = rest.childForFieldName('object');
  }
  return rest?.type === 'identifier' ? [rest.text, ...parts].join('.') : null;
}

/**
 * The source of an expression in one line: line breaks and comments between its words go, its strings stay.
 */
export function sourceText(node: Node): string {
  const cursor = node.walk();
  let text = '';
  let end = node.startIndex;
  let last = '';
  try {
    while (text.length <= SOURCE_TEXT_CHARACTERS) {
      if (cursor.nodeType !== 'string' && cursor.gotoFirstChild()) continue;
      if (cursor.nodeType !== 'comment' && cursor.nodeType !== 'line_continuation') {
        const token = cursor.nodeText;
        const apart = cursor.startIndex > end && !OPENING.includes(last) && !CLOSING.includes(token);
        text += (apart && text !== '') || (last === ',' && !CLOSING.includes(token)) ? ` ${token}` : token;
        last = token;
      }
      end = cursor.endIndex;
      if (!gotoNext(cursor)) break;
    }
  } finally {
    cursor.delete();
  }
  return text.length > SOURCE_TEXT_CHARACTERS ? `${text.slice(0, SOURCE_TEXT_CHARACTERS)}…` : text;
}
