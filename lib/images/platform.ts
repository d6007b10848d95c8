/**
 * For which of the wanted platforms an image is built: this machine's own where it is among them, else the first of them.
 * @returns `linux/amd64`; null, the builder's own, where none is wanted.
 */
export function platformAmong(wanted: string[]): string | null {
  const own = `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;
  return wanted.includes(own) ? own : (wanted[0] ?? null);
}
