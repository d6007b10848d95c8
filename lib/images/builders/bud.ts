import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildJob } from '#lib/images/builder.ts';
import { readDockerfile } from '#lib/normaliser/read-dockerfile.ts';
import { gateVariables } from './gate.ts';

/** The Dockerfile with the labels of its image, among the settings of the job. */
export const LABELLED = 'Dockerfile';

/** A value between quotes of a Dockerfile, in which nothing is put in. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\$]/g, '\\$&')}"`;
}

/**
 * A Dockerfile with its labels as one more step; `--label` makes a step of each, and each takes as long as one that does something.
 * @returns null where they cannot stand behind its last line.
 */
export function withLabels(
  text: string,
  job: Pick<BuildJob, 'labels' | 'dockerfile' | 'contextDir'>,
): string | null {
  const pairs = Object.entries(job.labels).map(([name, value]) => `${quoted(name)}=${quoted(value)}`);
  const goesOn = /[\\`]\s*$/.test(text) || text.includes('<<') || /^#\s*escape\s*=/im.test(text);
  // What is not to be copied may be written beside the Dockerfile, under its name.
  const hasIgnored = ['.dockerignore', '.containerignore'].some((end) =>
    existsSync(path.join(job.contextDir, `${job.dockerfile}${end}`)),
  );
  return pairs.length === 0 || goesOn || hasIgnored ? null : `${text}\n\nLABEL ${pairs.join(' ')}\n`;
}

/**
 * Whether a step is worth keeping for the next build: one that runs something, or one of several that copy. Otherwise looking it up
 * takes longer than doing it again, and the image has one layer of its own in either case.
 */
export function isWorthKeeping(text: string): boolean {
  const names = readDockerfile(text.split(/\r?\n/)).map(({ name }) => name);
  const count = (...wanted: string[]) => names.filter((name) => wanted.includes(name)).length;
  return count('RUN', 'ONBUILD') > 0 || count('COPY', 'ADD') > 1 || count('FROM') !== 1;
}

/** The words that run buildah. @param text of the Dockerfile. */
export function budWords(job: BuildJob, text: string, isLabelled: boolean): string[] {
  const pairs = (option: string, values: Record<string, string>) =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
  // ADD fetches in buildah itself.
  const proxies = job.network === 'open' ? gateVariables('open') : {};
  return [
    ...['env', ...Object.entries(proxies).map(([name, value]) => `${name}=${value}`)],
    ...['buildah', 'bud', '--isolation', 'oci', '--runtime', '/job/runtime.sh', '--network', 'host'],
    ...['--format', 'docker', '--pull=never', '--identity-label=false', '--http-proxy=false', '--force-rm'],
    // All of the image's layers stay apart, so that the next build finds those that did not change.
    `--layers=${isWorthKeeping(text)}`,
    ...(isLabelled ? [] : pairs('--label', job.labels)),
    ...pairs('--build-arg', job.buildArgs),
    ...['--tag', job.tag, '--file', isLabelled ? `/job/${LABELLED}` : `/job/context/${job.dockerfile}`],
    '/job/context',
  ];
}
