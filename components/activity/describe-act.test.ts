import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeAct, describeActor } from '#components/activity/describe-act.ts';
import { ROOT } from '#lib/root.ts';

/** Every action that the server's sources name. */
function actions(): string[] {
  const lib = path.join(ROOT, 'lib');
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const texts = files.map((file) => readFileSync(path.join(lib, file), 'utf8'));
  return [
    ...new Set(
      texts.flatMap(
        (text) =>
          text.match(/'(session|login|account|invitation|admin|mail|token|artifact)\.[a-zA-Z]+'/g) ?? [],
      ),
    ),
  ]
    .map((quoted) => quoted.slice(1, -1))
    .filter((action) => texts.some((text) => new RegExp(`action[^\n]*'${action}'`).test(text)));
}

it('has words for everything that is written down', () => {
  const found = actions();
  expect(found.length).toBeGreaterThan(15);
  for (const action of found) expect(describeAct({ action, target: 'x' }).before, action).not.toBe(action);
});

it('names what it was done to, but not the person themselves', () => {
  expect(describeAct({ action: 'token.create', target: 'ci' })).toEqual({
    before: 'Created the token',
    target: 'ci',
    after: '',
  });
  expect(describeAct({ action: 'session.create', target: 'mira' }).target).toBeNull();
});

it.each([
  [{ kind: 'own', tokenName: 'ci' } as const, 'docarray', 'token ci'],
  [{ kind: 'own', tokenName: null } as const, 'docarray', 'docarray'],
  [{ kind: 'other', tokenName: null } as const, 'docarray', 'an administrator'],
  [{ kind: 'server', tokenName: null } as const, 'housekeeping', 'the server'],
  [{ kind: 'nobody', tokenName: null } as const, null, 'unknown'],
])('says who it was: %j', (by, client, words) => {
  expect(describeActor({ by, client })).toBe(words);
});
