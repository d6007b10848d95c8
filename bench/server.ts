import type { Job } from './load/plan.ts';

/** The servers that are measured beside each other. */
export type ServerName =
  | 'groundstation'
  | 'app-router'
  | 'bare'
  | 'bare-memory'
  | 'empty-app-router'
  | 'minio'
  | 'docker-registry';

/** How its clients do each thing, as requests; what is absent it cannot do. Names are new ones unless it is said. */
export interface Api {
  /** Sends `sizeBytes`; acknowledged means on disk. */
  push?(name: string, sizeBytes: number): Promise<Job>;
  /** Looks up what was pushed under `name`, and reads it whole. */
  pull?(name: string, sizeBytes: number): Promise<Job>;
  whoami?(): Promise<Job>;
  /** The facts of what was pushed under `name`. */
  stat?(name: string): Promise<Job>;
  /** The newest hundred of ten thousand. */
  list?(): Promise<Job>;
  /** The first hundred of ten thousand by name. */
  listByName?(): Promise<Job>;
  /** Removes what was pushed, bytes included, so that the disk does not fill. */
  remove?(names: string[]): Promise<void>;
}

/** A server that runs. */
export interface Server {
  name: ServerName;
  /** In words, for the table. */
  label: string;
  origin: string;
  /** Its own process. */
  pid: number;
  /** Where its process trees begin: its own, and its database's. */
  roots: number[];
  api: Api;
  stop(): Promise<void>;
}

/** One of a server's requests. @throws when the server cannot do that, which a workload's list of servers excludes. */
export function does<Verb extends keyof Api>({ api, name }: Server, verb: Verb): NonNullable<Api[Verb]> {
  const found = api[verb];
  if (!found) throw new Error(`${name} cannot ${verb}`);
  return found;
}
