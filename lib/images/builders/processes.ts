import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Where programs are looked for. */
export const PROGRAM_FOLDERS = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Of this process's own variables, many of them secrets, nothing that it starts gets any. */
export const BARE = {
  NODE_ENV: 'production',
  PATH: PROGRAM_FOLDERS,
} as const;

/** A sandbox that could not be made; the message is for the log. */
export class SandboxError extends Error {}

/** Ends the process group of `child`, which leads it. */
export function endGroupOf(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}

/** Whether anything comes before the end of `stream`. */
export async function saysAnything(stream: Readable): Promise<boolean> {
  for await (const _ of stream) return true;
  return false;
}

/** The first line of `stream`, or what there is of it at its end. @param maxLength in characters. */
export async function firstLine(stream: Readable, maxLength: number): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const piece of stream) {
    text += piece;
    if (text.includes('\n') || text.length > maxLength) break;
  }
  return text.split('\n')[0]?.slice(0, maxLength) ?? '';
}
