import type { Node } from 'web-tree-sitter';
import type { PythonClass, PythonImport, PythonModule } from '#lib/normaliser/python/module.ts';
import { lineOf } from '#lib/normaliser/python/nodes.ts';
import { readClass } from '#lib/normaliser/python/read-class.ts';
import { walkStatements } from '#lib/normaliser/python/statements.ts';

const WANTED = new Set([
  'class_definition',
  'import_statement',
  'import_from_statement',
  'print_statement',
  'exec_statement',
]);

/** `a` or `a as b`. */
function named(node: Node): { name: string; as: string | null } {
  if (node.type !== 'aliased_import') return { name: node.text, as: null };
  const name = node.childForFieldName('name')?.text ?? '';
  return { name, as: node.childForFieldName('alias')?.text ?? null };
}

function importsOf(node: Node, when: PythonImport['when']): PythonImport[] {
  const names = node.childrenForFieldName('name').map(named);
  const line = lineOf(node);
  if (node.type === 'import_statement') {
    return names.map(({ name, as }) => ({ module: name, level: 0, names: [], as, line, when }));
  }
  const from = node.childForFieldName('module_name')?.text.replaceAll(/\s/g, '') ?? '';
  const module = from.replace(/^\.+/, '');
  const bound = names.map(({ name, as }) => ({ name, as: as ?? name }));
  return [{ module, level: from.length - module.length, names: bound, as: null, line, when }];
}

/** What a file calls the things of jina: `jina` as an empty name, the others by theirs. */
function namesOfJina(imports: PythonImport[]): Map<string, string> {
  const known = imports.filter(({ module, level }) => level === 0 && /^jina(\.|$)/.test(module));
  return new Map([
    ['jina', ''],
    ...known.filter(({ module, as }) => module === 'jina' && as).map(({ as }) => [as ?? '', ''] as const),
    ...known.flatMap(({ names }) => names.map(({ as, name }) => [as, name] as const)),
  ]);
}

/** Takes from the tree of a file what a package is judged by. */
export function readModule(root: Node): PythonModule {
  const imports: PythonImport[] = [];
  const classes: PythonClass[] = [];
  const python2: number[] = [];
  walkStatements(root, {
    wanted: WANTED,
    meet(node, when) {
      if (node.type === 'class_definition') classes.push(readClass(node));
      else if (node.type.startsWith('import')) for (const one of importsOf(node, when)) imports.push(one);
      else python2.push(lineOf(node));
    },
  });
  return { imports, fromJina: namesOfJina(imports), classes, python2 };
}
