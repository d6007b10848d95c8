const PARTS = 3;

/** Four values from 0 to at least `highest`, in steps that people count in: 1, 2, 5, 10, 20 and so on. */
export function niceTicks(highest: number): number[] {
  const least = Math.max(1, highest / PARTS);
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * magnitude >= least) ?? 10;
  return Array.from({ length: PARTS + 1 }, (_, index) => index * factor * magnitude);
}
