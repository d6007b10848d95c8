import { describe, expect, it } from 'vitest';
import { readBranding } from '#components/storage/branding.ts';

describe('readBranding', () => {
  it('takes one grapheme as the icon, however many code points it has', () => {
    expect(readBranding({ icon: '👩‍🚀🚀' }).icon).toBe('👩‍🚀');
    expect(readBranding({ icon: '  abc' }).icon).toBe('a');
    expect(readBranding({ icon: '<script>' }).icon).toBe('<');
    expect(readBranding({ icon: '🇩🇪🇫🇷' }).icon).toBe('🇩🇪');
  });

  it.each(['\u202eabc', '\u200b', '\u0000', '\u0301', '\ud800', '\u2066'])(
    'takes no icon from %j, of which nothing can be seen',
    (icon) => {
      expect(readBranding({ icon }).icon).toBeNull();
    },
  );

  it.each(['#fff', '#f6d9a8', '#f6d9a8cc', 'rgb(1, 2, 3)', 'hsl(200deg 50% 50% / 0.5)', 'teal'])(
    'takes %s as a background',
    (background) => {
      expect(readBranding({ background }).background).toBe(background);
    },
  );

  it.each([
    'url(https://evil.example/x)',
    'red; position: fixed',
    'var(--color-text)',
    'expression(alert(1))',
    '#12345',
    '#fff;color:red',
    'rgb(1, 2, 3) url(x)',
    'rgb(1, 2, 3); color: red',
    'rgb(var(--color-text))',
    'hsl(calc(1))',
    'image-set("x" 1x)',
    'light-dark(red, blue)',
    'red/**/',
    '\\72 ed',
    'red\nblue',
    '',
    7,
    null,
  ])('takes no background from %j', (background) => {
    expect(readBranding({ background }).background).toBeNull();
  });

  it.each([null, undefined, 'text', 7, [], { icon: 7 }, { icon: '' }, { icon: `e${'\u0301'.repeat(500)}` }])(
    'takes nothing from %j',
    (branding) => {
      expect(readBranding(branding)).toEqual({ icon: null, background: null });
    },
  );
});
