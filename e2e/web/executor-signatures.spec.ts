import { expect, type Page } from '@playwright/test';
import { newSigner } from '#lib/testing/signatures.ts';
import { expectNoFindingsAnywhere, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, given, type Person } from './support/api.ts';
import { onDatabase } from './support/executors.ts';
import { enter } from './support/keyboard.ts';
import { keepSignature, makeSigned, SIGNED_NAME } from './support/signed.ts';
import { test } from './support/test.ts';

const at = (person: Person) => `/executors/${person.name}/${SIGNED_NAME}?tab=images`;
const image = (page: Page) => page.getByRole('region', { name: 'Push 1', exact: true });

test('an unsigned image says so, and gives its owner what signs it', async ({ page, person }) => {
  const { id, digest } = await makeSigned(person, 'public');
  await page.goto(at(person));
  await expect(image(page).getByTitle('Nobody has signed this image.')).toHaveText('Unsigned');
  await enter(page, image(page).getByRole('button', { name: /^Signatures 0/ }));
  const sign = image(page).getByRole('figure', { name: 'Sign the image' });
  await expect(sign).toContainText(`cosign generate 127.0.0.1:5000/jinahub/${id}@${digest} > payload.json`);
  await expect(sign).toContainText('--output-signature payload.sig payload.json');
  await page.context().clearCookies();
  await page.goto(at(person));
  await image(page)
    .getByRole('button', { name: /^Signatures 0/ })
    .click();
  await expect(image(page)).toContainText('Its owner has not signed it.');
  await expect(page.getByRole('button', { name: 'Attach a signature' })).toHaveCount(0);
  await expect(sign).toHaveCount(0);
});

test('a signed image says by which key and how to verify it, to everybody who sees it', async ({
  page,
  person,
}) => {
  const signed = await makeSigned(person, 'public');
  await onDatabase(given('GS_DATABASE_URL'), (client) => keepSignature(client, signed));
  await page.context().clearCookies();
  await page.goto(at(person));
  await expect(image(page).getByTitle('Signed by laptop')).toHaveText('Signed');
  await image(page)
    .getByRole('button', { name: /^Signatures 1/ })
    .click();
  const list = image(page).getByRole('list', { name: 'Signatures' });
  await expect(list).toContainText('laptop');
  await expect(list.getByRole('button', { name: 'Copy the public key laptop' })).toBeVisible();
  await expect(image(page).getByRole('figure', { name: 'Verify the image' })).toContainText(
    `cosign verify --key cosign.pub --insecure-ignore-tlog=true 127.0.0.1:5000/jinahub/${signed.id}@${signed.digest}`,
  );
});

test('a signature whose key was removed is untrusted', async ({ page, person }) => {
  const signed = await makeSigned(person);
  await onDatabase(given('GS_DATABASE_URL'), (client) => keepSignature(client, signed));
  await call('signingKey.remove', { name: 'laptop' }, person.session);
  await page.goto(at(person));
  await expect(image(page).getByText('Untrusted signature')).toBeVisible();
  await image(page)
    .getByRole('button', { name: /^Signatures 1/ })
    .click();
  await expect(image(page)).toContainText('The owner has removed this key.');
});

test('a wrong signature is refused inside the dialog, which keeps what was given', async ({
  page,
  person,
}) => {
  const { payload } = await makeSigned(person);
  await page.goto(at(person));
  await enter(page, page.getByRole('button', { name: 'Attach a signature' }));
  const dialog = page.getByRole('dialog', { name: 'Attach a signature' });
  await expect(dialog.getByRole('button', { name: 'Attach' })).toBeDisabled();
  await dialog.getByLabel('Payload', { exact: true }).fill(payload);
  await dialog.getByLabel('Signature', { exact: true }).fill(newSigner().sign(payload));
  await dialog.getByRole('button', { name: 'Attach', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('None of your signing keys made this signature');
  await expect(dialog.getByLabel('Payload', { exact: true })).toHaveValue(payload);
});

test('axe finds nothing on signatures of each kind, nor in the dialog, and nothing overflows', async ({
  page,
  person,
}) => {
  const signed = await makeSigned(person);
  const other = newSigner();
  const more = { ...signed, signer: other, signature: other.sign(signed.payload) };
  await onDatabase(given('GS_DATABASE_URL'), async (client) => {
    await keepSignature(client, signed);
    await keepSignature(client, more, `removed-${'x'.repeat(90)}`);
  });
  await page.goto(at(person));
  await image(page)
    .getByRole('button', { name: /^Signatures 2/ })
    .click();
  await expect(image(page)).toContainText('The owner has removed this key.');
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Attach a signature' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNoFindingsAnywhere(page);
});
