import { expect, it } from 'vitest';
import { deletedBy } from '#components/storage/trash-columns.tsx';

it.each([
  [{ deletion: 'expiry', deletedClient: null } as const, 'its time ran out'],
  [{ deletion: 'owner', deletedClient: 'Mozilla/5.0 (X11)' } as const, 'you, in the browser'],
  [{ deletion: 'owner', deletedClient: 'python-requests/2.31.0' } as const, 'you, python-requests 2.31.0'],
  [{ deletion: 'owner', deletedClient: null } as const, 'you'],
])('%j is told as: %s', (row, text) => {
  expect(deletedBy(row)).toBe(text);
});
