import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addUser, PASSWORD } from '#lib/testing/admin.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';

const WRONG = 'a password that is wrong';

/** What one call of the API gave. */
interface Answer {
  requestId: string;
  data: Record<string, string>;
}

async function call(url: string, method: string, body: object | FormData, secret?: string): Promise<Answer> {
  const isForm = body instanceof FormData;
  const reply = await fetch(`${url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: {
      ...(isForm ? {} : { 'content-type': 'application/json' }),
      ...(secret ? { authorization: `token ${secret}` } : {}),
    },
    body: isForm ? body : JSON.stringify(body),
  });
  const { data } = (await reply.json()) as { data: Record<string, string> };
  return { requestId: reply.headers.get('x-request-id') ?? '', data };
}

function upload(): FormData {
  const form = new FormData();
  form.append('file', new Blob(['the secret bytes of a push']), 'DocumentArray');
  form.append('name', 'pushed');
  form.append('metaData', '{"note":"a secret of the metadata"}');
  return form;
}

/** Does what secrets are used for; gives them, and the id of the last request. */
async function useSecrets(url: string): Promise<{ secrets: string[]; requestId: string }> {
  const name = 'mira';
  await call(url, 'user.identity.passwordLogin', { name, password: WRONG });
  const { token: session = '' } = (
    await call(url, 'user.identity.passwordLogin', { name, password: PASSWORD })
  ).data;
  const { token = '' } = (await call(url, 'user.pat.create', { name: `ci-${url.slice(-4)}` }, session)).data;
  await call(url, 'artifact.upload', upload(), token);
  const { download = '' } = (await call(url, 'artifact.getDownloadUrl', { name: 'pushed' }, token)).data;
  const signature = download.split('/').at(-1) ?? '';
  await (await fetch(download)).text();
  await fetch(`${download}x`);
  await call(url, 'user.identity.whoami', {}, `${token}x`);
  await fetch(`${url}/v2/rpc/user.identity.whoami?token=${token}`);
  await fetch(`${url}/storage`, { headers: { cookie: `gs-session=${session}` } });
  const asked = { redirectUri: 'http://localhost:1', state: 'a secret of the program' };
  const { redirectTo = '' } = (await call(url, 'user.identity.authorize', asked)).data;
  const link = new URL(redirectTo).searchParams.get('request') ?? '';
  const decision = { request: link, isApproved: true };
  const decided = (await call(url, 'user.login.decide', decision, session)).data as unknown as {
    fields: { code: string; state: string };
  };
  await call(url, 'user.identity.grant.auto', decided.fields);
  const { requestId } = await call(url, 'user.pat.reportLeak', { token });
  const texts = ['the secret bytes of a push', 'a secret of the metadata', asked.state];
  return {
    secrets: [WRONG, PASSWORD, session, token, signature, link, decided.fields.code, ...texts],
    requestId,
  };
}

describe.each(['on', 'off'])('with the fast lane %s', (fastLane) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ LOG_LEVEL: 'trace', FAST_LANE: fastLane });
    await addUser({ DATA_DIR: server.dataDir }, 'mira');
  });
  afterAll(() => server.stop());

  it('neither the log, at its most talkative, nor the audit log holds a secret', async () => {
    const { secrets, requestId } = await useSecrets(server.url);
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(10);
    await vi.waitFor(() => expect(server.output()).toContain(requestId));
    const acts = await queryOnce(server.databaseUrl, 'SELECT to_jsonb(e)::text AS text FROM audit_event e');
    expect(acts.length).toBeGreaterThan(5);
    const kept = [server.output(), ...acts.map(({ text }) => text)].join('\n');
    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  });
});
