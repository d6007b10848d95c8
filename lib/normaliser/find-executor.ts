import type { PythonClass, PythonModule } from '#lib/normaliser/python/module.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';

/** A class and where it is. */
export interface FoundClass {
  path: string;
  module: PythonModule;
  definition: PythonClass;
}

const FEW = 5;

/**
 * Whether a base is jina's Executor: called `Executor`, plain or as an attribute of anything (section
 * 12.3.4). Names given by `from jina import Executor as E` count too, which the original did not see.
 */
export function isExecutorBase(module: PythonModule, base: string): boolean {
  return base.endsWith('.Executor') || (module.fromJina.get(base) ?? base) === 'Executor';
}

function place({ path, definition }: FoundClass): string {
  return `${definition.name} (${path}, line ${definition.line})`;
}

function none(jtype: string | null, paths: string[]): NormaliserError {
  const names = paths.slice(0, FEW).join(', ') + (paths.length > FEW ? ' and others' : '');
  if (jtype === null) {
    const where =
      paths.length === 0
        ? 'The package has no Python file in its root or in executor/'
        : `No class of ${names} has the base Executor`;
    return new NormaliserError(4000, `${where}; write class MyExecutor(Executor), or name it in config.yml.`);
  }
  const where =
    paths.length === 0
      ? `config.yml names no py_modules, so there is no file to find ${jtype} in`
      : `There is no class ${jtype}, which config.yml has as jtype, in ${names}`;
  return new NormaliserError(4000, `${where}; correct jtype or py_modules.`, { file: 'config.yml' });
}

/**
 * Can it be made? `self` has no default: an `__init__` all of whose parameters have one, or that has none,
 * forgot it. The original counted neither what stands before `/` nor `*args`, both of which may take it.
 */
function takesSelf({ methods }: PythonClass): boolean {
  const init = methods.findLast(({ name }) => name === '__init__');
  if (!init) return true;
  return init.parameters.some(
    ({ kind, default: value }) => kind === 'args' || (kind === 'positional' && value === null),
  );
}

function several(candidates: FoundClass[], jtype: string | null): NormaliserError {
  const more = candidates.length > FEW ? ' and others' : '';
  const names = candidates.slice(0, FEW).map(place).join(', ') + more;
  const repair = jtype
    ? 'rename or remove all but one'
    : 'name one as jtype in config.yml, with its py_modules';
  const second = candidates[1];
  return new NormaliserError(4001, `There is more than one Executor: ${names}; ${repair}.`, {
    file: second?.path,
    line: second?.definition.line,
  });
}

/**
 * The classes that may be the Executor (section 12.3.4). Of several that are called `jtype`, the only one
 * with the base Executor is meant: the config.yml that is made for a package names a class that way, and must
 * stay right.
 */
function candidatesIn(modules: ReadonlyMap<string, PythonModule>, jtype: string | null): FoundClass[] {
  const all = [...modules].flatMap(([path, module]) =>
    module.classes.map((definition) => ({ path, module, definition })),
  );
  const named = all.filter(({ definition }) => jtype === null || definition.name === jtype);
  const based = named.filter(({ module, definition }) =>
    definition.bases.some((base) => isExecutorBase(module, base)),
  );
  return jtype === null || based.length === 1 ? based : named;
}

/**
 * The one Executor of a package (section 12.3.4 and 5): of `jtype` where config.yml says it, whatever its
 * base.
 *
 * @throws NormaliserError 4000 for none, 4001 for more than one, 4002 for one that cannot be made.
 */
export function findExecutor(modules: ReadonlyMap<string, PythonModule>, jtype: string | null): FoundClass {
  const candidates = candidatesIn(modules, jtype);
  const [found] = candidates;
  if (!found) throw none(jtype, [...modules.keys()]);
  if (candidates.length > 1) throw several(candidates, jtype);
  if (takesSelf(found.definition)) return found;
  const line = found.definition.methods.findLast(({ name }) => name === '__init__')?.line;
  throw new NormaliserError(
    4002,
    `${found.path}, line ${line}: __init__ of ${found.definition.name} has no parameter without a default; write self first.`,
    { file: found.path, line },
  );
}
