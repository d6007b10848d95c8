import type { Node, TreeCursor } from 'web-tree-sitter';
import type { PythonImport } from '#lib/normaliser/python/module.ts';

type When = PythonImport['when'];

/** What holds further statements. Expressions hold none that matter here, and are never entered. */
const HOLDERS = new Set([
  'module',
  'block',
  'decorated_definition',
  'class_definition',
  'function_definition',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'except_group_clause',
  'finally_clause',
  'with_statement',
  'match_statement',
  'case_clause',
]);
const BRANCHES = new Set(['if_statement', 'try_statement', 'match_statement']);

interface Walk {
  /** Types of statements to be met. */
  wanted: ReadonlySet<string>;
  /** Types that are not entered, although they hold statements. */
  closed?: ReadonlySet<string>;
  /** `decorated` is the definition with its decorators, when `node` has some. */
  meet(node: Node, when: When, decorated: Node | null): void;
}

interface Around {
  when: When;
  decorated: Node | null;
}

const NOTHING: Around = { when: 'needed', decorated: null };

/** When the statements inside of the holder at `cursor` run. */
function inside(type: string, cursor: TreeCursor, around: When): When {
  if (type === 'function_definition') return 'later';
  if (!BRANCHES.has(type) || around !== 'needed') return around;
  const condition = type === 'if_statement' ? cursor.currentNode.childForFieldName('condition') : null;
  const length = condition ? condition.endIndex - condition.startIndex : 0;
  // Holds for type checkers only; the circles that it hides are none when the module is loaded.
  return length < 40 && condition?.text.endsWith('TYPE_CHECKING') ? 'later' : 'tried';
}

/**
 * Meets the wanted statements below `root`, however deep, in the order of the source. It walks with a cursor
 * and never calls itself, and takes time by the number of statements, not of expressions.
 */
export function walkStatements(root: Node, { wanted, closed, meet }: Walk): void {
  const cursor = root.walk();
  const around: Around[] = [NOTHING];
  let entered = cursor.gotoFirstChild();
  try {
    while (entered) {
      const type = cursor.nodeType;
      const { when, decorated } = around.at(-1) ?? NOTHING;
      if (wanted.has(type)) meet(cursor.currentNode, when, decorated);
      if (HOLDERS.has(type) && !closed?.has(type)) {
        // Asked before it is entered: to find a node's parent, the parser looks through the tree from its root.
        const below = {
          when: inside(type, cursor, when),
          decorated: type === 'decorated_definition' ? cursor.currentNode : null,
        };
        if (cursor.gotoFirstChild()) {
          around.push(below);
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        entered = around.length > 1 && cursor.gotoParent();
        if (!entered) break;
        around.pop();
      }
    }
  } finally {
    cursor.delete();
  }
}
