import { insertAudit, type Origin } from '#lib/audit/record.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import { transaction } from '#lib/db/transaction.ts';

/** Deletes the credential that a text is, of either kind; tells whose it was. */
const REVOKE = `
  WITH token AS (DELETE FROM access_token WHERE hash = $1 RETURNING user_id, name),
    gone AS (DELETE FROM session WHERE hash = $1 RETURNING user_id, 'a session' AS name)
  SELECT u.name AS "userName", revoked.name FROM (SELECT * FROM token UNION ALL SELECT * FROM gone) AS revoked
  JOIN app_user u ON u.id = revoked.user_id`;

/**
 * Ends a token or a session by its text alone: whoever knows it could use it, so nobody is asked who they are.
 * What is none, or counts no more, is no error, so that nothing is learnt here about texts that were guessed.
 */
export async function reportLeak({ token, origin }: { token: string; origin: Origin }): Promise<void> {
  await transaction(async (client) => {
    const { rows } = await client.query<{ userName: string; name: string }>(REVOKE, [
      hashSecret(token.trim()),
    ]);
    const revoked = rows[0];
    if (!revoked) return;
    const { name: target, userName: namespace } = revoked;
    await insertAudit(client, origin, { action: 'token.leak', target, namespace });
  });
}
