import { expect, it } from 'vitest';
import { withoutMarkup } from '#lib/rpc/markup.ts';

it.each([
  ['what closes nothing', 'found in [/usr/lib] and [/]', 'found in \\[/usr/lib] and \\[/]'],
  ['one behind a backslash', 'C:\\[/x]', 'C:\\\\\\[/x]'],
  ['one behind two backslashes', '\\\\[/x]', '\\\\\\\\\\[/x]'],
  ['brackets that harm nobody', '[1/5] [internal] a/b \\n', '[1/5] [internal] a/b \\n'],
])('makes markup plain: %s', (_what, text, expected) => {
  expect(withoutMarkup(text)).toBe(expected);
});
