import path from 'node:path';
import { Refusal } from '#lib/refusal.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import type { Finding } from './finding.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { findingsOf } from './goals.ts';
import { type Million, makeMillion } from './million.ts';
import { type Options, readOptions } from './options.ts';
import { asText, machineFacts, writeMarkdown } from './report.ts';
import { measureWorkload } from './rounds.ts';
import type { ServerName } from './server.ts';
import type { Workload } from './workload.ts';
import { measureDocarray } from './workloads/docarray.ts';
import { measureExecutors } from './workloads/executors.ts';
import { measureHub } from './workloads/hub.ts';
import { measureImages } from './workloads/images.ts';
import { largeWorkloads } from './workloads/large.ts';
import { measureMemory } from './workloads/memory.ts';
import { measureMillion } from './workloads/million.ts';
import { measurePages } from './workloads/pages.ts';
import { measureSignIn } from './workloads/sign-in.ts';
import { smallWorkloads } from './workloads/small.ts';
import { measureStarts } from './workloads/start.ts';

/**
 * `npm run bench [-- WORKLOAD… --rounds N --size MIB --markdown FILE…]`: what performance is measured by, in one run,
 * each server once in every round. A goal that is missed is told; it is no failure.
 */

const MIB = 1024 * 1024;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Workloads that are not about requests a second. */
type Special =
  | 'start'
  | 'sign-in'
  | 'executors'
  | 'memory'
  | 'docarray'
  | 'million'
  | 'pages'
  | 'hub'
  | 'images';
const SPECIAL: Special[] = [
  'start',
  'sign-in',
  'executors',
  'memory',
  'docarray',
  'million',
  'pages',
  'hub',
  'images',
];
/** What these need to run. */
const NEEDS: Record<Special, ServerName[]> = {
  start: [],
  'sign-in': ['groundstation'],
  executors: ['groundstation', 'bare'],
  memory: ['groundstation', 'app-router'],
  docarray: ['groundstation'],
  million: ['groundstation'],
  pages: ['groundstation'],
  hub: ['groundstation'],
  images: ['groundstation'],
};

interface Run {
  options: Options;
  fleet: Fleet;
  folder: string;
}

function special({ options, fleet, folder }: Run): Record<Special, () => Promise<Finding[]>> {
  const { rounds, sizeMib } = options;
  const { station, servers } = fleet;
  let made: Promise<Million> | undefined;
  const million = () => {
    made ??= makeMillion(station.server.databaseUrl, path.join(folder, 'million'), tell);
    return made;
  };
  return {
    start: () => measureStarts(folder, rounds, tell),
    'sign-in': async () => {
      const server = servers.get('groundstation');
      return server ? measureSignIn(server, rounds, tell) : [];
    },
    executors: async () => {
      const [server, bare] = NEEDS.executors.map((name) => servers.get(name));
      return server && bare
        ? measureExecutors({ server, bare, token: station.token, rounds, folder, tell })
        : [];
    },
    memory: () => {
      const ours = NEEDS.memory.map((name) => servers.get(name)).filter((server) => server !== undefined);
      return measureMemory(ours, sizeMib * MIB, tell);
    },
    docarray: () => measureDocarray(station.server.url, station.token, folder, rounds),
    million: async () => measureMillion(await million(), tell),
    pages: async () => measurePages(await million(), tell),
    images: async () => {
      const server = servers.get('groundstation');
      return server ? measureImages(server, station.token, { rounds, folder, tell }) : [];
    },
    hub: () => measureHub(station.server.databaseUrl, path.join(folder, 'hub'), tell),
  };
}

async function measureAll(run: Run, workloads: Workload[]): Promise<Finding[]> {
  const { options, fleet } = run;
  const label = (name: ServerName) => fleet.servers.get(name)?.label ?? name;
  const findings: Finding[] = [];
  for (const workload of workloads) {
    const samples = await measureWorkload(workload, fleet, options.rounds, tell);
    findings.push(...findingsOf(workload, samples, label));
  }
  const others = special(run);
  for (const name of SPECIAL) if (options.only.includes(name)) findings.push(...(await others[name]()));
  return findings;
}

function neededServers(options: Options, workloads: Workload[]): Set<ServerName> {
  const specials = SPECIAL.filter((name) => options.only.includes(name));
  return new Set([
    ...workloads.flatMap(({ servers }) => servers),
    ...specials.flatMap((name) => NEEDS[name]),
  ]);
}

async function main(): Promise<void> {
  const names = [...largeWorkloads(0), ...smallWorkloads].map(({ name }) => name);
  const options = readOptions(process.argv.slice(2), [...names, ...SPECIAL]);
  const all = [...largeWorkloads(options.sizeMib * MIB), ...smallWorkloads];
  const workloads = all.filter(({ name }) => options.only.includes(name));
  const { folder, remove } = makeTemporaryFolder();
  const startedMs = performance.now();
  const needsList = workloads.some(({ name }) => name.startsWith('list'));
  let fleet: Fleet | undefined;
  try {
    fleet = await startFleet(neededServers(options, workloads), folder, needsList);
    const facts = machineFacts(folder, options.rounds, fleet.absent);
    const findings = await measureAll({ options, fleet, folder }, workloads);
    const minutes = ((performance.now() - startedMs) / 60_000).toFixed(1);
    process.stdout.write(`${asText(findings)}\n\n${facts}\nIt took ${minutes} minutes.\n`);
    for (const file of options.markdown) writeMarkdown(file, findings, facts);
  } finally {
    await fleet?.stop();
    remove();
  }
}

await main().catch((error: Error) => {
  process.stderr.write(`${error instanceof Refusal ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
