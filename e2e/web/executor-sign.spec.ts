import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import { freePorts } from '../images/support/free-ports.ts';
import { test as base } from './support/own-server.ts';
import { makeSigned, SIGNED_NAME } from './support/signed.ts';

/** Whether the machine has a registry. */
const hasRegistry = (process.env.PATH ?? '')
  .split(':')
  .some((folder) => existsSync(`${folder}/docker-registry`));

/** A server with a registry of its own. */
const test = base.extend({
  settings: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const [port, registryPort] = await freePorts(2);
      await use({
        IMAGES: hasRegistry ? 'on' : 'off',
        ROLE: 'web',
        PORT: `${port}`,
        REGISTRY_PORT: `${registryPort}`,
      });
    },
    { scope: 'worker' },
  ],
});

test('the owner attaches a signature from its two files, and the image is signed', async ({
  page,
  person,
}) => {
  test.skip(!hasRegistry, 'Debian’s docker-registry cannot be had here.');
  const { digest, payload, signature } = await makeSigned(person, 'public');
  await page.goto(`/executors/${person.name}/${SIGNED_NAME}?tab=images`);
  const image = page.getByRole('region', { name: 'Push 1', exact: true });
  await expect(image.getByText('Unsigned')).toBeVisible();
  await image.getByRole('button', { name: 'Attach a signature' }).click();
  const dialog = page.getByRole('dialog', { name: 'Attach a signature' });
  for (const [label, name, text] of [
    ['Payload', 'payload.json', payload],
    ['Signature', 'payload.sig', signature],
  ] as const) {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: `${label}: choose a file` }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await expect(dialog.getByLabel(label, { exact: true })).toHaveValue(text);
  }
  await dialog.getByRole('button', { name: 'Attach', exact: true }).click();
  await expect(page.getByText('The image is signed by laptop.')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(image.getByTitle('Signed by laptop')).toHaveText('Signed');
  await image.getByRole('button', { name: /^Signatures 1/ }).click();
  const verify = await image.getByRole('figure', { name: 'Verify the image' }).textContent();
  expect(verify).toContain(digest);
});
