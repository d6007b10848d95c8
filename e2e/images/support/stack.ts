import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '#lib/root.ts';
import { type ComposeFile, type ComposeService, createWords, inOrder, readCompose } from './compose.ts';
import { type Engine, startEngine } from './engine.ts';
import { run, succeed } from './run.ts';
import { IMAGES, makeImages } from './stand-ins.ts';

/** Of this machine, as every container that reaches the world reaches it. */
export const MACHINE = '172.30.98.1';
const FILE = path.join(ROOT, 'deploy/compose.yaml');
const START_SECONDS = 120;
const POLL_MS = 250;

/** The containers of deploy/compose.yaml under an engine of their own. */
export class Stack {
  readonly #engine: Engine;
  readonly #file: ComposeFile;

  private constructor(engine: Engine, file: ComposeFile) {
    this.#engine = engine;
    this.#file = file;
  }

  /** Makes the images, and starts everything in the order that the file says. @param variables of the .env file. */
  static async start(variables: Record<string, string>): Promise<Stack> {
    const engine = await startEngine({ bip: `${MACHINE}/24`, bridge: 'gs-stack0' });
    const stack = new Stack(engine, readCompose(FILE, { ...IMAGES, ...variables }));
    try {
      await makeImages(engine);
      await stack.#startAll();
      return stack;
    } catch (error) {
      const logs = await stack.logs();
      await stack.stop();
      throw new Error(`${error instanceof Error ? error.message : error}\n${logs}`);
    }
  }

  #docker(...words: string[]): Promise<string> {
    return succeed(['/usr/bin/docker', ...words], { env: { DOCKER_HOST: this.#engine.host } });
  }

  async #startAll(): Promise<void> {
    for (const [name, network] of Object.entries(this.#file.networks))
      await this.#docker('network', 'create', ...(network?.internal ? ['--internal'] : []), name);
    for (const name of Object.keys(this.#file.volumes)) await this.#docker('volume', 'create', name);
    for (const name of inOrder(this.#file)) {
      const service = this.#file.services[name] as ComposeService;
      for (const [before, { condition }] of Object.entries(service.depends_on ?? {}))
        await this.#untilIt(before, condition);
      await this.#docker('create', ...createWords(name, service));
      for (const network of service.networks.slice(1))
        await this.#docker('network', 'connect', '--alias', name, network, name);
      await this.#docker('start', name);
    }
    for (const name of ['worker', 'builder']) await this.#untilIt(name, 'service_healthy');
  }

  /** Waits until a container is well, or has done its work. */
  async #untilIt(name: string, condition: string): Promise<void> {
    if (condition === 'service_started') return;
    const format =
      '{{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{end}}';
    for (let waited = 0; waited < (START_SECONDS * 1000) / POLL_MS; waited++) {
      const [status, code, health] = (await this.#docker('inspect', '--format', format, name))
        .trim()
        .split(' ');
      if (condition === 'service_healthy' ? health === 'healthy' : status === 'exited' && code === '0')
        return;
      if (status === 'exited') break;
      await delay(POLL_MS);
    }
    throw new Error(`${name} does not get as far as ${condition}`);
  }

  /** Runs a program in a container; what it prints. @throws with that when it fails. */
  async execute(name: string, words: string[], stdin = ''): Promise<string> {
    const env = { DOCKER_HOST: this.#engine.host };
    return (await succeed(['/usr/bin/docker', 'exec', '-i', name, ...words], { env, stdin })).trimEnd();
  }

  /** Has a container trust an authority, as Debian does it. @param authority its certificate. */
  async trust(name: string, authority: string): Promise<void> {
    const taken = 'cat > /usr/local/share/ca-certificates/house.crt && update-ca-certificates';
    const words = ['/usr/bin/docker', 'exec', '-i', '--user', '0', name, 'sh', '-euc', taken];
    await succeed(words, { env: { DOCKER_HOST: this.#engine.host }, stdin: authority });
  }

  /** Where this machine reaches a port of a container that nobody else does. */
  async urlOf(name: string, port: number): Promise<string> {
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}';
    const [address] = (await this.#docker('inspect', '--format', format, name)).trim().split(' ');
    return `http://${address}:${port}`;
  }

  /** @returns its exit code. */
  async stopOne(name: string): Promise<number> {
    await this.#docker('stop', '--time', '45', name);
    return Number(await this.#docker('inspect', '--format', '{{.State.ExitCode}}', name));
  }

  /** Everything that all of them have written. */
  async logs(): Promise<string> {
    const env = { DOCKER_HOST: this.#engine.host };
    const all = inOrder(this.#file).map(async (name) => {
      const { output } = await run(['/usr/bin/docker', 'logs', '--tail', '200', name], { env });
      return `--- ${name}\n${output}`;
    });
    return (await Promise.all(all)).join('\n');
  }

  async stop(): Promise<void> {
    const env = { DOCKER_HOST: this.#engine.host };
    const ids = (await run(['/usr/bin/docker', 'ps', '-aq'], { env })).output.split('\n').filter(Boolean);
    if (ids.length > 0) await run(['/usr/bin/docker', 'rm', '--force', '--volumes', ...ids], { env });
    for (const name of Object.keys(this.#file.networks))
      await run(['/usr/bin/docker', 'network', 'rm', name], { env });
    await this.#engine.stop();
  }
}
