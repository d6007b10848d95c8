import { type Finding, figure } from '../finding.ts';
import type { Job } from '../load/plan.ts';
import { measure, planFor } from '../measure.ts';
import { peakBytes, resetPeak } from '../processes.ts';
import { does, type Server } from '../server.ts';

const MIB = 1024 * 1024;
const ONE_LIMIT_BYTES = 300_000_000;
const EIGHT_LIMIT_BYTES = 450_000_000;
const AT_ONCE = 8;

/** The most memory that the server's process takes while `count` pushes of `sizeBytes` come in at once. */
async function peakOf(server: Server, count: number, sizeBytes: number): Promise<number> {
  const names = Array.from({ length: count }, (_, index) => `peak-${server.name}-${count}-${index}`);
  const jobs: Job[] = [];
  for (const name of names) jobs.push(await does(server, 'push')(name, sizeBytes));
  resetPeak(server.pid);
  await measure(server, planFor(server, { jobs, connections: count, maxJobs: count }));
  const peak = peakBytes(server.pid);
  await does(server, 'remove')(names);
  return peak;
}

function finding(what: string, peak: number, limitBytes: number): Finding {
  const isMet = peak < limitBytes;
  return { what, ours: `${figure(peak / 1e6)} MB`, goal: `under ${limitBytes / 1e6} MB`, isMet };
}

/** One push of four times `sizeBytes`, and eight of half of it at once. */
export async function measureMemory(
  servers: Server[],
  sizeBytes: number,
  tell: (line: string) => void,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const server of servers) {
    const where = server.name === 'app-router' ? `, ${server.label}` : '';
    const one = await peakOf(server, 1, sizeBytes * 4);
    const title = `peak memory, push of ${(sizeBytes * 4) / MIB} MiB${where}`;
    findings.push(finding(title, one, ONE_LIMIT_BYTES));
    const eight = await peakOf(server, AT_ONCE, sizeBytes / 2);
    const eightTitle = `peak memory, ${AT_ONCE} pushes of ${sizeBytes / 2 / MIB} MiB at once${where}`;
    findings.push(finding(eightTitle, eight, EIGHT_LIMIT_BYTES));
    tell(`memory ${server.label}: ${figure(one / 1e6)} MB, ${figure(eight / 1e6)} MB`);
  }
  return findings;
}
