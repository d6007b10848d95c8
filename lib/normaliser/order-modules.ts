import type { PythonModule } from '#lib/normaliser/python/module.ts';
import { importedFiles } from '#lib/normaliser/python/resolve-import.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';

const FEW = 5;

/**
 * A relative import of what is not there fails when the file is loaded; of other packages nobody here can
 * say.
 */
function missing(path: string, module: PythonModule, has: (file: string) => boolean): NormaliserError | null {
  const one = module.imports.find(
    (each) => each.level > 0 && each.when === 'needed' && importedFiles(path, each, has).length === 0,
  );
  if (!one) return null;
  const what = `${'.'.repeat(one.level)}${one.module}`;
  return new NormaliserError(
    4003,
    `${path}, line ${one.line}, imports ${what}, which is not in the package; add it, or take the import away.`,
    { file: path, line: one.line },
  );
}

/**
 * The modules so that each stands behind those of them that it imports (section 12.3.6). Imports inside of
 * functions and for type checkers do not count: they run later or never, and are how circles are broken.
 *
 * @throws NormaliserError 4003 for a circle, or a relative import of what is not there.
 */
export function orderModules(
  modules: ReadonlyMap<string, PythonModule>,
  has: (file: string) => boolean,
): string[] {
  const waiting = new Map<string, Set<string>>();
  for (const [path, module] of modules) {
    const problem = missing(path, module, has);
    if (problem) throw problem;
    const loaded = module.imports.filter(({ when }) => when !== 'later');
    const files = loaded.flatMap((one) => importedFiles(path, one, has));
    waiting.set(path, new Set(files.filter((file) => file !== path && modules.has(file))));
  }
  const order: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) => needs.size === 0).map(([path]) => path);
    if (ready.length === 0) throw circle([...waiting.keys()]);
    for (const path of ready) waiting.delete(path);
    for (const needs of waiting.values()) for (const path of ready) needs.delete(path);
    order.push(...ready);
  }
  return order;
}

function circle(paths: string[]): NormaliserError {
  const more = paths.length > FEW ? ' and others' : '';
  const names = paths.slice(0, FEW).join(', ') + more;
  return new NormaliserError(
    4003,
    `These files import each other in a circle: ${names}; move what they share into a file of its own.`,
    { file: paths[0] },
  );
}
