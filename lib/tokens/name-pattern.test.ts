import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, matchesName, patternWithin } from '#lib/tokens/name-pattern.ts';

const pattern = fc.option(fc.stringMatching(/^[ab*]{1,4}$/).filter((text) => text !== '*'));
const name = fc.option(fc.stringMatching(/^[ab*]{1,6}$/));

describe('a name pattern', () => {
  it.each([
    [null, 'x', true],
    [null, null, true],
    ['ci', 'ci', true],
    ['ci', 'ci-1', false],
    ['ci-*', 'ci-1', true],
    ['ci-*', 'ci-', true],
    ['ci-*', 'CI-1', false],
    ['ci-*', 'xci-1', false],
    ['ci-*', null, false],
    ['a_%*', 'a_%b', true],
    ['a_%*', 'axyb', false],
  ])('%s of %s: %s', (text, of, matches) => {
    expect(matchesName(text, of)).toBe(matches);
  });

  it('within another matches nothing that the other does not', () => {
    fc.assert(
      fc.property(pattern, pattern, name, (outer, inner, of) => {
        if (isWithin(outer, inner) && matchesName(inner, of)) expect(matchesName(outer, of)).toBe(true);
      }),
    );
  });
});

describe('the pattern of a new token', () => {
  it.each([
    ['ci-*', undefined, 'ci-*'],
    ['ci-*', 'ci-1', 'ci-1'],
    ['ci-*', 'ci-1-*', 'ci-1-*'],
    [null, '*', null],
    [null, undefined, null],
    ['ci', 'ci', 'ci'],
  ])('of a maker with %s who asks for %s is %s', (own, wanted, made) => {
    expect(patternWithin(own, wanted)).toBe(made);
  });

  it.each([
    ['ci-*', '*'],
    ['ci-*', 'c*'],
    ['ci-*', 'ci'],
    ['ci-*', 'prod'],
    ['ci', 'ci*'],
    ['ci', 'ci2'],
  ])('of a maker with %s cannot be %s', (own, wanted) => {
    expect(() => patternWithin(own, wanted)).toThrow(/may do more/);
  });

  it.each(['a\0', 'a\n*', '\ud800', 'x'.repeat(256)])('cannot be %j', (wanted) => {
    expect(() => patternWithin(null, wanted)).toThrow(/namePattern is a name/);
  });
});
