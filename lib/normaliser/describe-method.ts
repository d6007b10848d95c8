import { docArguments } from '#lib/normaliser/doc-arguments.ts';
import type { PythonMethod, PythonParameter } from '#lib/normaliser/python/module.ts';
import type { Argument, Init } from '#lib/normaliser/types.ts';

/** Nobody gives it: Python does. */
function withoutSelf({ parameters, decorators }: PythonMethod): PythonParameter[] {
  const isStatic = decorators.some(({ name }) => name === 'staticmethod');
  return !isStatic && parameters[0]?.kind === 'positional' ? parameters.slice(1) : parameters;
}

/**
 * The parameters of a method as pages show them (section 12.3): `args` without a default, `kwargs` with one
 * or by keyword only.
 * @param around a docstring that says more of them, such as the class's of its `__init__`
 */
export function describeMethod(method: PythonMethod, around: string | null = null): Init {
  const docs = new Map([...docArguments(around), ...docArguments(method.docstring)]);
  const named = withoutSelf(method).filter(({ kind }) => kind === 'positional' || kind === 'keyword');
  const isArgument = ({ kind, default: value }: PythonParameter) => kind === 'positional' && value === null;
  const described = ({ name, annotation, default: value }: PythonParameter): Argument => ({
    name,
    annotation,
    default: value,
    doc: docs.get(name) ?? null,
  });
  return {
    args: named.filter(isArgument).map(described),
    kwargs: named.filter((one) => !isArgument(one)).map(described),
    docstring: method.docstring,
  };
}
