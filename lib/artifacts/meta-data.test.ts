import { describe, expect, it } from 'vitest';
import { jsonProblem, MAX_JSON_LEVELS } from '#lib/artifacts/json-problem.ts';
import { MAX_META_DATA_BYTES, metaDataToKeep, requireMetaData } from '#lib/artifacts/meta-data.ts';

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const invalid = expect.objectContaining({ kind: 'invalid' });

describe('requireMetaData', () => {
  it('keeps the text as it was sent, number formats included', () => {
    const text = '{"b": 1.50, "a": 12345678901234567890, "c": 1e3}';
    expect(requireMetaData(text).text).toBe(text);
  });

  it('takes raw line breaks out, since clients read replies line by line', () => {
    expect(requireMetaData('{\r\n"a":\n1}').text).toBe('{ "a": 1}');
  });

  it.each([
    '',
    '[]',
    '"a"',
    '1',
    'null',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{a:1}',
    '{"a":1e999}',
    '{"a":"\\u0000"}',
    '{"\\u0000":1}',
    '{"a":"\\ud800"}',
  ])('refuses %s', (text) => {
    expect(() => requireMetaData(text)).toThrow(invalid);
  });

  it('takes what is exactly as deep and as long as allowed, and nothing deeper or longer', () => {
    expect(requireMetaData(nested(MAX_JSON_LEVELS)).text).toBe(nested(MAX_JSON_LEVELS));
    expect(() => requireMetaData(nested(MAX_JSON_LEVELS + 1))).toThrow(invalid);
    const long = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect(requireMetaData(long(MAX_META_DATA_BYTES)).text).toHaveLength(MAX_META_DATA_BYTES);
    expect(() => requireMetaData(long(MAX_META_DATA_BYTES + 1))).toThrow(invalid);
  });

  it('refuses a nesting of 100,000 levels without running out of stack', () => {
    expect(() => requireMetaData(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toThrow(invalid);
  });
});

describe('jsonProblem', () => {
  it('looks at every value and every key, at every level that is allowed', () => {
    const around = Array.from({ length: MAX_JSON_LEVELS - 2 });
    const nested = (inner: unknown) => around.reduce<unknown>((value) => ({ a: value }), inner);
    expect(jsonProblem(nested(['fine', 1, null, {}]))).toBeNull();
    for (const bad of ['\0', '\ud800', { '\0': 1 }, Number.POSITIVE_INFINITY, [[1]]])
      expect(jsonProblem(nested([1, bad]))).not.toBeNull();
  });

  it('walks millions of elements without a place for each', () => {
    expect(jsonProblem(Array(4_000_000).fill(0))).toBeNull();
    expect(jsonProblem([...Array(1_000_000).fill([]), '\0'])).not.toBeNull();
  });
});

describe('metaDataToKeep', () => {
  it('drops what belongs to one push and keeps the rest, with its digits', () => {
    const old =
      '{"summary": [], "big": 12345678901234567890, "branding": null, "x": {"y": 1.50}, "version": {}}';
    expect(metaDataToKeep(old)?.text).toBe('{"big":12345678901234567890,"x":{"y":1.50}}');
  });

  it('is null when nothing is left', () => {
    expect(metaDataToKeep('{"summary": []}')).toBeNull();
    expect(metaDataToKeep(null)).toBeNull();
  });
});
