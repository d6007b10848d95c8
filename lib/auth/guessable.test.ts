import { describe, expect, it } from 'vitest';
import { guessableProblem } from '#lib/auth/guessable.ts';

const OWN = ['vera-example', 'vera.example@mail.example.org'];

describe('a new password', () => {
  it.each([
    'password1234',
    '123456789012',
    'qwertyuiop12',
    'aaaaaaaaaaaa',
    'abcdefghijkl',
    '1q2w3e4r5t6y',
    'iloveyou1234',
    'hunter2hunter2',
    'groundstation1',
    'Groundstation!',
    'vera-example',
    'vera-example1',
    'x'.repeat(1024),
  ])('that is guessed first is refused: %s', (password) => {
    expect(guessableProblem(password, OWN)).toMatch(/easy to guess/);
  });

  it.each([
    'a sentence is fine',
    'correct horse battery',
    'f3a9bc0012de',
    'ünïcode ist schön',
    '東京の空は今日も青い空',
  ])('that is not is taken, of whatever characters: %s', (password) => {
    expect(guessableProblem(password, OWN)).toBeNull();
  });
});
