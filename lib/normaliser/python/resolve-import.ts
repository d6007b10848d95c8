import type { PythonImport } from '#lib/normaliser/python/module.ts';

type Has = (path: string) => boolean;

function joined(folder: string, rest: string): string {
  return folder === '' || rest === '' ? folder + rest : `${folder}/${rest}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/**
 * Where an import of `from` may begin to look: for a relative one, the folder that its dots mean (none when
 * that is outside of the package); else the package's root, and the file's own folder, because jina loads
 * each file of py_modules under its bare name.
 */
function foldersFor(from: string, level: number): string[] {
  const own = folderOf(from);
  if (level === 0) return own === '' ? [''] : ['', own];
  const parts = own === '' ? [] : own.split('/');
  return level - 1 > parts.length ? [] : [parts.slice(0, parts.length - level + 1).join('/')];
}

/**
 * The file of a module of the package, its own or the `__init__.py` of a folder; null for what is elsewhere.
 */
export function moduleFile(from: string, module: string, level: number, has: Has): string | null {
  const rest = module.replaceAll('.', '/');
  for (const folder of foldersFor(from, level)) {
    const base = joined(folder, rest);
    const found = [...(rest === '' ? [] : [`${base}.py`]), joined(base, '__init__.py')].find(has);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * The files of the package that an import loads: of each name its submodule where there is one, else the
 * module.
 */
export function importedFiles(from: string, one: PythonImport, has: Has): string[] {
  const module = moduleFile(from, one.module, one.level, has);
  const files = one.names.map(({ name }) => submoduleFile(from, one, name, has) ?? module);
  return (files.length === 0 ? [module] : files).filter((file) => file !== null);
}

/** The file that `name` is in `from … import name`, when it is a module and not something in one. */
export function submoduleFile(from: string, one: PythonImport, name: string, has: Has): string | null {
  return moduleFile(from, one.module === '' ? name : `${one.module}.${name}`, one.level, has);
}
