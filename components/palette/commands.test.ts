import { describe, expect, it } from 'vitest';
import { matchingCommands } from '#components/palette/commands.ts';

const titles = (text: string, isAdmin = false) =>
  matchingCommands(text, isAdmin).flatMap(({ commands }) => commands.map(({ title }) => title));

describe('the commands of the palette', () => {
  it('are all there while nothing is typed', () => {
    expect(titles(' ')).toEqual([
      'Storage',
      'Trash',
      'Executors',
      'Executors: Trash',
      'Hub',
      'Profile',
      'Tokens',
      'Signing keys',
      'Sessions',
      'Sign-in methods',
      'Activity',
      'Account',
      'Appearance',
      'Create a token',
      'Theme: Light',
      'Theme: Dark',
      'Theme: System',
    ]);
  });

  it.each([
    ['TRA', ['Trash', 'Executors: Trash']],
    ['catalogue', ['Hub']],
    ['token new', ['Create a token']],
    ['dark', ['Theme: Dark']],
    ['password', ['Profile', 'Sign-in methods']],
    ['nothing like it', []],
  ])('for %j are %j', (text, wanted) => {
    expect(titles(text)).toEqual(wanted);
  });

  it('go to the pages for administrators for those alone', () => {
    expect(titles('admin')).toEqual([]);
    expect(titles('admin inv', true)).toEqual(['Admin: Invitations']);
  });

  it('have ids of their own', () => {
    const ids = matchingCommands('', true).flatMap(({ commands }) => commands.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
