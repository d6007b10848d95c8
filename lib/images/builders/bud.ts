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
 * Whether a step is worth keeping for the next build: one that runs something, or one of several that copy. Otherwise looking it up
 * takes longer than doing it again, and the image has one layer of its own in either case.
 */
export function isWorthKeeping(text: string): boolean {
  const names = readDockerfile(text.split(/\r?\n/)).map(({ name }) => name);
  const count = (...wanted: string[]) => names.filter((name) => wanted.includes(name)).length;
  return count('RUN', 'ONBUILD') > 0 || count('COPY', 'ADD') > 1 || count('FROM') !== 1;
}

/**
 * A Dockerfile with its labels as one more step: `--label` makes a step of each, and each takes as long as one that does something.
 * It is the first one where that makes no difference, since steps take longer once there is a working directory.
 * @returns null where they can be given by `--label` alone.
 */
export function withLabels(
  text: string,
  { labels, contextDir, dockerfile }: Pick<BuildJob, 'labels' | 'contextDir' | 'dockerfile'>,
): string | null {
  const pairs = Object.entries(labels).map(([name, value]) => `${quoted(name)}=${quoted(value)}`);
  const goesOn = /[\\`]\s*$/.test(text) || text.includes('<<') || /^#\s*escape\s*=/im.test(text);
  // What is not to be copied may be written beside the Dockerfile, under its name.
  const hasIgnored = ['.dockerignore', '.containerignore'].some((end) =>
    existsSync(path.join(contextDir, `${dockerfile}${end}`)),
  );
  if (pairs.length === 0 || goesOn || hasIgnored) return null;
  const lines = text.split(/\r?\n/);
  const steps = readDockerfile(lines);
  const isFirst = !isWorthKeeping(text) && !steps.some(({ name }) => name === 'LABEL');
  const next = steps[steps.findIndex(({ name }) => name === 'FROM') + 1];
  lines.splice(isFirst && next ? next.line : lines.length, 0, `LABEL ${pairs.join(' ')}`, '');
  return lines.join('\n');
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
