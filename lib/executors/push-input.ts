import { MAX_PASSWORD_LENGTH } from '#lib/auth/password-rules.ts';
import { Fault } from '#lib/errors.ts';
import { requireTags } from '#lib/executors/names.ts';

/** What a push says besides its bytes (contract 7.2). */
export interface ExecutorPushInput {
  /** The Executor's name, or its id. */
  id?: string;
  secret?: string;
  public?: boolean;
  private?: boolean;
  /** Of the uploaded bytes, hexadecimal. */
  md5sum?: string;
  buildWithNoCache?: boolean;
  /** Separated by commas. */
  tags?: string;
  immutableTags?: string;
  dockerfile?: string;
  /** Names to values, as text each. */
  buildEnv?: Record<string, unknown>;
  /** Separated by commas: `linux/amd64,linux/arm64`. */
  platform?: string;
}

/** The same, checked. */
export interface CheckedPush {
  secret: string | null;
  /** As it was sent: a name, an id, or either behind a namespace; null: none. */
  name: string | null;
  visibility: 'public' | 'private' | null;
  md5: string | null;
  noCache: boolean;
  tags: string[];
  protectedTags: string[];
  dockerfile: string | null;
  buildEnv: Record<string, string>;
  platforms: string[];
}

const PLATFORM = /^linux\/(amd64|arm64|arm\/v7|386|ppc64le|s390x|riscv64)$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const MAX_BUILD_ENV = 100;
/** What is checked later is refused beyond this (lib/auth/password-rules.ts). */
const MAX_SECRET_LENGTH = MAX_PASSWORD_LENGTH;
const MAX_VALUE_LENGTH = 32 * 1024;

function listOf(text: string | undefined): string[] {
  const items = (text ?? '').split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}

function requirePlatforms(text: string | undefined): string[] {
  const platforms = [...new Set(listOf(text))];
  const unknown = platforms.find((platform) => !PLATFORM.test(platform));
  if (unknown === undefined) return platforms;
  throw new Fault(
    'invalid',
    `There is no platform ${unknown.slice(0, 100)}. Give linux/amd64, linux/arm64 or another Linux that Docker knows.`,
  );
}

/** Neither a path into another folder nor a hidden one: a file directly in the folder (contract 7.2). */
function requireDockerfile(path: string | undefined): string | null {
  if (path === undefined || path === '') return null;
  const name = path.replace(/^\.\//, '');
  if (/^[A-Za-z0-9_][\w.-]{0,127}$/.test(name)) return name;
  throw new Fault(
    'invalid',
    'The dockerfile is a file directly in the Executor’s folder. Give its name alone.',
  );
}

/** @throws Fault `invalid` for names or values that cannot be those of variables. */
export function requireBuildEnv(given: Record<string, unknown> | undefined): Record<string, string> {
  const pairs = Object.entries(given ?? {});
  const isGood = ([name, value]: [string, unknown]) =>
    VARIABLE.test(name) && typeof value === 'string' && value.length <= MAX_VALUE_LENGTH;
  if (pairs.length <= MAX_BUILD_ENV && pairs.every(isGood))
    return Object.fromEntries(pairs as [string, string][]);
  throw new Fault(
    'invalid',
    `buildEnv is an object of at most ${MAX_BUILD_ENV} names (letters, digits, underscores) and their texts. Give it so.`,
  );
}

function visibilityOf(input: ExecutorPushInput): 'public' | 'private' | null {
  if (input.public && input.private)
    throw new Fault('invalid', 'An Executor is public or private, not both. Give one of the two.');
  if (input.private) return 'private';
  return input.public ? 'public' : null;
}

/** An empty one is none: everybody would have it. */
function requireSecret(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (text.length <= MAX_SECRET_LENGTH) return text;
  throw new Fault(
    'invalid',
    `The secret is longer than ${MAX_SECRET_LENGTH} characters. Choose a shorter one.`,
  );
}

function requireMd5(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (/^[0-9a-f]{32}$/i.test(text)) return text.toLowerCase();
  throw new Fault(
    'invalid',
    'md5sum is not an MD5: 32 hexadecimal digits. Leave it out or send the right one.',
  );
}

/** @throws Fault `invalid` for the first thing that cannot be. */
export function checkPush(input: ExecutorPushInput): CheckedPush {
  return {
    name: input.id || null,
    secret: requireSecret(input.secret),
    visibility: visibilityOf(input),
    md5: requireMd5(input.md5sum),
    noCache: input.buildWithNoCache ?? false,
    tags: requireTags(listOf(input.tags)),
    protectedTags: requireTags(listOf(input.immutableTags)),
    dockerfile: requireDockerfile(input.dockerfile),
    buildEnv: requireBuildEnv(input.buildEnv),
    platforms: requirePlatforms(input.platform),
  };
}
