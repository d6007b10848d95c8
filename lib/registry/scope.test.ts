import { describe, expect, it } from 'vitest';
import { parseScopes } from '#lib/registry/scope.ts';

const pull = (name: string) => ({ type: 'repository', name, actions: ['pull'] });

describe('scopes', () => {
  it('come repeated, and separated by spaces', () => {
    const scopes = parseScopes(['repository:a:pull repository:b:pull', 'repository:c:pull']);
    expect(scopes).toEqual(['a', 'b', 'c'].map(pull));
  });

  it('keep the order of their actions, and whatever these are', () => {
    expect(parseScopes(['repository:a:push,pull'])[0]?.actions).toEqual(['push', 'pull']);
    expect(parseScopes(['repository:a:*'])[0]?.actions).toEqual(['*']);
    expect(parseScopes(['repository:a:'])[0]?.actions).toEqual([]);
  });

  it('may have a port in their name', () => {
    expect(parseScopes(['repository:host:5000/a:pull'])).toEqual([pull('host:5000/a')]);
  });

  it.each(['', ' ', ':', '::', 'repository', 'repository:a', ':a:pull', 'repository::pull'])(
    'leave out %j, which is none',
    (text) => {
      expect(parseScopes([text, 'repository:a:pull'])).toEqual([pull('a')]);
    },
  );

  it('are a hundred at most', () => {
    expect(parseScopes([Array(1000).fill('repository:a:pull').join(' ')])).toHaveLength(100);
  });

  it('are read from any text without a failure', () => {
    const letters = [
      'repository',
      'registry(x)',
      ':',
      ',',
      ' ',
      '*',
      'pull',
      'push',
      '/',
      '%00',
      '\0',
      '\u{1f600}',
      '\ud800',
    ];
    for (let round = 0; round < 2000; round++) {
      const pick = () => letters[Math.floor(Math.random() * letters.length)] ?? '';
      const text = Array.from({ length: round % 20 }, pick).join('');
      for (const { type, name, actions } of parseScopes([text])) {
        expect(type).not.toBe('');
        expect(name).not.toBe('');
        expect(actions).not.toContain('');
      }
    }
  });
});
