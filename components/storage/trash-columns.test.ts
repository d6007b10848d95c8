import { expect, it } from 'vitest';
import { deletedBy } from '#components/storage/trash-columns.tsx';

it.each([
  [{ deletion: 'expiry', deletedProgram: null } as const, 'its time ran out'],
  [{ deletion: 'owner', deletedProgram: 'Browser' } as const, 'you, in the browser'],
  [{ deletion: 'owner', deletedProgram: 'python-requests 2.31.0' } as const, 'you, from Python'],
  [{ deletion: 'owner', deletedProgram: 'Python 3.11' } as const, 'you, from Python'],
  [{ deletion: 'owner', deletedProgram: 'curl 8.5.0' } as const, 'you, curl 8.5.0'],
  [{ deletion: 'owner', deletedProgram: 'Unknown' } as const, 'you'],
  [{ deletion: 'owner', deletedProgram: null } as const, 'you'],
])('%j is told as: %s', (row, text) => {
  expect(deletedBy(row)).toBe(text);
});
