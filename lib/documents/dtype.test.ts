import { expect, it } from 'vitest';
import { dtypeName } from '#lib/documents/dtype.ts';

it.each([
  ['<f4', 'float32'],
  ['>f8', 'float64'],
  ['<f2', 'float16'],
  ['|u1', 'uint8'],
  ['<i8', 'int64'],
  ['<c16', 'complex128'],
  ['|b1', 'bool'],
  ['<U12', 'str'],
  ['|S3', 'bytes'],
  ['|O', 'object'],
  ['<M8[ns]', '<M8[ns]'],
  ['float32', 'float32'],
  ['', ''],
  ['__proto__', '__proto__'],
])('numpy’s %s is called %s', (dtype, name) => {
  expect(dtypeName(dtype)).toBe(name);
});
