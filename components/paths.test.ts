import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlacePath } from '#components/artifact-path.ts';
import { searchIn } from '#components/list-query.ts';
import {
  DEFAULT_STORAGE_QUERY,
  parseArtifactQuery,
  parseStorageQuery,
  parseTrashQuery,
  paths,
  safeReturnPath,
} from '#components/paths.ts';
import { artifactNameProblem } from '#lib/names/artifact-name.ts';

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

describe('paths.trash', () => {
  const read = (path: string) =>
    parseTrashQuery(Object.fromEntries(new URL(path, 'http://here').searchParams));

  it('says nothing of what is the default, and takes it for what it cannot read', () => {
    const usual = read(paths.trash());
    expect(paths.trash()).toBe('/storage/trash');
    expect(paths.trash(usual)).toBe('/storage/trash');
    expect(parseTrashQuery({ sort: 'updatedAt', page: '0', size: '51' })).toEqual(usual);
  });

  it('is read back as it was written', () => {
    const query = { search: 'a b&c', sort: 'goneAt', direction: 1, page: 2, pageSize: 25 } as const;
    expect(read(paths.trash(query))).toEqual(query);
  });
});

describe('searchIn', () => {
  it('keeps what else the list shows, and puts the search first', () => {
    const list = paths.storage({ type: 'other', sort: 'name', direction: 1 });
    expect(searchIn(list, 'a b&c')).toBe('/storage?search=a+b%26c&type=other&sort=name');
    expect(searchIn(list, '')).toBe(list);
    expect(searchIn(paths.trash(), 'x')).toBe('/storage/trash?search=x');
  });
});

describe('paths.artifact', () => {
  const id = '65f1c2a90b7e4d3c8a12ef07';
  /** As a browser reads an address: it resolves dots and escapes what it must. */
  const asBrowser = (path: string) => new URL(path, 'http://here').pathname;
  const text = fc.string({
    unit: fc.constantFrom('/', '.', '~', '%', '2', 'e', ' ', '\\', '?', '#', 'ä', '🛰️'),
  });

  it('comes back from the URL exactly, for any legal name', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (name) => {
        fc.pre(artifactNameProblem(name) === null);
        const address = parsePlacePath(asBrowser(paths.artifact({ namespace: 'mira', name, id })));
        const isExcepted = /^~|%|\.rsc$/.test(name) || name.split('/').some((part) => /^\.{0,2}$/.test(part));
        expect(address).toEqual(isExcepted ? { namespace: 'mira', id } : { namespace: 'mira', name });
      }),
      { numRuns: 500 },
    );
  });

  it.each(['.', '..', 'a/../b', '/a', 'a/', 'a//b', '~', '~x', '100%', 'a%20b', 'x.rsc', null])(
    'names %j by id',
    (name) => {
      expect(paths.artifact({ namespace: 'mira', name, id })).toBe(`/storage/mira/~${id}`);
    },
  );

  it.each([
    ['street signs', '/storage/mira/street%20signs'],
    ['2026/may', '/storage/mira/2026/may'],
    ['100?#', '/storage/mira/100%3F%23'],
    ['...', '/storage/mira/...'],
    ['x/settings', '/storage/mira/x/settings'],
  ])('writes %j as people would', (name, path) => {
    expect(paths.artifact({ namespace: 'mira', name, id })).toBe(path);
  });

  it('keeps its tabs and views in the query, where no name reaches', () => {
    const place = { namespace: 'mira', name: 'photos', id };
    const read = (path: string) =>
      parseArtifactQuery(Object.fromEntries(new URL(path, 'http://here').searchParams));
    expect(paths.artifact(place, 'pulls')).toBe('/storage/mira/photos?tab=pulls');
    expect(read(paths.artifact(place, 'overview', 'whole'))).toEqual({ tab: 'overview', view: 'whole' });
    expect(read(paths.artifact(place))).toEqual({ tab: 'overview', view: 'table' });
    expect(parseArtifactQuery({ tab: 'secrets', view: ['text'] })).toEqual({ tab: 'overview', view: 'text' });
  });

  it.each(['/storage', '/storage/mira', '/storage/mira/%', '/storage/mira/~x/y', '/settings/tokens'])(
    'reads no artifact from %s',
    (path) => {
      expect(parsePlacePath(path)).toBeNull();
    },
  );
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
