import { documentArray, message } from '#lib/testing/document-array.ts';

const CATEGORIES = ['CHAIR', 'LAMP', 'RUG', 'MUG', 'SOFA'];
const COUNTRIES = ['DE', 'GB', 'US', 'IT', 'JP'];
/** As much as the server reads of a file: what the database says is longer is not noticed. */
const LENGTH = 512 * 1024;

/** A tensor of 512 numbers. */
const EMBEDDING = message([1, message([2, Buffer.from([0x80, 0x04])], [3, '<f4'])]);

function tag(key: string, value: Uint8Array): [number, Uint8Array] {
  return [1, message([1, key], [2, value])];
}

function product(index: number): Uint8Array {
  const id = `3f9a11c2e0b74f${index.toString(16).padStart(2, '0')}`;
  const tags = message(
    tag('category', message([3, CATEGORIES[index % 5] ?? ''])),
    tag('country', message([3, COUNTRIES[index % 5] ?? ''])),
    ...(index % 4 === 0 ? [] : [tag('colours', message([6, message([1, message([3, 'sage'])])]))]),
  );
  const chunks = ['image', 'title', 'bullets'].map((name): [number, Uint8Array] => [14, message([1, name])]);
  const matches = Array.from({ length: 10 }, (): [number, Uint8Array] => [15, message([1, id])]);
  return message(
    [1, id],
    [4, 'Three-seat sofa with removable cushions, in linen and oak.'],
    [9, `images/51/${id}.jpg`],
    [16, EMBEDDING],
    [17, tags],
    ...chunks,
    ...matches,
  );
}

/** The beginning of a DocumentArray of so many products. */
export function products(count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LENGTH);
  bytes.set(
    documentArray(
      Array.from({ length: 20 }, (_, index) => product(index)),
      1,
      count,
    ),
  );
  return bytes;
}
