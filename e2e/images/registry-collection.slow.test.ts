import { afterAll, it } from 'vitest';
import { collectUnderLoad } from './support/collecting.ts';
import { Station } from './support/station.ts';

// Without housekeeping, which would do the same as these tests at its own times.
const station = await Station.start({ ROLE: 'web' });
afterAll(() => station.stop());

it('leaves each image whole for five minutes of pushes, deletions and pulls', async () => {
  await collectUnderLoad(station, await station.addPerson('alice'), 300);
});
