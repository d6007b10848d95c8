import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command, CommandContext } from '#lib/cli/command.ts';
import { commandBaseUrl } from '#lib/cli/command.ts';
import { SECOND_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Refusal } from '#lib/refusal.ts';
import { collectLayers } from '#lib/registry/collect.ts';
import { registryConfig, tokenRealm } from '#lib/registry/config.ts';
import { addKey, certificateBundle } from '#lib/registry/keys.ts';
import { registryFiles } from '#lib/registry/place.ts';
import { adoptWaitingKey } from '#lib/registry/rotate.ts';

/** Where an external registry has its things, unless its administrator says otherwise. */
const EXTERNAL = {
  address: ':5000',
  folder: '/var/lib/registry',
  bundle: '/etc/distribution/groundstation.crt',
};
/** Our own registry looks for new certificates every two seconds, and starts in half of one. */
const ROTATE_TRIES = 60;
const ROTATE_WAIT_MS = SECOND_MS / 2;

/** Writes the certificates where an administrator finds them, and our own registry does. */
async function writeBundle(): Promise<string> {
  const { folder, bundle } = registryFiles();
  const file = env().REGISTRY_URL ? bundle : `${bundle}.copy`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, await certificateBundle());
  chmodSync(file, 0o644);
  return file;
}

async function config({ print }: CommandContext): Promise<void> {
  const file = await writeBundle();
  const base = commandBaseUrl();
  const serverUrl = env().REGISTRY_EVENTS_URL ?? base;
  const text = registryConfig({ ...EXTERNAL, realm: tokenRealm(base), serverUrl });
  print(`# The certificates are in ${file}: copy them to where rootcertbundle says.`);
  print('# Secrets are in this file; only the registry should read it.');
  print(text.trimEnd());
}

async function rotate({ print }: CommandContext): Promise<void> {
  await addKey();
  if (env().REGISTRY_URL) {
    const file = await writeBundle();
    if (await adoptWaitingKey()) return print('The new key signs.');
    return print(
      `The new certificates are in ${file}. Copy them to the registry and start that again; the new key signs within a minute of it.`,
    );
  }
  for (let tries = 0; tries < ROTATE_TRIES; tries++) {
    if (await adoptWaitingKey()) return print('The new key signs.');
    await delay(ROTATE_WAIT_MS);
  }
  print('The new key signs as soon as the registry runs.');
}

async function gc({ print }: CommandContext): Promise<void> {
  if (env().REGISTRY_URL)
    throw new Refusal('REGISTRY_URL names the registry; collect its layers there, as docs/registry.md says.');
  const removed = await collectLayers(systemClock);
  if (removed === null) throw new Refusal('An image is being pushed; try again in a moment.');
  print(`${removed} layers and other blobs removed.`);
}

/** `admin registry …` */
export const registryCommands: Record<string, Command> = {
  config: { usage: '', run: config },
  rotate: { usage: '', run: rotate },
  gc: { usage: '', run: gc },
};
