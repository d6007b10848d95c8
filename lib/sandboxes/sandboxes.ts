import type { Origin } from '#lib/audit/record.ts';
import { Fault } from '#lib/errors.ts';

/** Which sandbox is meant: there is one for each Executor, tag and version of jina, whoever asks. */
export interface SandboxOrder {
  origin: Origin;
  /** As in `getPackage` (contract 7.1). */
  id: string;
  secret?: string;
  tag?: string;
  /** The client's version of jina; none when it has none installed. */
  jina?: string;
  /** The arguments of the Deployment that asks, as it sent them. */
  args: Record<string, unknown>;
}

/** Where a running Executor answers. */
interface Sandbox {
  /** May begin with a scheme, such as `grpcs://`. */
  host: string;
  port: number;
}

/** Runs Executors for others. */
export interface Sandboxes {
  /** The one that runs, or null. @throws the faults of `lookForExecutor`. */
  find(order: SandboxOrder): Promise<Sandbox | null>;
  /** Starts one and waits until it answers. @throws Fault `not-allowed` where that is not done here. */
  create(order: SandboxOrder): Promise<Sandbox>;
}

/** Of a server that runs none: it says nothing about what there is. */
export const noSandboxes: Sandboxes = {
  async find() {
    return null;
  },
  async create() {
    throw new Fault('not-allowed', 'This server runs no sandboxes. Run the Executor yourself, by jinaai://.');
  },
};
