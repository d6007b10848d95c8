import type { Socket } from 'node:net';
import type pg from 'pg';

/** What pg keeps of a connection, and its types do not tell. */
interface Wire {
  /** Whether no statement is under way. */
  readyForQuery: boolean;
  connection: { stream: Socket };
}

/**
 * Closes a connection on which a statement has waited for `silenceMs` milliseconds without a byte from Postgres; the
 * statement fails. An idle connection may be silent for as long as it likes. pg's `query_timeout` does so too, by a
 * timer for each statement; those keep so much garbage alive that the process takes 100 MB more.
 */
export function watchSilence(client: pg.ClientBase, silenceMs: number): void {
  const wire = client as unknown as Wire;
  const { stream } = wire.connection;
  stream.setTimeout(silenceMs);
  // Not as the argument above, which is told of the first silence alone, when the connection may be idle.
  stream.on('timeout', () => {
    if (wire.readyForQuery) return;
    stream.destroy(new Error(`Connection terminated: the database was silent for ${silenceMs} ms`));
  });
}
