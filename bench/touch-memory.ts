import { execFileSync } from 'node:child_process';
import os from 'node:os';

const PIECE_BYTES = 256 * 2 ** 20;
const MOST_PIECES = 16;
const TOUCH = `
  const pieces = [];
  for (let count = Number(process.argv[1]); count > 0; count--) pieces.push(Buffer.alloc(${PIECE_BYTES}, 1));
`;

/**
 * Takes up to 4 GiB of memory, at most a half of what is free, writes into it and gives it back. On a virtual machine,
 * memory that nobody has used lately is often not there until it is touched: one and the same copy of a gigabyte into the
 * page cache cost 0.25 or 0.75 s of CPU here, whichever program made it. What is touched is taken again first, so every
 * server finds the same.
 */
export function touchMemory(): void {
  const pieces = Math.min(MOST_PIECES, Math.floor(os.freemem() / 2 / PIECE_BYTES));
  execFileSync(process.execPath, ['-e', TOUCH, String(pieces)]);
}
