import { describe, expect, it } from 'vitest';
import { isWorthKeeping, withLabels } from './bud.ts';

const JOB = { labels: { a: 'b "c" $HOME \\x', d: 'e' }, contextDir: '/nowhere', dockerfile: 'Dockerfile' };
const LABEL = 'LABEL "a"="b \\"c\\" \\$HOME \\\\x" "d"="e"';

describe('the labels of an image', () => {
  it('are one step, before those that a working directory makes longer', () => {
    const text = 'FROM x\n# what it does\nCOPY . /w\nWORKDIR /w\n';
    expect(withLabels(text, JOB)).toBe(`FROM x\n# what it does\n${LABEL}\n\nCOPY . /w\nWORKDIR /w\n`);
  });

  it('are the last step where the Dockerfile has labels of its own, or steps whose layers are kept', () => {
    for (const text of ['FROM x\nLABEL a=1\n', 'FROM x\nRUN true\n', 'FROM x AS y\nFROM z\n'])
      expect(withLabels(text, JOB)).toBe(`${text}\n${LABEL}\n`);
  });

  it('are none of its lines where the last one goes on', () => {
    expect(withLabels('FROM x\nRUN true \\\n', JOB)).toBeNull();
    expect(withLabels('# escape=`\nFROM x\n', JOB)).toBeNull();
    expect(withLabels('FROM x\nRUN <<E\ntrue\n', JOB)).toBeNull();
  });
});

it('steps are worth keeping where one runs something, or several copy', () => {
  expect(isWorthKeeping('FROM x\nCOPY . /w\nENTRYPOINT ["y"]\n')).toBe(false);
  for (const more of ['RUN true', 'COPY b /b', 'ADD b /b', 'ONBUILD RUN true', 'FROM z'])
    expect(isWorthKeeping(`FROM x\nCOPY a /a\n${more}\n`)).toBe(true);
});
