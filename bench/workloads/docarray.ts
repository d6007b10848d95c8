import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '#lib/root.ts';
import { type Finding, figure } from '../finding.ts';
import { median } from '../rounds.ts';

/** Made by `npm test` (scripts/python-envs.ts). */
const PYTHON = path.join(ROOT, '.cache/python/docarray-0.21/bin/python');
const PROGRAM = path.join(ROOT, 'bench/time_docarray.py');

interface Round {
  bytes: number;
  ownPush: number;
  push: number;
  ownPull: number;
  pull: number;
}

/** A real push and pull by docarray 0.21, beside what its own serialisation takes; nothing where it is not installed. */
export async function measureDocarray(
  origin: string,
  token: string,
  home: string,
  rounds: number,
): Promise<Finding[]> {
  if (!existsSync(PYTHON)) return [];
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    NO_PROXY: '*',
    JINA_HUBBLE_REGISTRY: origin,
    JINA_AUTH_TOKEN: token,
  };
  const options = { env: { ...env, NODE_ENV: 'production' as const } };
  const { stdout } = await promisify(execFile)(PYTHON, [PROGRAM, String(rounds)], options);
  const results: Round[] = JSON.parse(stdout.slice(stdout.lastIndexOf('[{')));
  const middle = (key: keyof Round) => median(results.map((round) => round[key]));
  const megabytes = figure(middle('bytes') / 1e6);
  const line = (verb: 'push' | 'pull', own: 'ownPush' | 'ownPull'): Finding => ({
    what: `docarray 0.21: ${verb} of 1,000 documents, ${megabytes} MB`,
    ours: `${figure(middle(verb))} s`,
    reference: `its own serialisation: ${figure(middle(own))} s`,
    ratio: middle(verb) / middle(own),
    note: 'times, not rates: 1 would be a server that takes none',
  });
  return [line('push', 'ownPush'), line('pull', 'ownPull')];
}
