import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What deploy/compose.yaml says of one container. */
export interface ComposeService {
  image: string;
  /** Names of other services, and what they are waited for. */
  depends_on?: Record<
    string,
    { condition: 'service_healthy' | 'service_completed_successfully' | 'service_started' }
  >;
  networks: string[];
  environment?: Record<string, string | number>;
  volumes?: string[];
  ports?: string[];
  entrypoint?: string[];
  command?: string[];
  healthcheck?: { test: string[]; interval: string; timeout: string; retries: number };
  [other: string]: unknown;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, null>;
}

/** `${NAME:-default}` and `${NAME:?why}`, as the Compose specification has them. */
function interpolate(text: string, variables: Record<string, string>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind = '', rest = '') => {
    const value = variables[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name} is missing: ${rest}`);
    return kind === '-' ? rest : '';
  });
}

/**
 * Reads a compose file with these variables in place of an .env file. They are put into what was read, as Compose does: in the text
 * they could turn into numbers.
 */
export function readCompose(file: string, variables: Record<string, string>): ComposeFile {
  const read = parse(readFileSync(file, 'utf8'), { merge: true });
  const fill = (_: string, value: unknown) =>
    typeof value === 'string' ? interpolate(value, variables) : value;
  return JSON.parse(JSON.stringify(read, fill)) as ComposeFile;
}

/** Services, each after those that it waits for. */
export function inOrder({ services }: ComposeFile): string[] {
  const sorted: string[] = [];
  const visit = (name: string) => {
    for (const before of Object.keys(services[name]?.depends_on ?? {})) visit(before);
    if (!sorted.includes(name)) sorted.push(name);
  };
  for (const name of Object.keys(services)) visit(name);
  return sorted;
}

type Option = (value: never) => string[];
const each = (option: string) => (values: string[]) => values.flatMap((value) => [option, value]);
const one = (option: string) => (value: string | number) => [option, String(value)];
const none = () => [];

/** How `docker create` says what a key of the file says. */
const OPTIONS: Record<string, Option> = {
  user: one('--user'),
  cap_drop: each('--cap-drop'),
  cap_add: each('--cap-add'),
  security_opt: each('--security-opt'),
  tmpfs: each('--tmpfs'),
  ports: each('--publish'),
  volumes: each('--volume'),
  mem_limit: one('--memory'),
  memswap_limit: one('--memory-swap'),
  pids_limit: one('--pids-limit'),
  cpus: one('--cpus'),
  init: (isOn: boolean) => (isOn ? ['--init'] : []),
  read_only: (isOn: boolean) => (isOn ? ['--read-only'] : []),
  environment: (values: Record<string, unknown>) =>
    Object.entries(values).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  healthcheck: ({ test, interval, timeout, retries }: NonNullable<ComposeService['healthcheck']>) => [
    ...['--health-cmd', test.slice(1).join(' '), '--health-interval', interval],
    ...['--health-timeout', timeout, '--health-retries', String(retries)],
  ],
  // The test's own affair: it builds, waits, connects and stops by itself.
  ...{ image: none, build: none, depends_on: none, networks: none, entrypoint: none, command: none },
  ...{ restart: none, stop_grace_period: none },
};

/**
 * The words of `docker create` for a service, on its first network.
 * @throws for a key that is not known here: what is not tested must not stand in the file.
 */
export function createWords(name: string, service: ComposeService): string[] {
  const options = Object.entries(service).flatMap(([key, value]) => {
    const option = OPTIONS[key];
    if (!option) throw new Error(`no test knows what ${key} of ${name} does`);
    return option(value as never);
  });
  const [entry = '', ...words] = service.entrypoint ?? [];
  const place = ['--name', name, '--network', service.networks[0] ?? '', '--network-alias', name];
  const program = service.entrypoint ? ['--entrypoint', entry] : [];
  return [...place, ...options, ...program, service.image, ...words, ...(service.command ?? [])];
}
