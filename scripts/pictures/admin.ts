import type { Page } from '@playwright/test';
import type pg from 'pg';
import { newId } from '#lib/ids.ts';
import type { Shot } from './shots.ts';

const GB = 1e9;

/** Name, what people call them, their space in use and in all in GB, and how many hours ago they were seen. */
const PEOPLE: [string, string, number, number, number | null][] = [
  ['ada', 'Ada Lindqvist', 18.6, 20, 0.2],
  ['jonas', 'Jonas Weber', 20, 20, 1],
  ['lea-moreau', 'Lea Moreau', 41.2, 100, 26],
  ['ops', 'Operations', 3.4, 50, 4],
  ['kenji', 'Kenji Ito', 0.9, 20, 72],
  ['tom', 'Tom Reyes', 2.2, 20, null],
];

async function addPerson(client: pg.Client, [name, display, used, quota, seen]: (typeof PEOPLE)[number]) {
  const [id, namespaceId] = [newId(), newId()];
  await client.query(
    `INSERT INTO app_user (id, name, display_name, email, email_verified_at, disabled_at, updated_at)
     VALUES ($1, $2::text, $3, $2::text || '@lab.example', CASE WHEN $4 THEN NULL ELSE now() END, CASE WHEN $4 THEN now() END, now())`,
    [id, name, display, seen === null],
  );
  await client.query(
    'INSERT INTO namespace (id, slug, owner_id, quota_bytes, retention_days) VALUES ($1, $2, $3, $4, 7)',
    [namespaceId, name, id, quota * GB],
  );
  await client.query('UPDATE namespace_usage SET used_bytes = $2 WHERE namespace_id = $1', [
    namespaceId,
    used * GB,
  ]);
  if (seen === null) return;
  await client.query(
    `INSERT INTO session (id, hash, user_id, created_at, expires_at)
     VALUES ($1, $2, $3, now() - $4 * interval '1 hour', now() + interval '9 days')`,
    [newId(), Buffer.from(newId()), id, seen],
  );
}

/** Invitations, one handed over, and mails of which one waits and one was given up. */
async function addInvitations(client: pg.Client): Promise<void> {
  const mails = [
    { email: null, failure: null, secret: null },
    { email: 'guest@uni.example', failure: '550 5.1.1 <guest@uni.example>: user unknown', secret: null },
    { email: 'n.petrov@lab.example', failure: 'connect ECONNREFUSED 192.0.2.25:587', secret: 'none' },
  ];
  for (const { email, failure, secret } of mails) {
    const id = newId();
    await client.query(
      `INSERT INTO account_link (id, kind, hash, email, is_mailed, created_by_id, created_at, expires_at)
       SELECT $1, 'invitation', $2, $3::text, $3::text IS NOT NULL, id, now() - interval '1 hour', now() + interval '6 days'
       FROM app_user WHERE is_admin`,
      [id, Buffer.from(id), email],
    );
    if (!email) continue;
    await client.query(
      `INSERT INTO mail (id, link_id, recipient, secret, base_url, attempts, next_attempt_at, failure, created_at)
       VALUES ($1, $2, $3, $4::text, 'http://127.0.0.1', 3, CASE WHEN $4::text IS NOT NULL THEN now() + interval '4 minutes' END,
         $5, now() - interval '1 hour')`,
      [newId(), id, email, secret, failure],
    );
  }
}

/** What an administrator sees of others. */
export async function fillAdmin(client: pg.Client): Promise<void> {
  for (const person of PEOPLE) await addPerson(client, person);
  await addInvitations(client);
}

async function invite(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByTestId('link').waitFor();
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More for jonas' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The pages for administrators, and those that links in mails open. */
export const adminShots: Shot[] = [
  { name: 'admin', as: 'operator', path: () => '/admin' },
  { name: 'admin-users', as: 'operator', path: () => '/admin/users?sort=-used' },
  {
    name: 'admin-user-menu',
    as: 'operator',
    path: () => '/admin/users',
    prepare: (page) => page.getByRole('button', { name: 'More for jonas' }).click(),
    widths: [1440],
  },
  {
    name: 'admin-quota',
    as: 'operator',
    path: () => '/admin/users',
    prepare: (page) => choose(page, 'Change the space'),
    isScreenOnly: true,
  },
  {
    name: 'admin-reset-link',
    as: 'operator',
    path: () => '/admin/users',
    prepare: (page) => choose(page, 'Make a link to a new password'),
    isScreenOnly: true,
  },
  { name: 'admin-invitations', as: 'operator', path: () => '/admin/invitations', prepare: invite },
  { name: 'admin-mail', as: 'operator', path: () => '/admin/mail' },
  { name: 'admin-activity', as: 'operator', path: () => '/admin/activity' },
  { name: 'forgot', path: () => '/forgot' },
  { name: 'reset-over', path: () => '/reset?link=over' },
];
