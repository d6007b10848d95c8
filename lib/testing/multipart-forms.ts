import fc from 'fast-check';
import type { ReadPart } from '#lib/testing/multipart-reference.ts';

/** A body with its boundary, and where the network cuts it (taken modulo its length). */
export interface Form {
  boundary: string;
  body: Buffer;
  cuts: number[];
}

const boundaries = fc.oneof(
  fc.constantFrom('b', '-', '--', 'e9a1f0', 'a'.repeat(70), '--aa--aa', '\t x'.trim(), "'()+_,-./:=?"),
  fc.stringMatching(/^[0-9A-Za-z_.-]{1,40}$/),
);
const cuts = fc.array(fc.nat({ max: 10_000 }), { maxLength: 30 });

/** Contents are made of what delimiters are made of: those are the hard ones. */
function contents(boundary: string): fc.Arbitrary<Buffer> {
  const delimiter = `\r\n--${boundary}`;
  const beginning = fc.nat({ max: delimiter.length - 1 }).map((length) => delimiter.slice(0, length));
  const piece = fc.oneof(
    { arbitrary: beginning.map((text) => Buffer.from(text)), weight: 4 },
    fc.constantFrom('\r', '\n', '\r\n', '--', '-', boundary, '\r\n\r\n').map((text) => Buffer.from(text)),
    fc.string({ maxLength: 6 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  );
  return fc.array(piece, { maxLength: 6 }).map((pieces) => Buffer.concat(pieces));
}

const headers = fc.record({
  name: fc.constantFrom('file', 'name', 'metaData', '__proto__', 'a b', ''),
  filename: fc.option(fc.constantFrom('DocumentArray', '', 'a; name=b', 'x.bin'), { nil: undefined }),
  others: fc.array(fc.constantFrom('X-A: b', 'X-Content: text plain'), { maxLength: 1 }),
});

function encodePart(
  boundary: string,
  { name, filename, others }: { name: string; filename: string | undefined; others: string[] },
  content: Buffer,
): Buffer {
  const disposition = `Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`;
  const head = `--${boundary}\r\n${[disposition, ...others].join('\r\n')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')]);
}

interface Sent {
  parts: ReadPart[];
  form: Form;
}

function encodeForm(boundary: string, parts: Buffer[], ending: string): Buffer {
  return Buffer.concat([...parts, Buffer.from(`--${boundary}${ending}`)]);
}

function hasDelimiter(boundary: string, content: Buffer): boolean {
  const delimiter = `\r\n--${boundary}`;
  return Buffer.concat([content, Buffer.from(delimiter)]).indexOf(delimiter) < content.length;
}

/** Forms as clients write them, with what they mean. */
export const wholeForms: fc.Arbitrary<Sent> = boundaries.chain((boundary) =>
  fc
    .record({
      parts: fc.array(
        fc.tuple(
          headers,
          contents(boundary).filter((content) => !hasDelimiter(boundary, content)),
        ),
        { minLength: 1, maxLength: 2 },
      ),
      ending: fc.constantFrom('--\r\n', '--', '--\r\nan epilogue'),
      cuts,
    })
    .map(({ parts, ending, cuts }) => {
      const read = parts.map(([{ name, filename }, bytes]) => {
        const isFile = filename !== undefined || name === 'file';
        return { name, isFile, content: isFile ? bytes : Buffer.from(bytes.toString('latin1')) };
      });
      const encoded = parts.map(([head], at) =>
        encodePart(boundary, head, read[at]?.content ?? Buffer.alloc(0)),
      );
      return { parts: read, form: { boundary, body: encodeForm(boundary, encoded, ending), cuts } };
    }),
);

/** Forms that may hold their own boundary, and end anyhow. */
const oddForms: fc.Arbitrary<Form> = boundaries.chain((boundary) =>
  fc
    .record({
      parts: fc.array(fc.tuple(headers, contents(boundary)), { maxLength: 2 }),
      ending: fc.constantFrom('--\r\n', '', '-', '\r\n', 'x', ' \r\n'),
      cuts,
    })
    .map(({ parts, ending, cuts }) => {
      const encoded = parts.map(([head, content]) => encodePart(boundary, head, content));
      return { boundary, body: encodeForm(boundary, encoded, ending), cuts };
    }),
);

/** One change to a body: bytes taken out, put in again elsewhere, or put in new. */
const mutations = fc.record({
  at: fc.nat({ max: 2_000 }),
  removed: fc.nat({ max: 12 }),
  inserted: fc.oneof(
    fc
      .constantFrom('\r\n', '\r', '"', '--', 'filename=', ';', '\r\n\r\n', '\\', '%22', '\0')
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes)),
  ),
});

/** Forms that hold their own boundary, or that something on the way has damaged. */
export const damaged: fc.Arbitrary<Form> = fc
  .tuple(oddForms, fc.array(mutations, { maxLength: 5 }))
  .map(([form, changes]) => {
    let { body } = form;
    for (const { at, removed, inserted } of changes) {
      const place = at % (body.length + 1);
      body = Buffer.concat([body.subarray(0, place), inserted, body.subarray(place + removed)]);
    }
    return { ...form, body };
  });

/** Bytes that were never a form. */
export const garbage: fc.Arbitrary<Form> = fc.record({
  boundary: boundaries,
  body: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  cuts,
});
