import { z } from 'zod';

const integer = (minimum: number, maximum = Number.MAX_SAFE_INTEGER) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(minimum).max(maximum));

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

/** The settings of images: their registry, and how they are built (docs/security.md says what each mode is good for). */
export const imageSettings = {
  IMAGES: z.enum(['on', 'off']).default('off'),
  REGISTRY_PUBLIC_HOST: z
    .string()
    .regex(/^[^/\s]+$/)
    .optional(),
  REGISTRY_PORT: integer(1, 65_535).default(5000),
  REGISTRY_URL: origin.optional(),
  REGISTRY_EVENTS_URL: origin.optional(),
  BUILDER: z.union([z.enum(['buildah', 'docker']), z.url({ protocol: /^https?$/ })]).default('buildah'),
  DOCKER_HOST: z
    .string()
    .regex(/^(unix:\/\/\/|tcp:\/\/)[^\s]+$/)
    .default('unix:///var/run/docker.sock'),
  BUILDER_TOKEN: z.string().min(32).optional(),
  BUILD_TRUST: z.enum(['0', '1']).default('0'),
  BUILD_NETWORK: z.enum(['none', 'index', 'open']).default('index'),
  BUILD_INDEX_URL: z.url({ protocol: /^https?$/ }).default('https://pypi.org/simple'),
  BASE_IMAGE_TEMPLATE: z
    .string()
    .regex(/^[\w./:@{}-]{1,255}$/)
    .default('jinaai/jina:{jina}-{python}-perf'),
  BUILD_MEMORY_BYTES: integer(64 * 1024 * 1024).default(4 * 1024 * 1024 * 1024),
  BUILD_CPUS: integer(1, 1024).default(2),
  BUILD_PROCESSES: integer(16, 1_000_000).default(1024),
  BUILD_DISK_BYTES: integer(64 * 1024 * 1024).default(20 * 1024 * 1024 * 1024),
  BUILD_SECONDS: integer(1, 86_400).default(1800),
  BUILDS_AT_ONCE: integer(1, 8).default(1),
};

/** What each of them may be, in words for the one line that a wrong value gets. */
export const IMAGE_SETTINGS_ALLOWED: Record<keyof typeof imageSettings, string> = {
  IMAGES: 'on or off',
  REGISTRY_PUBLIC_HOST: 'a host with an optional port, such as registry.example.org:5000',
  REGISTRY_PORT: 'a port from 1 to 65535',
  REGISTRY_URL: 'an http or https URL without a path, such as http://registry:5000',
  REGISTRY_EVENTS_URL: 'an http or https URL without a path, such as http://app:3000',
  BUILDER: 'buildah, docker, or the http URL of a builder',
  DOCKER_HOST: 'the address of a Docker Engine, such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375',
  BUILDER_TOKEN: 'at least 32 characters',
  BUILD_TRUST: '0 or 1',
  BUILD_NETWORK: 'none, index or open',
  BUILD_INDEX_URL: 'the http or https URL of a package index, such as https://pypi.org/simple',
  BASE_IMAGE_TEMPLATE: 'the name of an image, in which {jina} and {python} are replaced',
  BUILD_MEMORY_BYTES: 'a whole number of bytes from 67108864',
  BUILD_CPUS: 'a whole number from 1 to 1024',
  BUILD_PROCESSES: 'a whole number from 16 to 1000000',
  BUILD_DISK_BYTES: 'a whole number of bytes from 67108864',
  BUILD_SECONDS: 'a whole number of seconds from 1 to 86400',
  BUILDS_AT_ONCE: 'a whole number from 1 to 8',
};
