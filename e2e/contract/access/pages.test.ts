import { globSync } from 'node:fs';
import http from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadPath, removeAll } from '../artifacts.ts';
import { origin } from '../client.ts';
import { CALLERS, type Cast, newCast } from './callers.ts';
import { executor, privateArtifact, publicArtifact, waitingLogin } from './things.ts';

/** Who opens pages: what of `CALLERS` a browser may have in its cookie. */
const VISITORS = [
  'nobody',
  'owner',
  'another user',
  'administrator',
  'program of the owner',
  'token of the owner',
  'expired session',
  'ended session',
  'session of a disabled user',
] as const;
type Visitor = (typeof VISITORS)[number];

/** What each visitor gets: the status, and where it leads. */
type Answers = Partial<Record<Visitor, string>> & { nobody: string; owner: string };

interface Row {
  path(cast: Cast): Promise<string> | string;
  /** As the owner: the other user and the administrator; as nobody: the rest; where they do not say otherwise. */
  answers: Answers;
}

const LOGIN = '307 /login';
const forSomebody: Answers = { nobody: LOGIN, owner: '200' };
/** For everybody else there is no such page. */
const forAdministrators: Answers = { nobody: '404', owner: '404', administrator: '200' };
const forAll: Answers = { nobody: '200', owner: '200' };
/** A program's session and a token count there too, as in the API. */
const forPrograms = { 'program of the owner': '200', 'token of the owner': '200' };

const at = (path: string, answers: Answers): Row => ({ path: () => path, answers });

/** Each page and route of app/; behind its file may stand what is opened. */
const TABLE: Record<string, Row> = {
  'page.tsx': at('/', { nobody: '307 /storage', owner: '307 /storage' }),
  '(auth)/login/page.tsx': at('/login', { nobody: '200', owner: '307 /storage' }),
  '(auth)/login/cli/page.tsx': {
    path: async () => `/login/cli?request=${await waitingLogin()}`,
    answers: forSomebody,
  },
  '(auth)/signup/page.tsx': at('/signup', { nobody: '200', owner: '307 /storage' }),
  '(dashboard)/settings/page.tsx': at('/settings', {
    nobody: '307 /settings/profile',
    owner: '307 /settings/profile',
  }),
  '(dashboard)/settings/profile/page.tsx': at('/settings/profile', forSomebody),
  '(dashboard)/settings/tokens/page.tsx': at('/settings/tokens', forSomebody),
  '(dashboard)/settings/signing-keys/page.tsx': at('/settings/signing-keys', forSomebody),
  '(dashboard)/settings/sessions/page.tsx': at('/settings/sessions', forSomebody),
  '(dashboard)/settings/sign-in-methods/page.tsx': at('/settings/sign-in-methods', forSomebody),
  '(dashboard)/settings/account/page.tsx': at('/settings/account', forSomebody),
  '(dashboard)/settings/activity/page.tsx': at('/settings/activity', forSomebody),
  '(dashboard)/settings/appearance/page.tsx': at('/settings/appearance', forSomebody),
  '(dashboard)/storage/page.tsx': at('/storage', forSomebody),
  '(dashboard)/storage/trash/page.tsx': at('/storage/trash', forSomebody),
  '(dashboard)/storage/[namespace]/[...name]/page.tsx private': {
    path: async (cast) => `/storage/${cast.alice.name}/${(await privateArtifact(cast)).name}`,
    answers: { nobody: '404', owner: '200', 'another user': '404', administrator: '404' },
  },
  '(dashboard)/storage/[namespace]/[...name]/page.tsx absent': {
    path: ({ alice }) => `/storage/${alice.name}/absent`,
    answers: { nobody: '404', owner: '404' },
  },
  '(dashboard)/storage/[namespace]/[...name]/page.tsx public': {
    path: async (cast) => `/storage/${(await publicArtifact(cast)).name}`,
    answers: forAll,
  },
  '(dashboard)/executors/page.tsx': at('/executors', forSomebody),
  '(dashboard)/executors/trash/page.tsx': at('/executors/trash', forSomebody),
  '(dashboard)/executors/[namespace]/[...name]/page.tsx private': {
    path: async (cast) => `/executors/${cast.alice.name}/${(await executor(cast)).name}`,
    answers: { nobody: '404', owner: '200', 'another user': '404', administrator: '404' },
  },
  '(dashboard)/executors/[namespace]/[...name]/page.tsx absent': {
    path: ({ alice }) => `/executors/${alice.name}/absent`,
    answers: { nobody: '404', owner: '404' },
  },
  '(dashboard)/executors/[namespace]/[...name]/page.tsx public': {
    path: async (cast) => `/executors/${cast.alice.name}/~${(await executor(cast, 'public')).id}`,
    answers: forAll,
  },
  '(dashboard)/hub/page.tsx': at('/hub', forAll),
  '(auth)/signup/identity/page.tsx': at('/signup/identity', { nobody: LOGIN, owner: LOGIN }),
  '(auth)/forgot/page.tsx': at('/forgot', forAll),
  '(auth)/reset/page.tsx': at('/reset?link=none', forAll),
  '(auth)/verify/page.tsx': at('/verify?link=none', forAll),
  '(admin)/admin/page.tsx': at('/admin', forAdministrators),
  '(admin)/admin/users/page.tsx': at('/admin/users', forAdministrators),
  '(admin)/admin/invitations/page.tsx': at('/admin/invitations', forAdministrators),
  '(admin)/admin/activity/page.tsx': at('/admin/activity', forAdministrators),
  '(admin)/admin/mail/page.tsx': at('/admin/mail', forAdministrators),
  'dev/parts/page.tsx': at('/dev/parts', { nobody: '404', owner: '404' }),
  'api/activity.csv/route.ts': at('/api/activity.csv', { nobody: '401', owner: '200' }),
  'api/avatar/route.ts': at('/api/avatar?v=none', { nobody: '401', owner: '404' }),
  'api/executor-picture/route.ts private': {
    path: async (cast) => `/api/executor-picture?commit=${(await executor(cast)).commit}&file=a.png`,
    answers: { nobody: '404', owner: '404' },
  },
  'api/export.zip/route.ts': at('/api/export.zip', { nobody: '401', owner: '200' }),
  'api/auth/[...nextauth]/route.ts': at('/api/auth/session', forAll),
  'api/events/route.ts': at('/api/events', { nobody: '401', owner: '200' }),
  'api/health/route.ts': at('/api/health', forAll),
  'api/metrics/route.ts': at('/api/metrics', forAll),
  'api/ready/route.ts': at('/api/ready', forAll),
  'ping/route.ts': at('/ping', forAll),
  'download/[...link]/route.ts': {
    path: async (cast) => downloadPath(cast.alice, await privateArtifact(cast)),
    answers: forAll,
  },
  'download/[...link]/route.ts with a changed signature': {
    path: async (cast) => `${await downloadPath(cast.alice, await privateArtifact(cast))}x`,
    answers: { nobody: '403', owner: '403' },
  },
  // A cookie counts for neither.
  'registry/token/route.ts': at('/registry/token', forAll),
  'registry/events/route.ts': at('/registry/events', { nobody: '401', owner: '401' }),
  'v1/executors/[[...id]]/route.ts': {
    path: async (cast) => `/v1/executors/${(await executor(cast, 'public')).id}`,
    answers: forAll,
  },
  'v2/rpc/[method]/route.ts': at('/v2/rpc/user.identity.whoami', {
    ...{ nobody: '401', owner: '200' },
    ...forPrograms,
  }),
  'v2/[...path]/route.ts': at('/v2/user/identity/whoami', {
    ...{ nobody: '401', owner: '200' },
    ...forPrograms,
  }),
};

function expected({ answers }: Row): Record<string, string> {
  const { nobody, owner } = answers;
  const known = ['owner', 'another user', 'administrator'];
  return Object.fromEntries(
    VISITORS.map((visitor) => [visitor, answers[visitor] ?? (known.includes(visitor) ? owner : nobody)]),
  );
}

/** Status and target of what a browser with this cookie gets; what follows is not waited for. */
function open(path: string, secret: string | undefined): Promise<string> {
  const headers = secret ? { cookie: `gs-session=${secret}` } : {};
  return new Promise((resolve, reject) => {
    const request = http.get(`${origin()}${path}`, { headers, agent: false });
    request.once('error', reject).once('response', (response) => {
      response.on('error', () => {}).destroy();
      const target = response.headers.location?.split('?')[0];
      resolve([response.statusCode, target].filter(Boolean).join(' '));
    });
  });
}

let cast: Cast;
beforeAll(async () => {
  cast = await newCast();
});
afterAll(() => removeAll(cast.alice));

test('every page and route has a row', () => {
  const files = globSync('**/{page.tsx,route.ts}', { cwd: 'app' });
  const rows = new Set(Object.keys(TABLE).map((key) => key.split(' ')[0]));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !rows.has(file))).toEqual([]);
});

test.each(Object.entries(TABLE))('%s: each visitor gets what the table says', async (_key, row) => {
  const got: Record<string, string> = {};
  for (const visitor of VISITORS)
    got[visitor] = await open(await row.path(cast), await CALLERS[visitor]?.(cast));
  expect(got).toEqual(expected(row));
});
