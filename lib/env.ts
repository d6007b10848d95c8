import path from 'node:path';
import { z } from 'zod';
import { EnvError } from '#lib/env-error.ts';
import { IMAGE_SETTINGS_ALLOWED, imageSettings } from '#lib/env-images.ts';
import { parseProviders } from '#lib/env-providers.ts';
import { shared } from '#lib/shared.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

const integer = (minimum: number, maximum = Number.MAX_SAFE_INTEGER) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(minimum).max(maximum));

const origin = z
  .url({ protocol: /^https?$/ })
  // Also asked of what is no URL.
  .refine((text) => {
    const url = URL.parse(text);
    return url?.pathname === '/' && url.search === '';
  })
  .transform((url) => new URL(url).origin);
const origins = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)));

/** `ada@example.org`, or `Ada <ada@example.org>`; whatever else a header could hold stays out. */
const sender = z
  .string()
  .regex(/^[^\p{C},;:"\\]*$/u)
  .transform((text) => {
    const [, name = '', address = text] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
    return { name: name.trim(), address: address.trim() };
  })
  .pipe(z.object({ name: z.string(), address: z.email() }));

/** What each variable may be, in words for the one line that a wrong value gets. */
const ALLOWED: Record<string, string> = {
  PORT: 'a port from 0 to 65535',
  PUBLIC_URL: 'an http or https URL without a path, such as https://groundstation.example.org',
  DATABASE_URL: 'a postgresql:// URL',
  BLOB_STORE: 'disk or s3',
  S3_BUCKET: 'the name of a bucket, of 3 to 63 letters, digits, dots, dashes or underscores',
  S3_ENDPOINT: 'an http or https URL without a path, such as http://127.0.0.1:9000',
  S3_REGION: 'the name of a region, such as us-east-1',
  S3_PUBLIC_ENDPOINT: 'an http or https URL without a path that clients can reach, or none',
  AUTH_SECRET: 'at least 32 characters',
  SIGN_UP: 'open, invite or closed',
  SMTP_URL: 'an smtp:// or smtps:// URL, such as smtp://user:password@mail.example.org:587',
  MAIL_FROM: 'one e-mail address, such as Groundstation <groundstation@example.org>',
  QUOTA_BYTES: 'a whole number of bytes',
  RETENTION_DAYS: 'a whole number of days from 1 to 36500, or never',
  MAX_RETENTION_DAYS: 'a whole number of days from 1 to 36500',
  MAX_UPLOAD_BYTES: 'a whole number of bytes from 1',
  IDLE_TIMEOUT_MS: 'a whole number of milliseconds from 1',
  STREAM_SILENCE_MS: 'a whole number of milliseconds from 1 to 3600000',
  FAST_LANE: 'on or off',
  KEEP_VERSIONS: 'a whole number from 1 to 1000',
  URL_TTL_SECONDS: 'a whole number of seconds from 1 to 604800',
  SESSION_DAYS: 'a whole number of days from 1 to 3650',
  SESSION_MAX_DAYS: 'a whole number of days from 1 to 3650',
  AUDIT_DAYS: 'a whole number of days from 1',
  CORS_ORIGINS: 'http or https origins, separated by commas',
  ROBOTS: 'index or noindex',
  ANONYMOUS_PUSH: 'on or off',
  ANONYMOUS_QUOTA_BYTES: 'a whole number of bytes',
  TRUST_PROXY: 'IP addresses or networks in CIDR notation, separated by commas',
  ROLE: 'all, web or worker',
  LOG_LEVEL: 'trace, debug, info, warn, error or silent',
  ...IMAGE_SETTINGS_ALLOWED,
};

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3000),
  PUBLIC_URL: origin.optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BLOB_STORE: z.enum(['disk', 's3']).default('disk'),
  S3_BUCKET: z
    .string()
    .regex(/^[\w.-]{3,63}$/)
    .optional(),
  S3_ENDPOINT: origin.optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]+$/)
    .default('us-east-1'),
  S3_PUBLIC_ENDPOINT: z.union([z.literal('none'), origin]).optional(),
  // The SDK reads these itself, among other places where keys may be.
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  SIGN_UP: z.enum(['open', 'invite', 'closed']).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, hostname: /./ }).optional(),
  MAIL_FROM: sender.optional(),
  QUOTA_BYTES: integer(0).default(20_000_000_000),
  RETENTION_DAYS: z.union([z.literal('never').transform(() => null), integer(1, 36_500)]).default(7),
  MAX_RETENTION_DAYS: integer(1, 36_500).optional(),
  MAX_UPLOAD_BYTES: integer(1).optional(),
  IDLE_TIMEOUT_MS: integer(1).default(60_000),
  STREAM_SILENCE_MS: integer(1, 3_600_000).default(20_000),
  FAST_LANE: z.enum(['on', 'off']).default('on'),
  KEEP_VERSIONS: integer(1, 1000).default(10),
  URL_TTL_SECONDS: integer(1, 604_800).default(900),
  SESSION_DAYS: integer(1, 3650).default(30),
  SESSION_MAX_DAYS: integer(1, 3650).default(180),
  AUDIT_DAYS: integer(1, 36_500).default(365),
  CORS_ORIGINS: origins.default([]),
  ROBOTS: z.enum(['index', 'noindex']).default('noindex'),
  ANONYMOUS_PUSH: z.enum(['on', 'off']).default('off'),
  ANONYMOUS_QUOTA_BYTES: integer(0).default(5_000_000_000),
  TRUST_PROXY: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
    .default([]),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ...imageSettings,
});

/** @throws EnvError when one of the settings of S3 is missing that another one needs. */
function requireS3(env: z.output<typeof schema>): void {
  if (env.BLOB_STORE === 's3' && !env.S3_BUCKET)
    throw new EnvError('S3_BUCKET is missing; it is required when BLOB_STORE is "s3".');
  if (env.S3_BUCKET && Boolean(env.AWS_ACCESS_KEY_ID) !== Boolean(env.AWS_SECRET_ACCESS_KEY))
    throw new EnvError('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together; give both or neither.');
}

/** @throws EnvError when pushes would be kept for longer than people may choose. */
function requireRetention({
  RETENTION_DAYS: days,
  MAX_RETENTION_DAYS: limit,
}: z.output<typeof schema>): void {
  if (limit === undefined || (days !== null && days <= limit)) return;
  throw new EnvError(
    `RETENTION_DAYS is ${days ?? 'never'}, which is beyond MAX_RETENTION_DAYS (${limit}); give a number up to that.`,
  );
}

/** @throws EnvError when mail is set up by half. */
function requireMail({ SMTP_URL, MAIL_FROM }: z.output<typeof schema>): void {
  if (Boolean(SMTP_URL) === Boolean(MAIL_FROM)) return;
  const [given, missing] = SMTP_URL ? ['SMTP_URL', 'MAIL_FROM'] : ['MAIL_FROM', 'SMTP_URL'];
  throw new EnvError(
    `${missing} is missing; it is required with ${given}. Give both, or neither to send no mail.`,
  );
}

/** The settings of this process, checked; `SIGN_UP` and `DATA_DIR` are resolved to what they mean here. */
export type Env = ReturnType<typeof parseEnv>;

/**
 * Checks the environment. An empty variable counts as absent.
 * @throws EnvError naming the first wrong variable, its value and what is allowed.
 */
export function parseEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    const secret = ['AUTH_SECRET', 'DATABASE_URL', 'SMTP_URL', 'BUILDER_TOKEN'].includes(name);
    const shown = secret ? 'the given value' : `"${given[name]}"`;
    throw new EnvError(`${name} is ${shown}; allowed: ${ALLOWED[name] ?? 'another value'}.`);
  }
  const env = parsed.data;
  requireS3(env);
  requireMail(env);
  requireRetention(env);
  const isLoopback = LOOPBACK.has(env.HOST);
  if (!isLoopback && !env.PUBLIC_URL) {
    throw new EnvError(
      `PUBLIC_URL is missing; it is required when HOST is not loopback (HOST is "${env.HOST}"), such as https://groundstation.example.org.`,
    );
  }
  return {
    ...env,
    DATA_DIR: path.resolve(/* turbopackIgnore: true */ env.DATA_DIR),
    /** Whether somebody chose the folder; else root may have it moved (lib/data-dir/place.ts). */
    DATA_DIR_GIVEN: Boolean(given.DATA_DIR),
    /** Whether the variable says it; else it is what the host makes of it. */
    SIGN_UP_GIVEN: env.SIGN_UP !== undefined,
    SIGN_UP: env.SIGN_UP ?? (isLoopback ? ('open' as const) : ('invite' as const)),
    providers: parseProviders(given),
  };
}

/** The settings of this process, read once. */
export function env(): Env {
  return shared('env', () => parseEnv(process.env));
}
