import { parse, TomlError } from 'smol-toml';
import type { PackageFiles } from '#lib/normaliser/package-files.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';

type Table = Record<string, unknown>;

const PYPROJECT = 'pyproject.toml';
const LEVELS = 64;

function parsed(toml: string): Table {
  try {
    return parse(toml, { maxDepth: LEVELS, integersAsBigInt: 'asNeeded' });
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const sentence = `${PYPROJECT}, line ${cause.line}, is not valid TOML; correct it and push again.`;
    throw new NormaliserError(5000, sentence, { file: PYPROJECT, line: cause.line, cause });
  }
}

/** The table below some keys; an empty one when a key is missing or something else. */
function tableIn(value: unknown, ...keys: string[]): Table {
  let table = value as Table;
  for (const key of keys) {
    const next = Object.hasOwn(table, key) ? table[key] : undefined;
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return {};
    table = next as Table;
  }
  return table;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/**
 * Poetry's version in pip's syntax: `^` and other operators become `==`, `~x` a range, `*` nothing (section
 * 12.3.2).
 */
function pipVersion(version: string): string {
  // Of alternatives pip knows none.
  const first = oneLine(version.split('||')[0] ?? '');
  const tilde = /^~(?!=)\s*(.*)$/.exec(first)?.[1];
  if (tilde !== undefined) return `>=${tilde},<${tilde}.999`;
  const bare = first.replace(/^[\^<>=!~]+\s*/, '');
  return bare === '*' || bare === '' ? '' : `==${bare}`;
}

function poetryLine(name: string, spec: unknown): string[] {
  if (typeof spec === 'string') return [name + pipVersion(spec)];
  const one = (Array.isArray(spec) ? spec[0] : spec) as unknown;
  if (typeof one !== 'object' || one === null) return [];
  const { version, extras, git, rev, tag, branch, url, optional } = one as Table;
  if (optional === true) return [];
  const named =
    Array.isArray(extras) && extras.length > 0 ? `${name}[${extras.map(String).join(',')}]` : name;
  const at = [rev, tag, branch].find((each) => typeof each === 'string');
  if (typeof git === 'string') return [oneLine(`${named} @ git+${git}${at ? `@${at}` : ''}`)];
  if (typeof url === 'string') return [oneLine(`${named} @ ${url}`)];
  // A path leads out of the package, or to what pip cannot be told in one line.
  return typeof version === 'string' ? [oneLine(named + pipVersion(version))] : [];
}

/**
 * Lines for requirements.txt out of pyproject.toml: of `project`, else of Poetry. @throws NormaliserError
 * 5000
 */
export function pyprojectRequirements(files: PackageFiles): string[] {
  const toml = files.text(PYPROJECT);
  if (toml === null) return [];
  const root = parsed(toml.replaceAll('\r\n', '\n'));
  const { dependencies } = tableIn(root, 'project');
  if (dependencies === undefined) {
    const poetry = Object.entries(tableIn(root, 'tool', 'poetry', 'dependencies'));
    return poetry
      .filter(([name]) => name !== 'python')
      .flatMap(([name, spec]) => poetryLine(oneLine(name), spec));
  }
  if (Array.isArray(dependencies) && dependencies.every((one) => typeof one === 'string')) {
    return dependencies.map(oneLine).filter(Boolean);
  }
  const sentence = `${PYPROJECT}: project.dependencies must be a list of texts; correct it and push again.`;
  throw new NormaliserError(5000, sentence, { file: PYPROJECT });
}
