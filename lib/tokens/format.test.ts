import { describe, expect, it } from 'vitest';
import { isTokenText, newTokenText } from '#lib/tokens/format.ts';

describe('token texts', () => {
  it('have a prefix, 40 random characters, a checksum and no dot', () => {
    expect(newTokenText()).toMatch(/^gst_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}$/);
    expect(isTokenText(newTokenText())).toBe(true);
  });

  it('are recognised as mistyped when any one character is changed', () => {
    const token = newTokenText();
    for (let at = 4; at < token.length; at++) {
      const other = token[at] === 'x' ? 'y' : 'x';
      expect(isTokenText(token.slice(0, at) + other + token.slice(at + 1)), `changed at ${at}`).toBe(false);
    }
  });
});
