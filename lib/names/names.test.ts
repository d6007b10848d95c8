import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactNameProblem, MAX_NAME_BYTES, splitName } from '#lib/names/artifact-name.ts';
import { namespaceProblem } from '#lib/names/namespace.ts';

describe('artifactNameProblem', () => {
  it.each(['a', '..', 'a/b', ' ', 'jac://x', 'ä'.repeat(127), '🛰️', 'a%20b', "x'; --"])(
    'takes %s as it is',
    (name) => {
      expect(artifactNameProblem(name)).toBeNull();
    },
  );

  it.each([
    '',
    'a\0b',
    'a\nb',
    '\u007f',
    '\u0085',
    '\ud800',
    'ä'.repeat(128),
    'x'.repeat(MAX_NAME_BYTES + 1),
  ])('refuses %j', (name) => {
    expect(artifactNameProblem(name)).not.toBeNull();
  });
});

describe('splitName', () => {
  it('splits at the first slash and never loses a character', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const split = splitName(name);
        if (split) expect(`${split.slug}/${split.rest}`).toBe(name);
        else expect(name.indexOf('/') < 1 || name.indexOf('/') === name.length - 1).toBe(true);
      }),
    );
  });
});

describe('namespaceProblem', () => {
  it.each(['a', 'a-b', '0', 'a'.repeat(40)])('takes %s', (slug) => {
    expect(namespaceProblem(slug)).toBeNull();
  });

  it.each(['', '-a', 'a-', 'A', 'a_b', 'a.b', 'ä', 'a'.repeat(41), 'storage', 'v2', 'admin'])(
    'refuses %s',
    (slug) => {
      expect(namespaceProblem(slug)).not.toBeNull();
    },
  );
});
