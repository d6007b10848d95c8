import fc from 'fast-check';
import type { Cut, ListQuery } from './op.ts';
import { OWNERS, type Owner, type Who } from './world.ts';

/**
 * Acts before they meet a model: plain numbers and words, which can be written down, made smaller and used again. What
 * they mean (which id is the third one) depends on what has happened before.
 */

/** Names that collide, that look alike, and that look like something else. `lab` is nobody's namespace. */
const NAMES = ['a', 'A', 'é', 'e\u0301', 'lab/a', '../../etc/passwd', '🛰 &?#%41'];
/** How many sizes of content there are to choose from. */
const SIZES = 8;
const META_DATA = [
  '{"colour":"red"}',
  '{"colour":"blue","nested":{"deep":[1,null]}}',
  '{"colour":"red","branding":{"icon":"x"}}',
  '{"summary":[{"name":"Length","value":3}],"colour":"green"}',
  '{}',
];
export type RawRef =
  | { by: 'id'; pick: number; live: boolean }
  | { by: 'name'; of: Owner; name: string; isFull: boolean };
export type Role = 'owner' | 'stranger' | 'nobody';

const owner = fc.constantFrom(...OWNERS);
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constant('a') },
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
);
const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 });
const metaData = fc.constantFrom(...META_DATA);
const unheard: fc.Arbitrary<Cut> = fc.constantFrom(null, null, null, null, null, null, null, 'unheard');
const role = (owners: number): fc.Arbitrary<Role> =>
  fc.constantFrom<Role>(...Array<Role>(owners).fill('owner'), 'stranger', 'nobody');

export const ref: fc.Arbitrary<RawRef> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant('id' as const),
      pick: fc.nat(50),
      live: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ by: fc.constant('name' as const), of: owner, name, isFull: fc.boolean() }),
  },
);

const target = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name, style: fc.constantFrom('bare', 'bare', 'own', 'foreign') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      pick: fc.nat(50),
      isAnybodys: fc.constantFrom(false, false, false, false, true),
      name: optional(name),
    }),
  },
  { weight: 1, arbitrary: fc.constant({}) },
);

export const rawPush = fc.record({
  kind: fc.constant('push' as const),
  who: fc.constantFrom<Who>(
    'ada',
    'ada',
    'ada',
    'ada',
    'bob',
    'bob',
    'bob',
    'cleo',
    'cleo',
    'cleo',
    'nobody',
  ),
  target,
  size: fc.nat(SIZES - 1),
  /** The bytes that are there already. */
  isAgain: fc.constantFrom(false, false, false, true),
  public: optional(fc.boolean()),
  isDocumentArray: fc.boolean(),
  metaData: optional(metaData),
  isAnnounced: fc.boolean(),
  cut: fc.oneof(
    { weight: 3, arbitrary: unheard },
    { weight: 1, arbitrary: fc.nat(1000).map((thousandths) => thousandths / 1001) },
  ),
});
const rawRead = fc.record({ kind: fc.constantFrom('pull' as const, 'detail' as const), role: role(2), ref });
const rawUpdate = fc.record({
  kind: fc.constant('update' as const),
  role: role(6),
  pick: fc.nat(50),
  name: optional(fc.oneof({ weight: 7, arbitrary: name }, { weight: 1, arbitrary: fc.constant('foreign') })),
  public: optional(fc.boolean()),
  metaData: optional(metaData),
  cut: unheard,
});
const rawDelete = fc.record({ kind: fc.constant('delete' as const), role: role(8), ref, cut: unheard });
const rawDeleteMany = fc.record({
  kind: fc.constant('deleteMany' as const),
  who: owner,
  picks: fc.array(fc.nat(50), { maxLength: 3 }),
  names: fc.array(name, { maxLength: 2 }),
  cut: unheard,
});
const rawList = fc.record({
  kind: fc.constant('list' as const),
  who: fc.constantFrom<Who>(...OWNERS, 'nobody'),
  query: fc.record<ListQuery>({
    filter: fc.constantFrom<ListQuery['filter']>(
      {},
      {},
      { visibility: 'public' },
      { type: 'documentArray' },
      { 'metaData.colour': 'red' },
      { name: 'a', visibility: 'private' },
    ),
    sort: fc.constantFrom<ListQuery['sort']>({}, { name: 1 }, { name: -1 }, { size: 1 }, { size: -1 }),
    pageSize: optional(fc.integer({ min: 1, max: 3 })),
    pageIndex: optional(fc.nat(3)),
  }),
});

/** What can be done at the same time as others. */
export const rawOp = fc.oneof(
  { weight: 24, arbitrary: rawPush },
  { weight: 12, arbitrary: rawRead },
  { weight: 10, arbitrary: rawUpdate },
  { weight: 3, arbitrary: rawDelete },
  { weight: 2, arbitrary: rawDeleteMany },
);
export const rawOpAlone = fc.oneof({ weight: 6, arbitrary: rawOp }, { weight: 1, arbitrary: rawList });

export type RawPush = typeof rawPush extends fc.Arbitrary<infer T> ? T : never;
export type RawOp = typeof rawOpAlone extends fc.Arbitrary<infer T> ? T : never;
export type RawOf<Kind> = Extract<RawOp, { kind: Kind }>;
