import { describe, expect, it } from 'vitest';
import { DEFAULT_STORAGE_QUERY, parseStorageQuery, paths, safeReturnPath } from '#components/paths.ts';

function roundTrip(path: string) {
  return parseStorageQuery(Object.fromEntries(new URL(path, 'http://here').searchParams));
}

describe('paths.storage', () => {
  it('says nothing of what is the default', () => {
    expect(paths.storage(DEFAULT_STORAGE_QUERY)).toBe('/storage');
  });

  it('is read back as it was written', () => {
    const query = {
      search: 'a b&c=ä/#',
      type: 'other',
      access: 'public',
      isExpiring: true,
      sort: 'expireAt',
      direction: -1,
      page: 3,
      pageSize: 500,
    } as const;
    expect(roundTrip(paths.storage(query))).toEqual(query);
    const ascending = { ...DEFAULT_STORAGE_QUERY, direction: 1 } as const;
    expect(roundTrip(paths.storage(ascending))).toEqual(ascending);
  });
});

describe('parseStorageQuery', () => {
  it('takes the default for what it cannot read', () => {
    const odd = {
      sort: '-password',
      page: '-1',
      search: ['first', 'second'],
      type: 'model',
      access: 'both',
      expiring: 'yes',
      size: '1000000',
    };
    expect(parseStorageQuery(odd)).toEqual({ ...DEFAULT_STORAGE_QUERY, search: 'first' });
    expect(parseStorageQuery({ page: '1e300' }).page).toBe(1);
  });
});

describe('safeReturnPath', () => {
  it('keeps a path of this server with its query', () => {
    expect(safeReturnPath('/storage?search=x')).toBe('/storage?search=x');
  });

  it.each([
    '',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    'storage',
  ])('leads home instead of to %j', (from) => {
    expect(safeReturnPath(from)).toBe('/storage');
  });
});
