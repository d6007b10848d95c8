import { expect, it } from 'vitest';
import { configHasTriggers } from './base-store.ts';

it('triggers of a base image are found however its configuration spells them', () => {
  for (const key of ['OnBuild', 'onbuild', 'ONBUILD', '\\u004fnBuild'])
    expect(configHasTriggers(`{"config":{"Cmd":["sh"],"${key}":["RUN true"]}}`)).toBe(true);
  for (const none of ['{}', '{"config":null}', '{"config":{"OnBuild":null}}', '{"config":{"OnBuild":[]}}'])
    expect(configHasTriggers(none)).toBe(false);
});
