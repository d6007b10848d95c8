import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '#lib/root.ts';
import type { Engine } from './engine.ts';
import { type Outcome, run } from './run.ts';
import type { Station } from './station.ts';

const ENVIRONMENT = path.join(ROOT, '.cache/python/jina-3.23/bin');
const SCRIPT = path.join(ROOT, 'e2e/sdk/executors/call_flow.py');

/** An Executor that greets whom it is sent. */
const HELLO = `
from jina import Executor, requests

class Hello(Executor):
    def __init__(self, greeting: str = 'hello', **kwargs):
        super().__init__(**kwargs)
        self.greeting = greeting

    @requests
    def greet(self, docs, **kwargs):
        for doc in docs:
            doc.text = f'{self.greeting} {doc.text}'
`;

/** The folder of that Executor under a name. */
export function helloNamed(name: string): Record<string, string> {
  const config = `jtype: Hello\npy_modules: executor.py\nmetas:\n  name: ${name}\n`;
  return { 'executor.py': HELLO, 'config.yml': config };
}

/** Somebody at a machine with jina 3.23, its command line and an engine. */
export class Client {
  readonly #env: Record<string, string>;
  readonly home: string;
  readonly #registry: string;

  /** @param token none for who is not logged in. */
  constructor(station: Station, engine: Engine, token: string | null) {
    this.home = mkdtempSync(path.join(station.folder, 'home-'));
    this.#registry = station.registry;
    this.#env = {
      HOME: this.home,
      DOCKER_HOST: engine.host,
      DOCKER_CONFIG: path.join(this.home, '.docker'),
      PATH: `${ENVIRONMENT}:${process.env.PATH}`,
      JINA_HUBBLE_REGISTRY: station.server.url,
      JINA_HUB_ROOT: path.join(this.home, 'hub'),
      JINA_OPTOUT_TELEMETRY: '1',
      NO_PROXY: '*',
      COLUMNS: '500',
      ...(token ? { JINA_AUTH_TOKEN: token } : {}),
    };
  }

  /** Writes the folder of an Executor and pushes it by the real client. */
  async push(files: Record<string, string>, ...options: string[]): Promise<Outcome> {
    const folder = mkdtempSync(path.join(this.home, 'executor-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    return this.run('jina-hub', 'push', folder, '--no-usage', ...options);
  }

  /** Has the stock helper answer the engine's questions for the registry that the server names (contract 6.2). */
  async installHelper(): Promise<void> {
    // It ends with 1 though it has done all.
    const { output } = await this.run('docker-credential-jina-hubble', 'deploy');
    const written = JSON.parse(await readFile(path.join(this.home, '.docker/config.json'), 'utf8'));
    if (written.credHelpers?.[this.#registry] !== 'jina-hubble') throw new Error(output);
  }

  /** Serves an Executor in a Flow and calls it. */
  async flow(uses: string, usesWith: Record<string, unknown>, ...words: string[]): Promise<Outcome> {
    // Where this machine is a container itself, jina says `host.docker.internal` for its engine's: here that is this machine.
    const hosts = path.join(this.home, 'hosts');
    await writeFile(hosts, `${await readFile('/etc/hosts', 'utf8')}\n127.0.0.1 host.docker.internal\n`);
    const mounted = ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', hosts];
    return this.run(...mounted, 'python', SCRIPT, uses, JSON.stringify(usesWith), ...words);
  }

  run(...words: string[]): Promise<Outcome> {
    return run(words, { env: this.#env, seconds: 300 });
  }
}
