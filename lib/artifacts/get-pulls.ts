import { clientName } from '#lib/artifacts/client-name.ts';
import { type ArtifactRef, findOwn } from '#lib/artifacts/find.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** The days of the chart, today included; as long as pulls are kept one by one. */
export const PULL_DAYS = 90;
/** Programs that are told apart; the rest count together. */
const MAX_CLIENTS = 50;

/** How one kind of program pulled an artifact. */
export interface ClientPulls {
  client: string;
  /** The newest version that it pulled. */
  version: number;
  count: number;
  last: Date;
}

/** The pulls of an artifact. */
export interface Pulls {
  /** All there ever were. */
  total: number;
  last: Date | null;
  /** The last `PULL_DAYS` days in UTC, the oldest first; `day` is the midnight on which it began. */
  days: { day: Date; count: number }[];
  /** The most frequent first. */
  clients: ClientPulls[];
}

const BY_CLIENT = {
  name: 'pulls-by-client',
  text: `SELECT client, max(version) AS version, sum(count)::float8 AS count, max(last) AS last FROM (
      SELECT client, version_number AS version, 1 AS count, at AS last FROM download WHERE artifact_id = $1
      UNION ALL
      SELECT client, version_number, count, day::timestamp AT TIME ZONE 'UTC' FROM download_day WHERE artifact_id = $1
    ) AS pulls GROUP BY client`,
};

const BY_DAY = {
  name: 'pulls-by-day',
  text: `SELECT day::timestamp AT TIME ZONE 'UTC' AS day, sum(count)::float8 AS count FROM (
      SELECT (at AT TIME ZONE 'UTC')::date AS day, 1 AS count FROM download WHERE artifact_id = $1 AND at >= $2
      UNION ALL
      SELECT day, count FROM download_day
      WHERE artifact_id = $1 AND day >= ($2::timestamptz AT TIME ZONE 'UTC')::date
    ) AS pulls GROUP BY day`,
};

/** Programs of one name are one, and what comes after the first `MAX_CLIENTS` is too. */
function mergeClients(rows: ClientPulls[]): ClientPulls[] {
  const merged = new Map<string, ClientPulls>();
  const add = (name: string, { version, count, last }: ClientPulls) => {
    const old = merged.get(name);
    merged.set(name, {
      client: name,
      version: Math.max(version, old?.version ?? 0),
      count: count + (old?.count ?? 0),
      last: old && old.last > last ? old.last : last,
    });
  };
  const bySize = (a: ClientPulls, b: ClientPulls) => b.count - a.count || (a.client < b.client ? -1 : 1);
  for (const row of rows) add(clientName(row.client), row);
  const sorted = [...merged.values()].sort(bySize);
  const first = sorted.slice(0, MAX_CLIENTS);
  merged.clear();
  for (const row of sorted.slice(MAX_CLIENTS)) add('Others', row);
  return [...first, ...merged.values()];
}

/** What a chart and a table show, of the rows of a query by program and of one by day. */
export function toPulls(
  byClient: ClientPulls[],
  byDay: { day: Date; count: number }[],
  firstDay: Date,
): Pulls {
  const clients = mergeClients(byClient);
  const counts = new Map(byDay.map(({ day, count }) => [day.getTime(), count]));
  const lastMs = Math.max(...clients.map(({ last }) => last.getTime()));
  return {
    total: clients.reduce((sum, { count }) => sum + count, 0),
    last: clients.length > 0 ? new Date(lastMs) : null,
    days: Array.from({ length: PULL_DAYS }, (_, index) => {
      const day = new Date(firstDay.getTime() + index * DAY_MS);
      return { day, count: counts.get(day.getTime()) ?? 0 };
    }),
    clients,
  };
}

/** The midnight in UTC on which the chart's first day began. */
export function firstDayOf(clock: Clock): Date {
  const today = Math.floor(clock.now().getTime() / DAY_MS) * DAY_MS;
  return new Date(today - (PULL_DAYS - 1) * DAY_MS);
}

interface PullsOptions {
  caller: Caller;
  ref: ArtifactRef;
  clock: Clock;
}

/**
 * The pulls of an artifact of the caller's.
 * @throws Fault `not-found`, or `not-allowed` for a public one of somebody else.
 */
export async function getPulls({ caller, ref, clock }: PullsOptions): Promise<Pulls> {
  const { id } = await findOwn(caller, ref);
  const firstDay = firstDayOf(clock);
  const [{ rows: byClient }, { rows: byDay }] = await Promise.all([
    pool().query<ClientPulls>({ ...BY_CLIENT, values: [id] }),
    pool().query<{ day: Date; count: number }>({ ...BY_DAY, values: [id, firstDay] }),
  ]);
  return toPulls(byClient, byDay, firstDay);
}
