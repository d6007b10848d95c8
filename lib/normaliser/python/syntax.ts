import type { Node } from 'web-tree-sitter';
import { gotoNext } from '#lib/normaliser/python/nodes.ts';

/**
 * The line of the first error in a tree, or null. Defaults of type parameters (PEP 696, Python 3.13) are not
 * in the grammar yet: what it could not read between their brackets is let through.
 */
export function firstErrorLine(root: Node): number | null {
  if (!root.hasError) return null;
  const cursor = root.walk();
  const parents: string[] = [];
  try {
    for (;;) {
      const node = cursor.currentNode;
      const isError = node.isError || node.isMissing;
      if (isError && parents.at(-1) !== 'type_parameter') return node.startPosition.row + 1;
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
