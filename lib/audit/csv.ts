import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { readActs } from '#lib/audit/read.ts';
import type { Caller } from '#lib/auth/caller.ts';

const COLUMNS = ['at', 'action', 'target', 'by', 'token', 'address', 'client', 'request', 'detail'];

/** Everything that is written down of the person's namespace, the latest first, as CSV (RFC 4180). */
export function actsAsCsv(caller: Caller): Readable {
  async function* rows() {
    for await (const { at, action, target, by, address, client, requestId, detail } of readActs(caller)) {
      const told = detail === null ? null : JSON.stringify(detail);
      yield [at.toISOString(), action, target, by.kind, by.tokenName, address, client, requestId, told];
    }
  }
  // A name that begins like a formula would be one to the program that opens the file.
  const csv = stringify({
    header: true,
    columns: COLUMNS,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  return Readable.from(rows()).compose(csv) as Readable;
}
