import { Readable } from 'node:stream';
import { actsAsCsv } from '#lib/audit/csv.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { prisma } from '#lib/db/prisma.ts';
import { transaction } from '#lib/db/transaction.ts';
import { artifactFiles, type IndexEntry } from '#lib/exports/artifact-files.ts';
import { executorFiles } from '#lib/exports/executor-files.ts';
import type { ExportFile } from '#lib/exports/zip.ts';
import { listSignInMethods } from '#lib/identities/list.ts';
import { listSessions } from '#lib/sessions/list.ts';
import { listTokens } from '#lib/tokens/list.ts';

interface ExportOptions {
  caller: Caller;
  origin: Origin;
  clock: Clock;
}

/** Who the person is here, and what acts in their name; no secret among it. */
async function accountText({ caller, clock }: ExportOptions): Promise<string> {
  const user = await prisma().user.findUniqueOrThrow({
    where: { id: caller.userId },
    select: { id: true, name: true, displayName: true, email: true, emailVerifiedAt: true, createdAt: true },
  });
  const { rows } = await pool().query(
    `SELECT slug, quota_bytes::float8 AS "quotaBytes", retention_days AS "retentionDays", created_at AS "createdAt"
     FROM namespace WHERE id = $1`,
    [caller.namespaceId],
  );
  const [tokens, sessions, { identities }] = await Promise.all([
    listTokens(caller.userId, clock),
    listSessions(caller, clock),
    listSignInMethods(caller.userId),
  ]);
  return JSON.stringify({ user, namespace: rows[0], tokens, sessions, identities }, null, 2);
}

/** The person's picture, if there is one. */
async function* pictureFile({ caller }: ExportOptions): AsyncGenerator<ExportFile> {
  const avatar = await prisma().avatar.findUnique({ where: { userId: caller.userId } });
  if (!avatar) return;
  const name = `picture.${avatar.type.replace('image/', '')}`;
  yield { name, modifiedAt: avatar.updatedAt, content: Readable.from([Buffer.from(avatar.bytes)]) };
}

async function noteExport({ caller, origin }: ExportOptions): Promise<void> {
  await transaction((client) =>
    insertAudit(client, origin, { action: 'account.export', target: caller.name }),
  );
}

/**
 * All that a person has here, file by file: the account, what happened in it, each artifact with its versions, each Executor with its
 * packages, and last
 * an index of where each stands and what of it could not be had.
 */
export async function* accountFiles(options: ExportOptions): AsyncGenerator<ExportFile> {
  const { caller, clock } = options;
  await noteExport(options);
  const now = clock.now();
  yield { name: 'account.json', modifiedAt: now, content: await accountText(options) };
  yield { name: 'activity.csv', modifiedAt: now, content: actsAsCsv(caller) };
  yield* pictureFile(options);
  const index: IndexEntry[] = [];
  yield* artifactFiles(caller.namespaceId, index);
  yield* executorFiles(caller.namespaceId, index);
  yield { name: 'index.json', modifiedAt: now, content: JSON.stringify(index, null, 2) };
}
