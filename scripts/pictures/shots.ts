import type { Page } from '@playwright/test';
import { call } from '../../e2e/web/support/api.ts';
import { adminShots } from './admin.ts';
import { executorShots } from './executors.ts';
import { moments } from './moments.ts';
import type { Cast } from './seed.ts';
import type { Stage } from './stage.ts';

/** A page in one state. */
export interface Shot {
  name: string;
  /** Who is signed in; absent: nobody. */
  as?: keyof Cast;
  path: (cast: Cast) => string;
  /** What a person does on the page first. */
  prepare?: (page: Page, stage: Stage) => Promise<void>;
  /** Makes something so while `work` takes the picture, and no longer. */
  during?: (stage: Stage, work: () => Promise<number>) => Promise<number>;
  /** All widths where it says nothing. */
  widths?: readonly number[];
  /** Only what fits on the screen, for pages of which the rest says the same again. */
  isScreenOnly?: boolean;
}

const PHOTOS = 'amazon-berkeley-objects-dataset';

function click(role: 'button' | 'checkbox' | 'link' | 'tab', ...names: string[]) {
  return async (page: Page) => {
    for (const name of names) await page.getByRole(role, { name, exact: true }).first().click();
  };
}

/** Presses a button and waits for what it opens. */
function open(name: string, role: 'menu' | 'dialog') {
  return async (page: Page) => {
    await page.getByRole('button', { name, exact: true }).first().click();
    await page.getByRole(role).waitFor();
  };
}

const guests: Shot[] = [
  { name: 'login', path: () => '/login' },
  { name: 'login-failed', path: () => '/login', prepare: failToSignIn },
  { name: 'signup', path: () => '/signup' },
  { name: 'not-found', as: 'mira', path: () => '/nowhere' },
];

async function failToSignIn(page: Page): Promise<void> {
  await page.getByLabel(/name/i).first().fill('mira');
  await page.getByLabel('Password').fill('not the one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Next's announcer of routes is an alert as well.
  await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
}

const storage: Shot[] = [
  { name: 'storage', as: 'mira', path: () => '/storage' },
  { name: 'storage-empty', as: 'newcomer', path: () => '/storage' },
  { name: 'storage-no-match', as: 'mira', path: () => '/storage?search=nothing+like+it&access=public' },
  {
    name: 'storage-filtered',
    as: 'mira',
    path: () => '/storage?type=documentArray&access=public&sort=-size',
  },
  {
    name: 'storage-selected',
    as: 'mira',
    path: () => '/storage',
    prepare: click('checkbox', 'Select bird-calls-mel-2026', 'Select sentinel-2-tiles-alps'),
  },
  {
    name: 'storage-row-menu',
    as: 'mira',
    path: () => '/storage',
    prepare: open(`More for ${PHOTOS}`, 'menu'),
  },
  {
    name: 'storage-access-menu',
    as: 'mira',
    path: () => '/storage',
    prepare: open('Access to bird-calls-mel-2026: Private', 'menu'),
  },
  { name: 'storage-500', as: 'hoarder', path: () => '/storage?size=500', isScreenOnly: true },
  { name: 'account-menu', as: 'mira', path: () => '/storage', prepare: openAccount, widths: [1440] },
  {
    name: 'rail-sheet',
    as: 'mira',
    path: () => '/storage',
    prepare: open('Open the menu', 'dialog'),
    widths: [375],
    isScreenOnly: true,
  },
];

async function openAccount(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /Mira Okafor/ })
    .first()
    .click();
}

const artifactPath = ({ mira }: Cast) => `/storage/${mira.name}/${PHOTOS}`;

const artifact: Shot[] = [
  { name: 'artifact-overview', as: 'mira', path: artifactPath },
  { name: 'artifact-as-sent', as: 'mira', path: (cast) => `${artifactPath(cast)}?view=text` },
  { name: 'artifact-foreign', as: 'newcomer', path: artifactPath },
  { name: 'artifact-pulls', as: 'mira', path: (cast) => `${artifactPath(cast)}?tab=pulls` },
  { name: 'artifact-settings', as: 'mira', path: (cast) => `${artifactPath(cast)}?tab=settings` },
  { name: 'artifact-not-found', as: 'mira', path: ({ mira }) => `/storage/${mira.name}/not-there` },
];

async function openPurge(page: Page): Promise<void> {
  await click('button', 'Delete ablation-2026-11 now')(page);
  await page.getByRole('alertdialog').waitFor();
}

const trash: Shot[] = [
  {
    name: 'trash',
    as: 'mira',
    path: () => '/storage/trash',
    prepare: click('checkbox', 'Select ablation-2026-11'),
  },
  { name: 'trash-empty', as: 'newcomer', path: () => '/storage/trash' },
  { name: 'trash-no-match', as: 'mira', path: () => '/storage/trash?search=nothing+like+it' },
  { name: 'trash-dialog', as: 'mira', path: () => '/storage/trash', prepare: openPurge, isScreenOnly: true },
];

async function askToRevoke(page: Page): Promise<void> {
  await click('button', 'Revoke notebook')(page);
  await page.getByRole('alertdialog').waitFor();
}

async function askToLeave(page: Page): Promise<void> {
  await click('button', 'Delete the account')(page);
  await page.getByRole('dialog').waitFor();
}

async function askToReplace(page: Page): Promise<void> {
  await click('button', 'More for notebook')(page);
  await page.getByRole('menuitem', { name: 'Replace' }).click();
  await page.getByRole('dialog').waitFor();
}

async function createToken(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('laptop');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByTestId('token').waitFor();
}

async function askForLogin(page: Page): Promise<void> {
  const asked = { redirectUri: 'http://localhost:8085' };
  const { redirectTo } = await call<{ redirectTo: string }>('user.identity.authorize', asked);
  await page.goto(redirectTo);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
}

const settings: Shot[] = [
  { name: 'settings-tokens', as: 'mira', path: () => '/settings/tokens' },
  { name: 'settings-tokens-none', as: 'newcomer', path: () => '/settings/tokens' },
  { name: 'settings-profile', as: 'mira', path: () => '/settings/profile' },
  { name: 'settings-account', as: 'mira', path: () => '/settings/account' },
  { name: 'settings-account-leaving', as: 'quitter', path: () => '/settings/account' },
  {
    name: 'settings-account-delete',
    as: 'mira',
    path: () => '/settings/account',
    prepare: askToLeave,
    isScreenOnly: true,
  },
  { name: 'settings-sessions', as: 'mira', path: () => '/settings/sessions' },
  { name: 'settings-activity', as: 'mira', path: () => '/settings/activity' },
  { name: 'settings-signing-keys', as: 'mira', path: () => '/settings/signing-keys' },
  { name: 'settings-sign-in-methods', as: 'mira', path: () => '/settings/sign-in-methods' },
  { name: 'login-cli', as: 'mira', path: () => '/settings/sessions', prepare: askForLogin },
  { name: 'login-cli-over', as: 'mira', path: () => '/login/cli?request=over' },
  { name: 'settings-appearance', as: 'mira', path: () => '/settings/appearance' },
  {
    name: 'settings-revoke',
    as: 'mira',
    path: () => '/settings/tokens',
    prepare: askToRevoke,
    isScreenOnly: true,
  },
  {
    name: 'settings-token-replace',
    as: 'mira',
    path: () => '/settings/tokens',
    prepare: askToReplace,
    isScreenOnly: true,
  },
  { name: 'settings-token-secret', as: 'hoarder', path: () => '/settings/tokens', prepare: createToken },
];

/** Every page in every state that is looked at. */
export const shots: Shot[] = [
  ...guests,
  ...storage,
  ...artifact,
  ...trash,
  ...executorShots,
  ...settings,
  ...adminShots,
  ...moments,
];
