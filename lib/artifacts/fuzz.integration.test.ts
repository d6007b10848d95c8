import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findVisible } from '#lib/artifacts/find.ts';
import { pool } from '#lib/db/pool.ts';
import { isFault } from '#lib/errors.ts';
import { artifactNameProblem } from '#lib/names/artifact-name.ts';
import { makeUser, push } from '#lib/testing/domain.ts';
import { FUZZ_INPUTS, fuzz, KEPT_SEED } from '#lib/testing/fuzz.ts';
import { metaDataTexts, names } from '#lib/testing/fuzz-texts.ts';

const user = await makeUser();

async function pushed(input: { name: string; metaData: string }) {
  try {
    return await push(user, Buffer.from(input.metaData), input);
  } catch (error) {
    if (!isFault(error)) throw error;
    expect(error.kind).toBe('invalid');
    return null;
  }
}

async function filterValue(versionId: string): Promise<unknown> {
  const { rows } = await pool().query<{ text: string }>(
    'SELECT (meta_data -> $2)::text AS text FROM artifact_version WHERE id = $1',
    [versionId, user.caller.namespaceId],
  );
  return JSON.parse(rows[0]?.text ?? '');
}

const property = fuzz({
  name: 'a name and metaData that are taken come back from Postgres to the letter',
  inputs: fc.record({ name: names, metaData: fc.oneof(metaDataTexts, fc.constant('{}')) }),
  kept: [{ name: '\ufeff', metaData: '{"":{"\ufeff":-0}}' }],
  async holds(input) {
    const row = await pushed(input);
    if (row === null) return;
    expect(artifactNameProblem(input.name)).toBeNull();
    const found = await findVisible(user.caller, { name: input.name });
    expect(found.name).toBe(input.name);
    expect(found.metaDataText).toBe(input.metaData.replaceAll(/[\r\n]+/g, ' '));
    const meant = JSON.stringify(JSON.parse(input.metaData));
    expect(await filterValue(found.versionId)).toEqual(JSON.parse(meant));
  },
});

describe('whatever a client calls its artifacts', () => {
  it(property.name, () => property.check({ inputs: FUZZ_INPUTS, seed: KEPT_SEED }));
});
