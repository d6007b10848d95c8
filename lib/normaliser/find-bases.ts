import { type FoundClass, isExecutorBase } from '#lib/normaliser/find-executor.ts';
import type { PackageFiles } from '#lib/normaliser/package-files.ts';
import type { PythonImport } from '#lib/normaliser/python/module.ts';
import { moduleFile, submoduleFile } from '#lib/normaliser/python/resolve-import.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';

/** A class of the package with its bases, those of other packages by what is known of them. */
export interface ClassWithBases extends FoundClass {
  bases: (ClassWithBases | 'executor' | 'plain')[];
}

/** More are no class tree but a riddle. */
const CLASSES = 200;
/** Each goes through the imports and classes of one file. */
const LOOK_UPS = 1_000;
/** Bases without endpoints; of other packages' classes jina's own rules are assumed. */
const PLAIN = /^(object|(\w+\.)?(ABC|Generic|Protocol|Mixin|Enum))$/;

class Finder {
  readonly #files: PackageFiles;
  readonly #warnings: Set<string>;
  readonly #known = new Map<unknown, ClassWithBases>();
  #lookUps = 0;

  constructor(files: PackageFiles, warnings: Set<string>) {
    this.#files = files;
    this.#warnings = warnings;
  }

  async tree(executor: FoundClass): Promise<ClassWithBases> {
    const root = this.#added(executor);
    // The map grows while it is walked: each class that is found is asked for its own bases.
    for (const one of this.#known.values()) {
      for (const base of one.definition.bases) one.bases.push(await this.#base(one, base));
    }
    return root;
  }

  #added(found: FoundClass): ClassWithBases {
    const added = { ...found, bases: [] };
    this.#known.set(found.definition, added);
    return added;
  }

  async #base(of: FoundClass, name: string): Promise<ClassWithBases | 'executor' | 'plain'> {
    if (isExecutorBase(of.module, name)) return 'executor';
    const found = await this.#resolve(of, name);
    if (!found) return PLAIN.test(name) ? 'plain' : 'executor';
    const known = this.#known.get(found.definition);
    if (known) return known;
    return this.#known.size < CLASSES ? this.#added(found) : 'plain';
  }

  /**
   * The class that a name means in the file of `from`, through imports and what those files import in turn.
   */
  async #resolve(from: FoundClass, name: string): Promise<FoundClass | null> {
    const waiting = [{ path: from.path, name }];
    const asked = new Set<string>();
    for (const one of waiting) {
      if (asked.has(`${one.path}:${one.name}`) || this.#lookUps >= LOOK_UPS) continue;
      asked.add(`${one.path}:${one.name}`);
      this.#lookUps += 1;
      const module = await this.#module(one.path);
      const definition = module?.classes.findLast(
        (each) => each.name === one.name && each !== from.definition,
      );
      if (module && definition) return { path: one.path, module, definition };
      for (const each of module?.imports ?? []) waiting.push(...this.#meant(one.path, each, one.name));
    }
    return null;
  }

  /** Where `name` may come from by one import of the file at `path`: nowhere, mostly. */
  #meant(path: string, one: PythonImport, name: string): { path: string; name: string }[] {
    const has = (file: string) => this.#files.has(file);
    const dot = name.indexOf('.');
    const first = dot === -1 ? name : name.slice(0, dot);
    const rest = dot === -1 ? '' : name.slice(dot + 1);
    const found = (file: string | null, wanted: string) => (file ? [{ path: file, name: wanted }] : []);
    const called = `${one.as ?? one.module}.`;
    if (one.names.length === 0) {
      return name.startsWith(called)
        ? found(moduleFile(path, one.module, one.level, has), name.slice(called.length))
        : [];
    }
    const bound = one.names.find(({ as }) => as === first || as === '*');
    if (!bound) return [];
    if (rest !== '') return found(submoduleFile(path, one, bound.name, has), rest);
    return found(moduleFile(path, one.module, one.level, has), bound.name === '*' ? first : bound.name);
  }

  /** A file that only a base is in need not be readable: what it has is not shown then. */
  async #module(path: string) {
    try {
      return await this.#files.module(path);
    } catch (error) {
      if (!(error instanceof NormaliserError)) throw error;
      this.#warnings.add(`${error.message} Endpoints of the base classes in it are not listed.`);
      return null;
    }
  }
}

/**
 * An Executor with the bases of it that the package has, and theirs. What could not be read is added to
 * `warnings`.
 */
export function findBases(
  executor: FoundClass,
  files: PackageFiles,
  warnings: Set<string>,
): Promise<ClassWithBases> {
  return new Finder(files, warnings).tree(executor);
}
