import {
  type Config,
  mergeManifest,
  readConfig,
  readManifest,
  readMeta,
  writeConfig,
} from '#lib/normaliser/config.ts';
import { describeMethod } from '#lib/normaliser/describe-method.ts';
import { findBases } from '#lib/normaliser/find-bases.ts';
import { type FoundClass, findExecutor } from '#lib/normaliser/find-executor.ts';
import { listEndpoints } from '#lib/normaliser/list-endpoints.ts';
import { orderModules } from '#lib/normaliser/order-modules.ts';
import { PackageFiles } from '#lib/normaliser/package-files.ts';
import type { PythonModule } from '#lib/normaliser/python/module.ts';
import { openReader } from '#lib/normaliser/python/reader.ts';
import { moduleFile } from '#lib/normaliser/python/resolve-import.ts';
import { type Requirements, readRequirements } from '#lib/normaliser/requirements.ts';
import {
  type Init,
  type Normalised,
  NormaliserError,
  type NormaliserInput,
  type Score,
} from '#lib/normaliser/types.ts';
import {
  DEFAULT_BASE_IMAGE,
  docarrayVersion,
  withDocarray,
  writeDockerfile,
  writeRebaseDockerfile,
} from '#lib/normaliser/write-dockerfile.ts';

const PYTHON_FILES = /^(executor\/)?[^/]+\.py$/;

/** The files that are searched for the Executor (section 12.3.3), parsed, by path. */
async function readModules(files: PackageFiles, config: Config | null): Promise<Map<string, PythonModule>> {
  const modules = new Map<string, PythonModule>();
  const waiting = config ? [...config.modules] : files.matching(PYTHON_FILES);
  for (const path of waiting) {
    if (modules.has(path)) continue;
    const module = await files.module(path);
    modules.set(path, module);
    if (!config) continue;
    const sources = module.imports.filter(({ names }) => names.some(({ name }) => name === config.jtype));
    for (const one of sources) {
      const source = moduleFile(path, one.module, one.level, (file) => files.has(file));
      if (source !== null) waiting.push(source);
    }
  }
  return modules;
}

function dockerfilePath({ dockerfile = 'Dockerfile', files }: NormaliserInput): string {
  const isThere = files.has(dockerfile);
  if (dockerfile === 'Dockerfile' || (isThere && !dockerfile.includes('/'))) return dockerfile;
  throw new NormaliserError(
    5000,
    `The package has no ${dockerfile} directly in its folder; add it, or push without -f.`,
    { file: dockerfile },
  );
}

/** Dockerfiles to write or replace (section 12.4). */
function dockerfiles(
  input: NormaliserInput,
  files: PackageFiles,
  requirements: Requirements,
  warnings: Set<string>,
): [string, string][] {
  const path = dockerfilePath(input);
  const own = files.text(path);
  const docarray = docarrayVersion(input.client.docarray);
  if (input.client.docarray && !docarray) {
    warnings.add('The version of docarray that the client named cannot be installed, so none is pinned.');
  }
  const generated = () =>
    writeDockerfile({
      baseImage: input.baseImage ?? DEFAULT_BASE_IMAGE,
      versions: input.client,
      docarray,
      needsGit: requirements.needsGit,
      hasRequirements: requirements.exists,
    });
  const placed = own !== null && docarray ? withDocarray(own, docarray) : null;
  if (placed?.isPlaced === false) {
    warnings.add(`${path} has no ENTRYPOINT, so docarray==${docarray} is not installed in its image.`);
  }
  const text = own === null ? generated() : (placed?.text ?? own);
  return [
    [path, text],
    ['__jina__.Dockerfile', writeRebaseDockerfile(text)],
  ];
}

function scoreOf(input: NormaliserInput, files: PackageFiles, readme: string | undefined): Score {
  return {
    dockerfileExists: files.has(dockerfilePath(input)),
    manifestExists: files.has('manifest.yml'),
    configExists: files.has('config.yml'),
    readmeExists: readme !== undefined,
    requirementsExists: files.has('requirements.txt'),
    testsExists: files.matching(/^tests\/test_[^/]*\.py$/).length > 0,
    gpuDockerfileExists: files.has('Dockerfile.gpu'),
  };
}

/** A readme that cannot be read is no reason to refuse the Executor. */
function readReadme(
  files: PackageFiles,
  path: string | undefined,
  warnings: Set<string>,
): Normalised['readme'] {
  try {
    const text = path === undefined ? null : files.text(path);
    return path === undefined || text === null ? null : { path, text };
  } catch (error) {
    if (!(error instanceof NormaliserError)) throw error;
    warnings.add(error.message);
    return null;
  }
}

function initOf({ definition }: FoundClass): Init | null {
  const method = definition.methods.findLast(({ name }) => name === '__init__');
  return method ? describeMethod(method, definition.docstring) : null;
}

async function normalisedFiles(input: NormaliserInput, files: PackageFiles): Promise<Normalised> {
  const warnings = new Set<string>();
  const config = readConfig(files);
  const manifest = readManifest(files);
  const modules = await readModules(files, config);
  const executor = findExecutor(modules, config?.jtype ?? null);
  const { definition } = executor;
  const configText = config
    ? mergeManifest(config, manifest)
    : writeConfig(
        definition.name,
        orderModules(modules, (file) => files.has(file)),
        manifest,
      );
  const endpoints = listEndpoints(await findBases(executor, files, warnings), warnings);
  const requirements = readRequirements(files);
  const written: [string, string | null][] = [
    ['config.yml', configText],
    ['requirements.txt', requirements.changed],
    ...dockerfiles(input, files, requirements, warnings),
  ];
  const changes = written.filter(
    (one): one is [string, string] => one[1] !== null && one[1] !== textOf(files, one[0]),
  );
  const [readmePath] = files.matching(/^readme\.md$/i);
  return {
    className: definition.name,
    filePath: executor.path,
    docstring: definition.docstring,
    init: initOf(executor),
    endpoints,
    score: scoreOf(input, files, readmePath),
    meta: readMeta({ ...config?.metas, ...manifest }),
    dependencies: requirements.dependencies,
    buildEnv: requirements.buildEnv,
    readme: readReadme(files, readmePath, warnings),
    changes: new Map(changes),
    warnings: [...warnings],
  };
}

/** What a file says now; null also for one that says nothing readable and is written anew anyway. */
function textOf(files: PackageFiles, path: string): string | null {
  try {
    return files.text(path);
  } catch (error) {
    if (!(error instanceof NormaliserError)) throw error;
    return null;
  }
}

/**
 * Finds the Executor in a package and what it answers, without running any of it, and completes the package
 * so that an image can be made (section 12.2 to 12.5). What it gives back depends on its input alone;
 * normalising the outcome again changes nothing.
 *
 * Python is read in a thread of its own, so that the process goes on meanwhile.
 *
 * @throws NormaliserError 4000 to 4003 and 5000, and nothing else.
 */
export async function normalise(input: NormaliserInput): Promise<Normalised> {
  const reader = openReader();
  try {
    return await normalisedFiles(input, new PackageFiles(input, reader));
  } finally {
    reader.done();
  }
}
