import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/env.ts';

describe('parseEnv', () => {
  it('has a default for everything, open to sign-ups on loopback only', () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 3000,
      SIGN_UP: 'open',
      RETENTION_DAYS: 7,
      QUOTA_BYTES: 20_000_000_000,
    });
    expect(parseEnv({ HOST: '0.0.0.0', PUBLIC_URL: 'https://GS.example.org:443/' })).toMatchObject({
      SIGN_UP: 'invite',
      PUBLIC_URL: 'https://gs.example.org',
    });
  });

  it('takes an empty variable for an absent one, and never for ever', () => {
    expect(parseEnv({ PORT: '', RETENTION_DAYS: 'never' })).toMatchObject({
      PORT: 3000,
      RETENTION_DAYS: null,
    });
  });

  it.each([
    [{ PORT: 'x' }, 'PORT is "x"; allowed: a port from 0 to 65535.'],
    [{ RETENTION_DAYS: '0' }, /^RETENTION_DAYS is "0"/],
    [{ MAX_RETENTION_DAYS: '0' }, /^MAX_RETENTION_DAYS is "0"/],
    [{ MAX_RETENTION_DAYS: '3' }, /^RETENTION_DAYS is 7, which is beyond MAX_RETENTION_DAYS \(3\)/],
    [{ MAX_RETENTION_DAYS: '30', RETENTION_DAYS: 'never' }, /^RETENTION_DAYS is never/],
    [{ FAST_LANE: 'yes' }, /^FAST_LANE is "yes"; allowed: on or off/],
    [{ TRUST_PROXY: 'proxy' }, /^TRUST_PROXY is "proxy"/],
    [{ HOST: '0.0.0.0' }, /^PUBLIC_URL is missing/],
    [{ PUBLIC_URL: 'https://gs.example.org/hub' }, /^PUBLIC_URL is .* without a path/],
    [{ BLOB_STORE: 'tape' }, 'BLOB_STORE is "tape"; allowed: disk or s3.'],
    [{ BLOB_STORE: 's3' }, /^S3_BUCKET is missing; it is required/],
    [{ S3_BUCKET: 'a/b' }, /^S3_BUCKET is "a\/b"/],
    [{ S3_BUCKET: 'bytes', AWS_ACCESS_KEY_ID: 'half' }, /belong together/],
    [{ SMTP_URL: 'smtp://mail.example.org' }, /^MAIL_FROM is missing; it is required with SMTP_URL/],
    [{ MAIL_FROM: 'gs@example.org' }, /^SMTP_URL is missing; it is required with MAIL_FROM/],
    [{ SMTP_URL: 'http://mail.example.org' }, /^SMTP_URL is the given value; allowed: an smtp:/],
    [{ MAIL_FROM: 'gs@example.org\r\nBcc: all@example.org' }, /^MAIL_FROM is .*; allowed: one e-mail/s],
    [{ MAIL_FROM: 'a@example.org, b@example.org' }, /^MAIL_FROM is /],
    [{ S3_PUBLIC_ENDPOINT: 'off' }, /^S3_PUBLIC_ENDPOINT is "off"; allowed: .* or none/],
  ])('stops at %o with one line', (given, message) => {
    expect(() => parseEnv(given)).toThrow(message);
  });

  it('lets an S3 be known beside a disk, and keys be wherever the SDK finds them', () => {
    expect(parseEnv({ S3_BUCKET: 'bytes', S3_ENDPOINT: 'http://127.0.0.1:9000/' })).toMatchObject({
      BLOB_STORE: 'disk',
      S3_ENDPOINT: 'http://127.0.0.1:9000',
      S3_REGION: 'us-east-1',
    });
    // Somebody else's business, on a machine that knows nothing of a bucket.
    expect(parseEnv({ AWS_ACCESS_KEY_ID: 'half' })).toMatchObject({ BLOB_STORE: 'disk' });
  });

  it.each([
    ['gs@example.org', { name: '', address: 'gs@example.org' }],
    ['Groundstation <gs@example.org>', { name: 'Groundstation', address: 'gs@example.org' }],
  ])('takes %s as a sender', (MAIL_FROM, sender) => {
    expect(parseEnv({ SMTP_URL: 'smtps://u:p@mail.example.org', MAIL_FROM }).MAIL_FROM).toEqual(sender);
  });

  it('never repeats a secret in its message', () => {
    expect(() => parseEnv({ AUTH_SECRET: 'too-short-secret' })).toThrow(/^AUTH_SECRET is the given value/);
    expect(() => parseEnv({ SMTP_URL: 'smpt://user:secret@host' })).toThrow(/^SMTP_URL is the given value/);
  });
});
