import { describe, expect, it } from 'vitest';
import { parseReport } from '../../e2e/sdk/junit.ts';
import { asPage, asText, tablesOf } from '../../e2e/sdk/table.ts';

/** What pytest writes, as matrix/conftest.py lets it. */
function report(testcases: string, counts = 'errors="0" failures="0" skipped="0" tests="1"'): string {
  const rows = [
    '{"title": "push &lt;you&gt;/x"}',
    '{"title": "list", "absent": "it has no list"}',
    '{"title": "pull", "note": "slowly"}',
  ];
  const properties = rows.map((row) => `<property name="row" value="${row.replaceAll('"', '&quot;')}" />`);
  return (
    `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" ${counts} ` +
    `time="1.5"><properties>${properties.join('')}</properties>${testcases}</testsuite></testsuites>`
  );
}

function testcase(title: string, inside = ''): string {
  const properties = `<properties><property name="operation" value="${title}" /></properties>`;
  return `<testcase classname="matrix" name="test" time="0.1">${properties}${inside}</testcase>`;
}

const GOOD = report(testcase('push &lt;you&gt;/x') + testcase('pull'));

describe('the table of clients', () => {
  it('has the counts of the report', () => {
    const counts = 'errors="1" failures="2" skipped="3" tests="10"';
    expect(parseReport(report('', counts))).toMatchObject({ passed: 4, failed: 3, skipped: 3, seconds: 1.5 });
  });

  it('says what went well, what the client has not, and why', () => {
    const page = asPage(tablesOf([{ product: 'docarray', version: '0.17.0', report: parseReport(GOOD) }]));
    expect(page).toContain('| push \\<you>/x | ok |\n| list | –¹ |\n| pull | ok² |');
    expect(page).toContain('1. it has no list\n2. slowly\n');
  });

  it('shows a failure, an error and a second report of the same test', () => {
    for (const inside of ['<failure message="x">y</failure>', '<error message="x">y</error>']) {
      const xml = report(testcase('pull', inside) + testcase('pull'));
      const [table] = tablesOf([{ product: 'docarray', version: '0.17.0', report: parseReport(xml) }]);
      expect(table?.rows.at(-1)?.cells).toEqual([{ text: 'FAILED', remark: 'slowly' }]);
    }
  });

  it('counts an operation that was not run, and is not known to be absent, as failed', () => {
    const xml = report(testcase('pull'));
    const [table] = tablesOf([{ product: 'docarray', version: '0.17.0', report: parseReport(xml) }]);
    expect(table?.rows[0]?.cells).toEqual([{ text: 'FAILED', remark: undefined }]);
  });

  it('has the clients in the order of their versions, those too that could not be run', () => {
    const columns = ['0.9.6', '0.11.2', '0.8.0'].map((version) => ({
      product: 'docarray',
      version,
      report: version === '0.8.0' ? null : parseReport(GOOD),
    }));
    expect(tablesOf(columns).map(asText)).toEqual([
      [
        'docarray       0.8.0   0.9.6  0.11.2',
        'push <you>/x skipped      ok      ok',
        'list         skipped       –       –',
        'pull         skipped      ok      ok',
      ].join('\n'),
    ]);
  });
});
