import { expect, it } from 'vitest';
import { backgroundDone } from '#lib/background.ts';
import { systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { getPackage } from '#lib/executors/get-package.ts';
import { recordExecutorPull } from '#lib/executors/record-pull.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { pushFolder } from '#lib/testing/push-executor.ts';

it('keeps each of many pulls at once, but those of what is gone', async () => {
  const user = await makeUser();
  const { result } = await pushFolder(user, PLAIN_EXECUTOR, { id: 'MyExecutor' });
  recordExecutorPull({
    executorId: 'zzzzzzzz',
    commitNumber: 1,
    userId: null,
    client: 'jina/3',
    address: null,
  });
  await Promise.all(
    Array.from({ length: 20 }, () => getPackage(user.origin, { id: 'MyExecutor' }, systemClock)),
  );
  await backgroundDone();
  const { rows } = await pool().query(
    `SELECT commit_number AS "commit", user_id AS "user", sum(count)::int AS count FROM executor_pull WHERE executor_id = $1
     GROUP BY 1, 2`,
    [result?.id],
  );
  expect(rows).toEqual([{ commit: 1, user: user.caller.userId, count: 20 }]);
});
