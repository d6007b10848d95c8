import type { TestProject } from 'vitest/node';
import { startMailbox } from '#lib/testing/mailbox.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { ANONYMOUS_QUOTA_BYTES, MAX_UPLOAD_BYTES, QUOTA_BYTES } from './limits.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this lane. */
    /** `mailbox`: the folder with its mails. */
    station: { url: string; databaseUrl: string; dataDir: string; mailbox: string };
  }
}

/** Signs up the first account, after which sign-up is open. */
async function setUpFirstAccount(url: string, setupCode: string): Promise<void> {
  const account = { name: 'first', email: 'first@example.org', password: 'not used again', setupCode };
  const response = await fetch(`${url}/v2/rpc/user.identity.signUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  if (!response.ok) throw new Error(`the first account: ${await response.text()}`);
}

/** One server for all files of a lane; the lane is in the project's environment. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const mailbox = await startMailbox();
  const server = await startTestServer({
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Groundstation <groundstation@example.org>',
    FAST_LANE: project.config.env.FAST_LANE ?? '',
    AUTH_SECRET: project.config.env.AUTH_SECRET ?? '',
    MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES),
    QUOTA_BYTES: String(QUOTA_BYTES),
    ANONYMOUS_PUSH: project.config.env.ANONYMOUS_PUSH ?? '',
    ANONYMOUS_QUOTA_BYTES: String(ANONYMOUS_QUOTA_BYTES),
    CORS_ORIGINS: 'https://pages.example.org',
    // So that requests can come from many addresses, by which tries of passwords are counted.
    TRUST_PROXY: '127.0.0.1',
  });
  const stop = async () => {
    await server.stop();
    await mailbox.stop();
  };
  try {
    await setUpFirstAccount(server.url, await server.setupCode());
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, databaseUrl, dataDir } = server;
  project.provide('station', { url, databaseUrl, dataDir, mailbox: mailbox.folder });
  return stop;
}
