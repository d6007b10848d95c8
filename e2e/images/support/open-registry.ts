import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { freePorts } from './free-ports.ts';

const PATIENT = { timeout: 30_000, interval: 50 };

/** A real registry that asks nobody for a token, for tests of what stands in front of it. */
export async function startOpenRegistry(folder: string): Promise<{ port: number; stop(): Promise<void> }> {
  const [port = 0] = await freePorts(1);
  const file = path.join(folder, 'registry.yml');
  writeFileSync(
    file,
    `version: 0.1
storage: {filesystem: {rootdirectory: ${folder}/registry}}
http: {addr: '127.0.0.1:${port}', secret: no-secret}
log: {level: error, accesslog: {disabled: true}}
`,
  );
  const child = spawn('docker-registry', ['serve', file], {
    stdio: 'ignore',
    env: { NODE_ENV: 'test', PATH: process.env.PATH },
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
  await vi.waitUntil(answers, PATIENT).catch(async (error) => {
    await stop();
    throw error;
  });
  return { port, stop };
}
