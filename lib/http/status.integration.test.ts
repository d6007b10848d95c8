import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { overQuota } from '#lib/blobs/faults.ts';
import { systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { runHousekeeping } from '#lib/housekeeping/run.ts';
import type { PlainRequest } from '#lib/http/message.ts';
import { logAnswer, logFailure } from '#lib/http/request-log.ts';
import { statusPaths } from '#lib/http/status.ts';
import { readAll } from '#lib/testing/books.ts';
import { makeUser, push } from '#lib/testing/domain.ts';

const request: PlainRequest = {
  verb: 'POST',
  path: '/v2/rpc/artifact.upload',
  query: '',
  header: () => undefined,
  headerNames: () => [],
  body: Readable.from([]),
  address: null,
  requestId: 'r',
  receivedAt: new Date(),
  gone: () => new AbortController().signal,
};

/** The samples of a scrape: name and labels to value. */
async function scrape(): Promise<Map<string, number>> {
  const reply = await statusPaths['/api/metrics']?.(request);
  const lines = String(reply?.body)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

describe('the metrics', () => {
  let samples: Map<string, number>;

  beforeAll(async () => {
    const user = await makeUser({ quotaBytes: 10 });
    await readAll(await push(user, Buffer.from('12345'), { name: 'a' }));
    await expect(push(user, Buffer.from('12345678901'), { name: 'b' })).rejects.toThrow('quota');
    logFailure(overQuota(), 'artifact.upload', request);
    logAnswer(request, 'artifact.upload', { status: 413, headers: {}, body: null });
    await pool().query(`UPDATE artifact SET expires_at = now() - interval '1 hour'`);
    await runHousekeeping(systemClock);
    await pool().query(`UPDATE artifact SET deleted_at = now() - interval '8 days'`);
    await runHousekeeping(systemClock);
    samples = await scrape();
  });

  it('count requests by method and code', () => {
    expect(samples.get('groundstation_requests_total{method="artifact.upload",code="413"}')).toBe(1);
  });

  it('count refusals by reason, the quota among them', () => {
    expect(samples.get('groundstation_refusals_total{method="artifact.upload",kind="over-quota"}')).toBe(1);
  });

  it('count the bytes of pushes, refused ones included, and of pulls', () => {
    expect(samples.get('groundstation_received_bytes_total')).toBe(16);
    expect(samples.get('groundstation_open_uploads')).toBe(0);
    expect(samples.get('groundstation_read_bytes_total')).toBe(5);
  });

  it('tell what the housekeeping did, and when', () => {
    expect(samples.get('groundstation_housekeeping_runs_total{outcome="done"}')).toBe(2);
    expect(samples.get('groundstation_housekeeping_done_total{what="expiredArtifacts"}')).toBe(1);
    expect(samples.get('groundstation_housekeeping_done_total{what="purgedArtifacts"}')).toBe(1);
    const last = samples.get('groundstation_housekeeping_last_success_timestamp_seconds') ?? 0;
    expect(Math.abs(last - Date.now() / 1000)).toBeLessThan(60);
  });

  it('tell how many blobs wait for the sweep, and how busy the database’s connections are', () => {
    expect(samples.get('groundstation_blobs_pending{state="doomed"}')).toBe(1);
    expect(samples.get('groundstation_blobs_pending{state="provisional"}')).toBe(0);
    expect(samples.get('groundstation_database_connections{state="waiting"}')).toBe(0);
  });
});
