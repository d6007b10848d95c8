import type { Page } from '@playwright/test';
import { openPush } from '#lib/testing/client.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { call, push } from '../../e2e/web/support/api.ts';
import type { Shot } from './shots.ts';
import type { Stage } from './stage.ts';

/** Opens the palette and types. */
function search(text: string) {
  return async (page: Page) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(text);
    if (text) await page.getByRole('option').first().waitFor();
  };
}

async function deleteOne(page: Page, { cast }: Stage): Promise<void> {
  await push(cast.mira, { name: 'throw-away' });
  await page.getByRole('checkbox', { name: 'Select throw-away' }).waitFor();
  await page.getByRole('button', { name: 'More for throw-away' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
}

async function deleteAgain(page: Page, { cast }: Stage): Promise<void> {
  for (const _ of ['first', 'second']) await push(cast.mira, { name: 'made-again' });
  await call('artifact.delete', { name: 'made-again' }, cast.mira.session);
  await push(cast.mira, { name: 'made-again' });
  await page.getByRole('button', { name: 'Restore made-again' }).click();
  await page.getByRole('dialog').waitFor();
}

async function loseNetwork(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.getByText('The server does not answer').waitFor();
}

async function endSession(page: Page, { cast }: Stage): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor();
  await call('user.session.dismiss', {}, cast.leaver.session);
  await page.getByText('Your session ended').waitFor();
}

/** While the first half of a push is here. */
function arriving(who: 'mira' | 'newcomer'): Shot['during'] {
  return async ({ url, cast }, work) => {
    const first = openPush(url, cast[who].session, 'sentinel-2-tiles-jura');
    await first.write(Buffer.alloc(12_000_000));
    try {
      return await work();
    } finally {
      await first.finish();
      await call('artifact.delete', { name: 'sentinel-2-tiles-jura' }, cast[who].session);
    }
  };
}

async function waitForArrival(page: Page): Promise<void> {
  await page.getByText('A push is arriving').waitFor();
}

/** While the pages cannot read what they show. */
async function whileBroken({ databaseUrl }: Stage, work: () => Promise<number>): Promise<number> {
  await queryOnce(databaseUrl, 'ALTER TABLE artifact RENAME TO hidden');
  try {
    return await work();
  } finally {
    await queryOnce(databaseUrl, 'ALTER TABLE hidden RENAME TO artifact');
  }
}

async function whileAway({ database }: Stage, work: () => Promise<number>): Promise<number> {
  await database.goAway();
  try {
    return await work();
  } finally {
    await database.comeBack();
  }
}

const list = { as: 'mira', path: () => '/storage' } as const;
const onScreen = { ...list, isScreenOnly: true };

/** States that pass: what opens, what is said, what is under way, what has gone wrong. */
export const moments: Shot[] = [
  { name: 'palette', ...onScreen, prepare: search('') },
  { name: 'palette-found', ...onScreen, prepare: search('amazon') },
  { name: 'toast-undo', ...onScreen, prepare: deleteOne },
  { name: 'restore-dialog', ...onScreen, path: () => '/storage/trash', prepare: deleteAgain },
  { name: 'arriving', ...list, prepare: waitForArrival, during: arriving('mira') },
  {
    name: 'arriving-first',
    as: 'newcomer',
    path: () => '/storage',
    prepare: waitForArrival,
    during: arriving('newcomer'),
  },
  { name: 'offline', ...list, prepare: loseNetwork },
  { name: 'session-ended', as: 'leaver', path: () => '/storage', prepare: endSession },
  { name: 'failure', ...list, during: whileBroken },
  { name: 'database-away', ...list, during: whileAway },
];
