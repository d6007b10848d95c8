import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { SECOND_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { Refusal } from '#lib/refusal.ts';
import { DRAIN_MS, registryConfig, tokenRealm } from '#lib/registry/config.ts';
import { certificateBundle } from '#lib/registry/keys.ts';
import { registryFiles, registryUrl } from '#lib/registry/place.ts';
import {
  dismissLeftOver,
  lastLine,
  type RegistryProcess,
  registryUser,
  startRegistry,
  trimLog,
} from '#lib/registry/process.ts';
import { requireProgram } from '#lib/registry/program.ts';

/** A registry of our own that runs until it is stopped, whatever kills its process. */
export interface OwnRegistry {
  stop(): Promise<void>;
}

/** With the waits between them, time enough for another one to free the port. */
const START_ATTEMPTS = 7;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5 * SECOND_MS;
/** How often we look whether there is another certificate to trust. */
const WATCH_MS = 2 * SECOND_MS;
/** Until a registry that does not end in good order is killed. */
const STOP_MS = DRAIN_MS + 5 * SECOND_MS;

function waitMs(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
}

/** A file for the registry's eyes and ours. */
function writeOwn(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  const user = registryUser();
  if (user) chownSync(file, user.uid, user.gid);
}

/**
 * Makes the folder, its configuration and its storage.
 * @param address where this server listens.
 * @returns the realm that the registry will name.
 */
function prepare(address: string): string {
  const { HOST, PUBLIC_URL, REGISTRY_PORT } = env();
  const { folder, storage, config, bundle } = registryFiles();
  mkdirSync(folder, { recursive: true });
  // Passable: what is secret in it has the registry's user as its owner.
  chmodSync(folder, 0o711);
  mkdirSync(storage, { recursive: true, mode: 0o700 });
  const user = registryUser();
  if (user) chownSync(storage, user.uid, user.gid);
  const realm = tokenRealm(PUBLIC_URL ?? address);
  const text = registryConfig({
    address: `${HOST.includes(':') ? `[${HOST}]` : HOST}:${REGISTRY_PORT}`,
    folder: storage,
    bundle,
    realm,
    serverUrl: address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:'),
  });
  writeOwn(config, text);
  return realm;
}

/** Starts the registry again each time it goes away, and when it has to trust another certificate, until `stop`. */
class Supervisor implements OwnRegistry {
  readonly #realm: string;
  #running: RegistryProcess | null = null;
  #bundle = '';
  readonly #stopping = new AbortController();
  #watch: Promise<void> = Promise.resolve();

  constructor(realm: string) {
    this.#realm = realm;
  }

  /** @throws Refusal when it does not start. */
  async start(): Promise<void> {
    await this.#takeBundle();
    dismissLeftOver();
    if (!(await this.#startUp(START_ATTEMPTS)))
      throw new Refusal(`The registry does not start: ${lastLine()}`);
    this.#watch = this.#keepRunning();
  }

  /** Writes the certificates down. @returns false when they are those that the registry has. */
  async #takeBundle(): Promise<boolean> {
    const bundle = await certificateBundle();
    if (bundle === this.#bundle) return false;
    writeOwn(registryFiles().bundle, bundle);
    this.#bundle = bundle;
    return true;
  }

  async #startUp(attempts = Number.POSITIVE_INFINITY): Promise<boolean> {
    const options = { program: requireProgram(), url: registryUrl(), realm: this.#realm };
    for (let attempt = 0; attempt < attempts && !this.#stopping.signal.aborted; attempt++) {
      const started = await startRegistry(options).catch((err) => {
        log().error({ err }, 'the registry could not be started; trying again');
        return null;
      });
      if (started) {
        this.#running = started;
        return true;
      }
      await this.#pause(waitMs(attempt));
    }
    return false;
  }

  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  async #hasNews(): Promise<boolean> {
    return this.#takeBundle().catch((err) => {
      log().debug({ err: String(err) }, 'the keys of the registry could not be read');
      return false;
    });
  }

  async #keepRunning(): Promise<void> {
    while (this.#running && !this.#stopping.signal.aborted) {
      await Promise.race([this.#running.gone, this.#pause(WATCH_MS)]);
      if (this.#stopping.signal.aborted) return;
      trimLog();
      if (this.#running.isGone()) {
        log().error({ reason: lastLine() }, 'the registry is gone; starting it again');
      } else {
        if (!(await this.#hasNews())) continue;
        // It reads certificates when it starts: this one finishes what it has begun, while the next one takes over.
        this.#signal('SIGTERM');
      }
      if (await this.#startUp()) log().info('the registry runs again');
    }
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      if (this.#running) process.kill(this.#running.pid, signal);
    } catch {
      // It is gone already.
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), STOP_MS);
    await this.#watch;
    await this.#running?.gone;
    clearTimeout(timer);
  }
}

/**
 * Runs our own registry on the data folder, in place of one that a killed process left running.
 * @param address where this server listens: `http://127.0.0.1:3000`.
 * @throws Refusal when it does not start; the sentence says why.
 */
export async function startOwnRegistry(address: string): Promise<OwnRegistry> {
  const registry = new Supervisor(prepare(address));
  try {
    await registry.start();
  } catch (error) {
    await registry.stop();
    throw error;
  }
  return registry;
}
