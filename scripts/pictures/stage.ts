import type { AwayDatabase } from '#lib/testing/external-postgres.ts';
import type { Cast } from './seed.ts';

/** The server whose pages are shown, and who has them. */
export interface Stage {
  url: string;
  database: AwayDatabase;
  databaseUrl: string;
  cast: Cast;
}
