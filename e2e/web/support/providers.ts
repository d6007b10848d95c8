import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { startTestServer } from '#lib/testing/server.ts';
import { call } from './api.ts';
import { GITHUB_CLIENT, type GithubDouble, startGithub } from './github-double.ts';
import { type IssuerDouble, startIssuerDouble } from './issuer-double.ts';
import { type RealIssuer, startRealIssuer } from './real-issuer.ts';
import { test as base } from './test.ts';

/** A server that knows a real issuer and doubles of others. */
interface ProviderStation {
  url: string;
  databaseUrl: string;
  lab: RealIssuer;
  github: GithubDouble;
  google: IssuerDouble;
}

async function startStation(): Promise<ProviderStation & { stop(): Promise<void> }> {
  const lab = await startRealIssuer();
  const github = await startGithub({ id: 1, login: 'octo', name: null, emails: [] });
  const google = await startIssuerDouble('google-client', {});
  const server = await startTestServer({
    TRUST_PROXY: '127.0.0.1',
    ...lab.env,
    GITHUB_ID: GITHUB_CLIENT.id,
    GITHUB_SECRET: GITHUB_CLIENT.secret,
    GITHUB_URL: github.url,
    GITHUB_API_URL: `${github.url}/api`,
    GOOGLE_ID: 'google-client',
    GOOGLE_SECRET: 'google-secret',
    GOOGLE_ISSUER: google.url,
  });
  lab.trust(server.url);
  process.env.GS_URL = server.url;
  const first = {
    name: 'operator',
    email: 'operator@example.org',
    password: randomBytes(12).toString('hex'),
  };
  await call('user.identity.signUp', { ...first, setupCode: await server.setupCode() });
  const stop = async () => {
    await server.stop();
    await Promise.all([lab.stop(), github.stop(), google.stop()]);
  };
  return { url: server.url, databaseUrl: server.databaseUrl, lab, github, google, stop };
}

/** Playwright's test with such a server; workers with it are apart from all others, so its environment is theirs. */
export const test = base.extend<object, { station: ProviderStation }>({
  station: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures taken apart.
    async ({}, use) => {
      const { stop, ...station } = await startStation();
      await use(station);
      await stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ station }, use) => use(station.url),
});

/** A login that nobody has at any provider. */
export function freeLogin(label: string): string {
  return `${label}-${randomBytes(4).toString('hex')}`;
}

/** Makes the account on the page where the user name is chosen. */
export async function makeAccount(page: Page, name?: string): Promise<void> {
  await page.waitForURL(/\/signup\/identity/);
  if (name) await page.getByLabel('User name').fill(name);
  await page.getByRole('button', { name: 'Create the account' }).click();
}
