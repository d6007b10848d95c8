import type { RequestListener } from 'node:http';
import type { Page } from '@playwright/test';
import Provider from 'oidc-provider';
import { listenOn } from './doubles.ts';

const CLIENT = { id: 'groundstation', secret: 'a secret that only the two of them know' };

/** A real issuer (npm's oidc-provider), which asks people for a login and whether they agree. */
export interface RealIssuer {
  url: string;
  /** Tells it where the server under test is. */
  trust(serverUrl: string): void;
  /** What a Groundstation needs to know of it. */
  env: Record<string, string>;
  stop(): Promise<void>;
  startAgain(): Promise<void>;
}

function configuration(serverUrl: string) {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${serverUrl}/api/auth/callback/oidc-lab`],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['of the test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    // Whatever login somebody types is who they are.
    findAccount: (_ctx: unknown, login: string) => ({
      accountId: login,
      claims: () => ({
        sub: `subject of ${login}`,
        preferred_username: login,
        name: `${login} of the lab`,
        email: `${login}@lab.example`,
        email_verified: true,
      }),
    }),
  };
}

/** Starts it on loopback; it answers once it has been told whom to trust. */
export async function startRealIssuer(): Promise<RealIssuer> {
  let handler: RequestListener = (_req, res) => res.writeHead(503).end();
  const listen = (port?: number) => listenOn((req, res) => handler(req, res), port);
  let double = await listen();
  const { url } = double;
  return {
    url,
    trust(serverUrl) {
      handler = new Provider(url, configuration(serverUrl)).callback();
    },
    env: {
      OIDC_LAB_ISSUER: url,
      OIDC_LAB_ID: CLIENT.id,
      OIDC_LAB_SECRET: CLIENT.secret,
      OIDC_LAB_TITLE: 'Lab single sign-on',
    },
    stop: () => double.stop(),
    async startAgain() {
      double = await listen(Number(new URL(url).port));
    },
  };
}

/** Signs in at the issuer's page, and agrees that the server may know who it is. */
export async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
