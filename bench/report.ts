import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { type Finding, figure } from './finding.ts';

const HEADINGS = ['Workload', 'Groundstation', 'beside', 'ratio', 'goal', '', 'CPU time and more'];
const BEGIN = '<!-- bench: written by npm run bench -- --markdown FILE -->';
const END = '<!-- /bench -->';

function cells({ what, ours, reference = '', ratio, goal = '', isMet, note = '' }: Finding): string[] {
  const verdict = isMet === undefined ? '' : isMet ? 'met' : 'missed';
  return [what, ours, reference, ratio === undefined ? '' : figure(ratio), goal, verdict, note];
}

/** For a terminal: columns of one width. */
export function asText(findings: Finding[]): string {
  const rows = [HEADINGS, ...findings.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function asMarkdown(findings: Finding[], facts: string, columns: number): string {
  const line = (row: string[]) => `| ${row.slice(0, columns).join(' | ')} |`;
  const rows = [line(HEADINGS), line(HEADINGS.map(() => '---')), ...findings.map((one) => line(cells(one)))];
  return `${rows.join('\n')}\n\n${facts}\n`;
}

/** Writes the table into `file`: between its marks where it has them, without the notes; else it is the whole file. */
export function writeMarkdown(file: string, findings: Finding[], facts: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
  const isPart = from >= 0 && to > from;
  const table = asMarkdown(findings, facts, isPart ? HEADINGS.length - 1 : HEADINGS.length);
  const whole = isPart
    ? `${before.slice(0, from)}${BEGIN}\n\n${table}\n${before.slice(to)}`
    : `# How fast\n\n${table}`;
  writeFileSync(file, whole);
}

function fileSystem(folder: string): string {
  try {
    return `, ${execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim()}`;
  } catch {
    return '';
  }
}

/** The machine and the way in one paragraph: without them no figure means anything. */
export function machineFacts(folder: string, rounds: number, absent: string[]): string {
  const cpus = os.cpus();
  const gib = (bytes: number) => `${Math.round(bytes / 2 ** 30)} GiB`;
  const { bsize, bavail } = statfsSync(folder);
  const machine = [
    `${cpus.length} cores (${cpus[0]?.model.trim()})`,
    `${gib(os.totalmem())} of memory`,
    `${gib(bsize * bavail)} free${fileSystem(folder)}`,
    `${os.type()} ${os.release()}`,
    `Node ${process.versions.node}`,
    `load ${figure(os.loadavg()[0] ?? 0)} before`,
  ];
  const missing = absent.length === 0 ? '' : ` Not installed here: ${absent.join(', ')}.`;
  return (
    `Medians of ${rounds} rounds, every server once in each, the client on the same machine: ${machine.join(', ')}. ` +
    `Before each sample in MB/s up to 4 GiB of memory were touched, so that none waits for pages of the machine below. ` +
    `Only ratios carry over to another machine. CPU time is that of the server with its database, ours first.${missing}`
  );
}
