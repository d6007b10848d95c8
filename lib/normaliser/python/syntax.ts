import type { Node } from 'web-tree-sitter';
import { gotoNext } from '#lib/normaliser/python/nodes.ts';

/** Longer ones are no name with its `=`. */
const PARDONED_CHARACTERS = 200;

/**
 * Defaults of type parameters (PEP 696, Python 3.13) are not in the grammar yet: it takes the name and the
 * `=` for an error, and the default for the parameter.
 */
function isTypeDefault(node: Node, parent: string | undefined): boolean {
  const isShort = node.endIndex - node.startIndex <= PARDONED_CHARACTERS;
  return parent === 'type_parameter' && node.isError && isShort && node.text.endsWith('=');
}

/** The line of the first error in a tree, or null. */
export function firstErrorLine(root: Node): number | null {
  if (!root.hasError) return null;
  const cursor = root.walk();
  const parents: string[] = [];
  try {
    for (;;) {
      const node = cursor.currentNode;
      const isError = node.isError || node.isMissing;
      if (isError && !isTypeDefault(node, parents.at(-1))) return node.startPosition.row + 1;
      if (!isError && node.hasError && cursor.gotoFirstChild()) {
        parents.push(node.type);
        continue;
      }
      if (!gotoNext(cursor, () => parents.pop())) return null;
    }
  } finally {
    cursor.delete();
  }
}
