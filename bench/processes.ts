import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Of a second, in which the kernel counts. Linux has had 100 of them for programs since long ago. */
const TICKS = 100;

interface ProcessFacts {
  pid: number;
  parent: number;
  /** Its own and that of children that have ended. */
  cpuSeconds: number;
}

function readStat(pid: number): ProcessFacts | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { pid, parent, cpuSeconds: ticks / TICKS };
  } catch {
    // It ended in the meantime, or this is not Linux.
    return null;
  }
}

/** The processes of `roots` and everything below them. */
function tree(roots: number[]): ProcessFacts[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const all = pids.map(readStat).filter((facts) => facts !== null);
  const inside = new Set(roots);
  for (let before = 0; before !== inside.size; ) {
    before = inside.size;
    for (const { pid, parent } of all) if (inside.has(parent)) inside.add(pid);
  }
  return all.filter(({ pid }) => inside.has(pid));
}

/** The CPU time of processes with all their children, in seconds; NaN where there is no /proc. */
export function cpuSeconds(roots: number[]): number {
  if (process.platform !== 'linux') return Number.NaN;
  return tree(roots).reduce((sum, facts) => sum + facts.cpuSeconds, 0);
}

function memoryField(file: string, field: string): number {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** The memory that a process has now, in bytes. */
export function residentBytes(pid: number): number {
  return memoryField(`/proc/${pid}/status`, 'VmRSS');
}

/** The memory of a database's processes in bytes; what they share counts once. NaN where that cannot be read. */
export function databaseBytes(postmaster: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const sizes = tree([postmaster]).map(({ pid }) => memoryField(`/proc/${pid}/smaps_rollup`, 'Pss'));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** The most memory that a process had since its start or since `resetPeak`, in bytes. */
export function peakBytes(pid: number): number {
  return memoryField(`/proc/${pid}/status`, 'VmHWM');
}

/** Begins a new peak, where the kernel lets us. */
export function resetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // The peak since the start is an upper bound of what was wanted.
  }
}
