import { describe, expect, it } from 'vitest';
import { matchingCommands } from '#components/palette/commands.ts';

const titles = (text: string) =>
  matchingCommands(text).flatMap(({ commands }) => commands.map(({ title }) => title));

describe('the commands of the palette', () => {
  it('are all there while nothing is typed', () => {
    expect(titles(' ')).toEqual([
      'Storage',
      'Trash',
      'Profile',
      'Tokens',
      'Sessions',
      'Appearance',
      'Create a token',
      'Theme: Light',
      'Theme: Dark',
      'Theme: System',
    ]);
  });

  it.each([
    ['TRA', ['Trash']],
    ['token new', ['Create a token']],
    ['dark', ['Theme: Dark']],
    ['password', ['Profile']],
    ['nothing like it', []],
  ])('for %j are %j', (text, wanted) => {
    expect(titles(text)).toEqual(wanted);
  });

  it('have ids of their own', () => {
    const ids = matchingCommands('').flatMap(({ commands }) => commands.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
