import { readFile } from 'node:fs/promises';

/** An operation of the matrix, as matrix/operations.py describes it for one client. */
export interface Row {
  title: string;
  /** Why this client cannot do it. */
  absent?: string;
  /** With what difference this client does it. */
  note?: string;
}

type Outcome = 'ok' | 'FAILED' | 'skipped';

/** What pytest reported about one environment. */
export interface Report {
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** The operations of the matrix in their order; those too that are not in this client. */
  rows: Row[];
  /** By the title of the operation. */
  outcomes: Map<string, Outcome>;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

/** The values of all properties of this name in a piece of the report. */
function properties(xml: string, name: string): string[] {
  const found = xml.matchAll(/<property name="([^"]*)" value="([^"]*)"/g);
  return [...found].filter(([, key]) => key === name).map(([, , value]) => decode(value ?? ''));
}

function outcomeOf(testcase: string): Outcome {
  if (/<(failure|error)[ >]/.test(testcase)) return 'FAILED';
  return /<skipped[ >]/.test(testcase) ? 'skipped' : 'ok';
}

/** Parses pytest's JUnit report: the counts, and what the matrix wrote into it. An empty text is an empty report. */
export function parseReport(xml: string): Report {
  const number = (attribute: string) => Number(new RegExp(` ${attribute}="([\\d.]+)"`).exec(xml)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  const skipped = number('skipped');
  const [head = '', ...testcases] = xml.split(/(?=<testcase )/);
  const outcomes = new Map<string, Outcome>();
  for (const testcase of testcases) {
    const [title] = properties(testcase, 'operation');
    // A test whose fixtures fail too is reported twice.
    if (title !== undefined && outcomes.get(title) !== 'FAILED') outcomes.set(title, outcomeOf(testcase));
  }
  return {
    failed,
    skipped,
    passed: number('tests') - failed - skipped,
    seconds: number('time'),
    rows: properties(head, 'row').map((row) => JSON.parse(row) as Row),
    outcomes,
  };
}

/** The report in `file`; an empty one when pytest died before it could write any. */
export async function readReport(file: string): Promise<Report> {
  return parseReport(await readFile(file, 'utf8').catch(() => ''));
}
