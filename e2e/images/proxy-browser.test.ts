import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '#lib/testing/admin.ts';
import { pushBytes } from '#lib/testing/client.ts';
import { chromiumOptions } from '../web/support/chromium.ts';
import { type BehindProxy, startBehindProxy } from './support/behind-proxy.ts';
import type { ProxyKind } from './support/proxy.ts';

describe.each<ProxyKind>(['nginx', 'caddy'])('a browser behind %s, over https', (kind) => {
  let [behind, browser]: [BehindProxy | null, Browser | null] = [null, null];
  beforeAll(async () => {
    behind = await startBehindProxy(kind);
    browser = await chromium.launch(chromiumOptions);
  });
  afterAll(async () => {
    await browser?.close();
    await behind?.stop();
  });

  it('signs in by a cookie that no other way carries, sees a push arrive, and signs out', async () => {
    if (!behind || !browser) throw new Error('nothing was started');
    const { url, token } = behind;
    const context = await browser.newContext({ baseURL: url, ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.goto('/storage');
    await page.getByLabel('User name or e-mail').fill('mira');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${url}/storage`);
    const session = (await context.cookies()).find(({ name }) => name === '__Host-gs-session');
    expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
    await pushBytes(url, token, 'seen-at-once', Buffer.from('bytes'));
    await page.getByText('seen-at-once').first().waitFor();
    await page.getByRole('button', { name: /mira/ }).first().click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login/);
    expect((await context.cookies()).filter(({ name }) => name === '__Host-gs-session')).toEqual([]);
    expect(refused).toEqual([]);
    await context.close();
  });
});
