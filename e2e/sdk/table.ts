import type { Report, Row } from './junit.ts';

/** One client: a column of the table. */
export interface Column {
  product: string;
  version: string;
  /** What pytest reported; null when the client could not be run here. */
  report: Report | null;
}

interface Cell {
  text: 'ok' | 'FAILED' | 'skipped' | '–';
  /** Why the operation is not in this client, or what is different there. */
  remark?: string;
}

/** One product's clients, the oldest first, and everything that one can do with any of them. */
interface Table {
  product: string;
  versions: string[];
  rows: { title: string; cells: Cell[] }[];
}

function byVersion(a: Column, b: Column): number {
  return a.version.localeCompare(b.version, 'en', { numeric: true });
}

function cellOf({ report }: Column, title: string): Cell {
  if (!report) return { text: 'skipped' };
  const row = report.rows.find((candidate) => candidate.title === title);
  if (row?.absent) return { text: '–', remark: row.absent };
  // An operation that was neither run nor known to be absent got lost, and that is a failure.
  return { text: report.outcomes.get(title) ?? 'FAILED', remark: row?.note };
}

/** Every client reports the same rows; one that died before it could has none. */
function titlesOf(columns: Column[]): string[] {
  const rows: Row[] = columns.map(({ report }) => report?.rows ?? []).find(({ length }) => length > 0) ?? [];
  return rows.map(({ title }) => title);
}

/** A table for each product. */
export function tablesOf(columns: Column[]): Table[] {
  return [...Map.groupBy(columns, ({ product }) => product)].sort().map(([product, group]) => {
    const clients = group.sort(byVersion);
    return {
      product,
      versions: clients.map(({ version }) => version),
      rows: titlesOf(clients).map((title) => ({
        title,
        cells: clients.map((column) => cellOf(column, title)),
      })),
    };
  });
}

/** For a terminal. */
export function asText({ product, versions, rows }: Table): string {
  const widest = Math.max(product.length, ...rows.map(({ title }) => title.length));
  const line = (first: string, others: string[]) =>
    [first.padEnd(widest), ...others.map((text) => text.padStart(7))].join(' ');
  return [
    line(product, versions),
    ...rows.map(({ title, cells }) =>
      line(
        title,
        cells.map(({ text }) => text),
      ),
    ),
  ].join('\n');
}

function superscript(number: number): string {
  return [...String(number)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

function asMarkdown({ product, versions, rows }: Table): string {
  const remarks: string[] = [];
  const numbered = ({ text, remark }: Cell) => {
    if (!remark) return text;
    if (!remarks.includes(remark)) remarks.push(remark);
    return text + superscript(remarks.indexOf(remark) + 1);
  };
  const line = (first: string, others: string[]) => `| ${[first, ...others].join(' | ')} |`;
  const body = rows.map(({ title, cells }) => line(title.replaceAll('<', '\\<'), cells.map(numbered)));
  return [
    `## ${product}`,
    '',
    line('', versions),
    line('---', Array(versions.length).fill(':-:')),
    ...body,
    '',
    ...remarks.map((remark, index) => `${index + 1}. ${remark}`),
    '',
  ].join('\n');
}

const HEAD = `# Clients

What was measured with the unmodified Python clients against this server, one test for each cell. \`ok\`: it does what
the row says. \`–\`: not in this client; the number says why.

This page is written by \`node e2e/sdk/run.ts --table\`, and \`npm test\` fails when it is not what was measured.
`;

/** The page docs/clients.md. */
export function asPage(tables: Table[]): string {
  return [HEAD, ...tables.map(asMarkdown)].join('\n');
}
