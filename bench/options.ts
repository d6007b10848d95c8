import { parseArgs } from 'node:util';
import { Refusal } from '#lib/refusal.ts';

/** What one run measures, and how long it takes over it. */
export interface Options {
  /** Names of workloads. */
  only: string[];
  rounds: number;
  /** Of the large push and pull; eight at once have a quarter of it each, the push for the peak of memory four times. */
  sizeMib: number;
  /** Files for the table as Markdown. */
  markdown: string[];
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Refusal(`--${name} is "${text}"; it must be a whole number from 1.`);
}

/**
 * Reads the words after `npm run bench --`.
 * @param known the names of all workloads, which are measured when none is given.
 * @throws Refusal with a sentence for a word or a value that means nothing here.
 */
export function readOptions(words: string[], known: string[]): Options {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      size: { type: 'string', default: '1024' },
      markdown: { type: 'string', multiple: true, default: [] },
    },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown) throw new Refusal(`There is no workload ${unknown}. There are: ${known.join(', ')}.`);
  return {
    only: positionals.length > 0 ? positionals : known,
    rounds: wholeNumber('rounds', values.rounds),
    sizeMib: wholeNumber('size', values.size),
    markdown: values.markdown,
  };
}
