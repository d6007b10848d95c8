import { afterAll, describe, expect, it } from 'vitest';
import { Station } from './support/station.ts';

const station = await Station.start();
afterAll(() => station.stop());
const alice = await station.addPerson('alice');
const own = await station.addImage(alice, 'Own');

describe('x', () => {
  it('y', () => {
    expect(own.digest).toMatch(/sha256/);
  });
});
