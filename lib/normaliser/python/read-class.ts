import type { Node } from 'web-tree-sitter';
import type { PythonClass, PythonDecorator, PythonMethod } from '#lib/normaliser/python/module.ts';
import { dottedName, lineOf, sourceText } from '#lib/normaliser/python/nodes.ts';
import { readParameters } from '#lib/normaliser/python/read-parameters.ts';
import { walkStatements } from '#lib/normaliser/python/statements.ts';
import { docstringOf, stringValue } from '#lib/normaliser/python/strings.ts';

const METHODS = new Set(['function_definition']);
const CLOSED = new Set(['function_definition', 'class_definition']);
const LISTS = ['list', 'tuple'];

/** The argument `on` of a decorator that is called. */
function onOf(call: Node): PythonDecorator['on'] {
  const keyword = call
    .childForFieldName('arguments')
    ?.namedChildren.find((one) => one.childForFieldName('name')?.text === 'on');
  const value = keyword?.childForFieldName('value');
  if (!value) return null;
  const single = stringValue(value);
  const source = sourceText(value);
  if (single !== null) return { source, routes: [single], isString: true };
  const items = LISTS.includes(value.type)
    ? value.namedChildren.filter(({ type }) => type !== 'comment').map(stringValue)
    : [null];
  const routes = items.filter((item) => item !== null);
  return { source, routes: routes.length === items.length ? routes : null, isString: false };
}

function decoratorOf(node: Node): PythonDecorator[] {
  const expression = node.firstNamedChild;
  const isCalled = expression?.type === 'call';
  const name = dottedName(isCalled ? expression.childForFieldName('function') : expression);
  return name === null ? [] : [{ name, isCalled, on: isCalled ? onOf(expression) : null }];
}

function readMethod(node: Node, decorated: Node | null): PythonMethod {
  const decorators = decorated?.namedChildren.filter(({ type }) => type === 'decorator') ?? [];
  return {
    name: node.childForFieldName('name')?.text ?? '',
    line: lineOf(node),
    isAsync: node.firstChild?.type === 'async',
    parameters: readParameters(node.childForFieldName('parameters')),
    docstring: docstringOf(node.childForFieldName('body')),
    decorators: decorators.flatMap(decoratorOf),
  };
}

/**
 * A class definition with its methods; those inside of `if`, `try` or `with` of its body are methods like
 * others.
 */
export function readClass(node: Node): PythonClass {
  const body = node.childForFieldName('body');
  const methods: PythonMethod[] = [];
  if (body) {
    walkStatements(body, {
      wanted: METHODS,
      closed: CLOSED,
      meet: (method, _, decorated) => methods.push(readMethod(method, decorated)),
    });
  }
  const bases = node.childForFieldName('superclasses')?.namedChildren.map(dottedName) ?? [];
  return {
    name: node.childForFieldName('name')?.text ?? '',
    line: lineOf(node),
    bases: bases.filter((base) => base !== null),
    docstring: docstringOf(body),
    methods,
  };
}
