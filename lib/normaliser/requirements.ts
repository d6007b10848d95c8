import type { PackageFiles } from '#lib/normaliser/package-files.ts';
import { pyprojectRequirements } from '#lib/normaliser/pyproject.ts';

export interface Requirements {
  /** The new text; null when it stays as it is, or there is none. */
  changed: string | null;
  exists: boolean;
  dependencies: string[];
  buildEnv: string[];
  /** A dependency is taken from a Git server. */
  needsGit: boolean;
}

const PATH = 'requirements.txt';

/**
 * requirements.txt with what pyproject.toml needs behind it (section 12.3.2), its own lines to the letter.
 * What is there already is not added, so that a package that was pulled and pushed again stays the same.
 */
export function readRequirements(files: PackageFiles): Requirements {
  const own = files.text(PATH);
  const lines = (own ?? '').split(/\r\n|\r|\n/);
  const known = new Set(lines.map((line) => line.trim()));
  const added = [...new Set(pyprojectRequirements(files))].filter((line) => !known.has(line));
  const end = own?.includes('\r\n') ? '\r\n' : '\n';
  const before = own && !/[\r\n]$/.test(own) ? own + end : (own ?? '');
  const dependencies = [...lines, ...added]
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'));
  // The client looks through the whole text for them, comments too, and refuses a push without their values.
  const names = [...[...lines, ...added].join('\n').matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(
    ([, name]) => name ?? '',
  );
  return {
    changed: added.length > 0 ? before + added.map((line) => line + end).join('') : null,
    exists: own !== null || added.length > 0,
    dependencies,
    buildEnv: [...new Set(names)].sort(),
    needsGit: dependencies.some((line) => /git\+https?:/.test(line)),
  };
}
