import type { Job } from '../load/plan.ts';
import { measure, planFor, pushOnce } from '../measure.ts';
import { does, type Server } from '../server.ts';
import type { Sample, Workload } from '../workload.ts';

const SMALL_BYTES = 20_000;
const CONNECTIONS = 16;
const MEASURED_SECONDS = 2;
/** Until the engines have compiled what is called often: a large server needs longer than a bare one. */
const WARM_UP_SECONDS = 6;
/** Names for one round; a server that has used them up before its time is over is measured by them. */
const PUSHES = 2_000;

async function rate(server: Server, jobs: Job[], maxSeconds: number): Promise<Sample> {
  const isOnce = jobs.length > 1;
  const plan = { jobs, connections: CONNECTIONS, maxSeconds, ...(isOnce ? { maxJobs: jobs.length } : {}) };
  const { jobs: done, seconds, cpuSeconds } = await measure(server, planFor(server, plan));
  return { value: done / seconds, cpuSeconds: cpuSeconds / done };
}

async function pushJobs(server: Server, label: string, count: number): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let number = 0; number < count; number++)
    jobs.push(await does(server, 'push')(`small-${label}-${number}`, SMALL_BYTES));
  return jobs;
}

const smallPush: Workload = {
  name: 'small-push',
  title: `push ${SMALL_BYTES / 1000} kB, ${CONNECTIONS} connections`,
  unit: '/s',
  servers: ['groundstation', 'bare', 'bare-memory', 'minio', 'docker-registry'],
  async prepare(server) {
    await rate(server, await pushJobs(server, `warm-${server.name}`, PUSHES / 4), WARM_UP_SECONDS);
  },
  async measure(server, round) {
    return rate(server, await pushJobs(server, `${server.name}-${round}`, PUSHES), MEASURED_SECONDS);
  },
};

interface Repeated {
  name: string;
  title: string;
  servers: Workload['servers'];
  /** The request, for what was pushed under `stored` where it is about something. */
  job(server: Server, stored: string): Promise<Job>;
  needsStored: boolean;
}

/** The same request again and again. */
function repeated({ name, title, servers, job, needsStored }: Repeated): Workload {
  const stored = `stored-for-${name}`;
  return {
    name,
    title: `${title}, ${CONNECTIONS} connections`,
    unit: '/s',
    servers,
    async prepare(server) {
      if (needsStored && server.api.push) await pushOnce(server, stored, SMALL_BYTES);
      await rate(server, [await job(server, stored)], WARM_UP_SECONDS);
    },
    measure: async (server) => rate(server, [await job(server, stored)], MEASURED_SECONDS),
  };
}

/** Many small requests. */
export const smallWorkloads: Workload[] = [
  smallPush,
  repeated({
    name: 'small-pull',
    title: `pull ${SMALL_BYTES / 1000} kB, look-up and bytes`,
    servers: ['groundstation', 'bare', 'minio', 'docker-registry'],
    job: (server, stored) => does(server, 'pull')(stored, SMALL_BYTES),
    needsStored: true,
  }),
  repeated({
    name: 'whoami',
    title: 'whoami',
    servers: ['groundstation', 'bare', 'bare-memory'],
    job: (server) => does(server, 'whoami')(),
    needsStored: false,
  }),
  repeated({
    name: 'stat',
    title: 'stat',
    servers: [
      'groundstation',
      'app-router',
      'empty-app-router',
      'bare',
      'bare-memory',
      'minio',
      'docker-registry',
    ],
    job: (server, stored) => does(server, 'stat')(stored),
    needsStored: true,
  }),
  repeated({
    name: 'list',
    title: 'list the newest 100 of 10,000',
    servers: ['groundstation', 'bare', 'bare-memory', 'minio'],
    job: (server) => does(server, 'list')(),
    needsStored: false,
  }),
  repeated({
    name: 'list-by-name',
    title: 'list the first 100 of 10,000 by name',
    servers: ['groundstation', 'minio'],
    job: (server) => does(server, 'listByName')(),
    needsStored: false,
  }),
];
