import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { BuildJob, BuiltImage, ImageBuilder } from '#lib/images/builder.ts';
import { type BuilderService, makeBuilderService } from '#lib/images/builder-service/service.ts';
import { remoteBuilder } from '#lib/images/builders-remote/remote.ts';

/** What a real registry would answer to every push. */
export const DIGEST = `sha256:${'0a'.repeat(32)}`;
const LIMITS = { memoryBytes: 1000, cpus: 1, processes: 10, diskBytes: 1000, seconds: 60 };

/** A builder of the machine that does what a test says, and remembers what it was asked. */
export class FakeBuilder implements ImageBuilder {
  readonly jobs: BuildJob[] = [];
  sweeps = 0;
  removed = 0;
  behave: (job: BuildJob) => Promise<void> = async () => {};
  pushed: (token: string, signal: AbortSignal) => Promise<string> = async () => DIGEST;

  async build(job: BuildJob): Promise<BuiltImage> {
    this.jobs.push(job);
    await this.behave(job);
    return {
      platform: 'linux/amd64',
      bom: async () => ({ spdxVersion: 'SPDX-2.3' }),
      push: async ({ token, onLog, signal }) => {
        onLog('Writing manifest', 'stderr');
        return this.pushed(token, signal);
      },
      remove: async () => {
        this.removed += 1;
      },
    };
  }

  async sweep(): Promise<void> {
    this.sweeps += 1;
  }
}

/** A builder elsewhere, over real HTTP, whose own builder is a fake; its caller has a small package. */
export class BuilderElsewhere {
  readonly token = 'a token that is known to both of them';
  readonly fake = new FakeBuilder();
  readonly folder: string;
  url = '';
  #service: BuilderService | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async start(): Promise<BuilderElsewhere> {
    const one = new BuilderElsewhere(await mkdtemp(path.join(os.tmpdir(), 'groundstation-remote-')));
    await mkdir(path.join(one.package, 'sub'), { recursive: true });
    await writeFile(path.join(one.package, 'Dockerfile'), 'FROM scratch\n');
    await writeFile(path.join(one.package, 'sub/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    await one.listen();
    return one;
  }

  get package(): string {
    return path.join(this.folder, 'package');
  }

  get service(): BuilderService {
    if (!this.#service) throw new Error('the builder was stopped');
    return this.#service;
  }

  async listen(port = 0): Promise<void> {
    const limits = { ...LIMITS, memoryBytes: 500 };
    const options = {
      token: this.token,
      folder: path.join(this.folder, 'contexts'),
      network: 'index' as const,
    };
    this.#service = await makeBuilderService({ builder: this.fake, limits, ...options });
    this.service.server.listen(port, '127.0.0.1');
    await once(this.service.server, 'listening');
    this.url = `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.service.server.address() as AddressInfo).port;
  }

  /** Packages that are unpacked right now. */
  contexts(): Promise<string[]> {
    return readdir(path.join(this.folder, 'contexts'));
  }

  job(changes: Partial<BuildJob> = {}): BuildJob {
    return {
      contextDir: this.package,
      dockerfile: 'Dockerfile',
      tag: 'registry.example.org:5000/jinahub/ab12cd34:0123',
      buildArgs: { JINA: '3.23' },
      secrets: { PASSPHRASE: 'nobody may read this' },
      labels: { 'org.opencontainers.image.title': 'Größe' },
      platform: null,
      noCache: true,
      network: 'none',
      limits: LIMITS,
      onLog: () => {},
      signal: new AbortController().signal,
      ...changes,
    };
  }

  build(changes?: Partial<BuildJob>): Promise<BuiltImage> {
    return remoteBuilder({ url: this.url, token: this.token }).build(this.job(changes));
  }

  async stop(): Promise<void> {
    const service = this.#service;
    this.#service = null;
    await service?.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
