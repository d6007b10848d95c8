import fc from 'fast-check';

/** A POST as the readers see it; a query is given with a character a byte. */
export interface Sent {
  type: string | undefined;
  body: Buffer;
  query: string;
}

/** The encodings of a body that are read. */
export const TYPES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data; boundary=b0undary',
};

/** The fields that a shape of the fuzz has, and some that are none. */
const FIELDS = ['text', 'id', 'flag', 'count', 'list', 'list[]', 'filter', 'sort', 'metaData', '__proto__'];

/** What JSON and forms are made of, the hard parts of both, and what is nearly one of them. */
const CRUMBS = [
  ...String.raw`{ } [ ] : , " \u \ud800 null NaN -0 1e999 & = + % %4 %41 %c3%28 %FF [] a ä 東 constructor --b0undary`.split(
    ' ',
  ),
  ...['\ufeff', '\0', '\r\n', ...FIELDS],
];
/** They in any order. */
export const scraps = fc
  .array(fc.constantFrom(...CRUMBS), { maxLength: 30 })
  .map((crumbs) => Buffer.from(crumbs.join('')));

const jsonBodies = fc
  .dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 4 }))
  .map((value) => Buffer.from(JSON.stringify(value)));
const deepBodies = fc
  .tuple(fc.constantFrom(...FIELDS), fc.constantFrom('[', '{"a":', '[[],'), fc.nat({ max: 3_000 }))
  .map(([field, opening, levels]) => {
    const closing = opening.startsWith('{') ? '}' : ']';
    return Buffer.from(`{"${field}":${opening.repeat(levels)}1${closing.repeat(levels)}}`);
  });

/** A byte changed here and there. */
const damaged = fc
  .tuple(
    fc.oneof(jsonBodies, scraps, deepBodies),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
  )
  .map(([body, changes]) => {
    const copy = Buffer.from(body);
    for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });

/** Bodies and queries of every kind, most of them wrong. */
export const anything: fc.Arbitrary<Sent> = fc.record({
  type: fc.constantFrom(TYPES.json, TYPES.form, TYPES.multipart, 'text/csv', undefined),
  body: fc.oneof(
    damaged,
    scraps,
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  ),
  query: fc
    .oneof(scraps, fc.uint8Array({ maxLength: 40 }))
    .map((bytes) => Buffer.from(bytes).toString('latin1')),
});
