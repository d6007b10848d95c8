import type { Node } from 'web-tree-sitter';
import type { PythonParameter } from '#lib/normaliser/python/module.ts';
import { sourceText } from '#lib/normaliser/python/nodes.ts';

const SPLATS: Record<string, PythonParameter['kind']> = {
  list_splat_pattern: 'args',
  dictionary_splat_pattern: 'kwargs',
};

function text(node: Node, field: string): string | null {
  const value = node.childForFieldName(field);
  return value && sourceText(value);
}

/** The parameters of a function, in their order; what stands before `/` is given by position like others. */
export function readParameters(list: Node | null): PythonParameter[] {
  const parameters: PythonParameter[] = [];
  let kind: PythonParameter['kind'] = 'positional';
  for (const node of list?.namedChildren ?? []) {
    if (node.type === 'comment' || node.type === 'positional_separator') continue;
    if (node.type === 'keyword_separator') {
      kind = 'keyword';
      continue;
    }
    // `a: int` and `*args: int` have no field for the name.
    const bound =
      node.childForFieldName('name') ?? (node.type === 'typed_parameter' ? node.firstNamedChild : node);
    const splat = SPLATS[bound?.type ?? ''];
    parameters.push({
      name: (splat ? bound?.firstNamedChild?.text : bound?.text) ?? '',
      kind: splat ?? kind,
      annotation: text(node, 'type'),
      default: text(node, 'value'),
    });
    if (splat === 'args') kind = 'keyword';
  }
  return parameters;
}
