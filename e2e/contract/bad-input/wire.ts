import { send } from '../client.ts';
import { head, type Row, type Scene, type Section, sendRaw } from './row.ts';

const WHOAMI = 'POST /v2/rpc/user.identity.whoami';
const LIST = 'POST /v2/rpc/artifact.list';
const CHUNKED = 'Transfer-Encoding: chunked';
const JSON_TYPE = 'Content-Type: application/json';

/** What must never become a request: it would delete what is there. */
function smuggled({ who, kept }: Scene): string {
  const body = JSON.stringify({ id: kept._id });
  return head(who.token, 'POST /v2/rpc/artifact.delete', JSON_TYPE, `Content-Length: ${body.length}`) + body;
}

/** A call of whoami with these header lines and `after` behind its headers, then what would be smuggled. */
function withLines(scene: Scene, lines: string[], after = ''): string {
  return head(scene.who.token, WHOAMI, ...lines) + after + smuggled(scene);
}

const LAST = '0\r\n\r\n';

/** Requests that two programs could read differently; the one answer is a refusal that closes the connection. */
const ambiguous: [sent: string, request: (scene: Scene) => string][] = [
  [
    'two lengths that differ',
    (scene) => withLines(scene, ['Content-Length: 0', `Content-Length: ${smuggled(scene).length}`]),
  ],
  ['the same length twice', (scene) => withLines(scene, ['Content-Length: 0', 'Content-Length: 0'])],
  ['a list of lengths', (scene) => withLines(scene, ['Content-Length: 0, 0'])],
  ['a length of -1', (scene) => withLines(scene, ['Content-Length: -1'])],
  ['a length of +0', (scene) => withLines(scene, ['Content-Length: +0'])],
  ['a length of 0x0', (scene) => withLines(scene, ['Content-Length: 0x0'])],
  ['a length of 23 digits', (scene) => withLines(scene, [`Content-Length: ${'9'.repeat(23)}`])],
  ['a length and chunks', (scene) => withLines(scene, ['Content-Length: 5', CHUNKED], LAST)],
  [
    'chunks and a length',
    (scene) => withLines(scene, [CHUNKED, `Content-Length: ${5 + smuggled(scene).length}`], LAST),
  ],
  ['the coding `identity`', (scene) => withLines(scene, ['Transfer-Encoding: identity'])],
  ['the coding `xchunked`', (scene) => withLines(scene, ['Transfer-Encoding: xchunked'], LAST)],
  ['the coding `chunked, identity`', (scene) => withLines(scene, [`${CHUNKED}, identity`], LAST)],
  ['two codings in two lines', (scene) => withLines(scene, [CHUNKED, 'Transfer-Encoding: identity'], LAST)],
  ['a coding behind a vertical tab', (scene) => withLines(scene, ['Transfer-Encoding: \x0bchunked'], LAST)],
  ['a space before the colon', (scene) => withLines(scene, ['Transfer-Encoding : chunked'], LAST)],
  ['a folded header', (scene) => withLines(scene, ['X-A: a\r\n b', 'Content-Length: 0'])],
  ['a folded coding', (scene) => withLines(scene, ['Transfer-Encoding:\r\n chunked'], LAST)],
  ['a bare carriage return', (scene) => withLines(scene, ['X-A: a\rContent-Length: 9', 'Content-Length: 0'])],
  ['NUL in a header', (scene) => withLines(scene, ['X-A: a\0b', 'Content-Length: 0'])],
  ['line feeds alone', (scene) => withLines(scene, ['Content-Length: 0']).replaceAll('\r\n', '\n')],
  ['a method of small letters', (scene) => withLines(scene, []).replace('POST', 'post')],
  ['a method that is none', (scene) => withLines(scene, []).replace('POST', 'FOO')],
  ['HTTP/9.9', (scene) => withLines(scene, []).replace('HTTP/1.1', 'HTTP/9.9')],
  ['a space in the path', (scene) => withLines(scene, []).replace('whoami', 'who ami')],
  ['the beginning of TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
];

/** Bodies in chunks that are none. */
const badChunks: [sent: string, body: string][] = [
  ['chunks that end in line feeds alone', '2\n{}\n0\n\n'],
  ['a chunk of fffffffffffffffff bytes', 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'],
  ['a chunk of -2 bytes', '-2\r\n{}\r\n0\r\n\r\n'],
  ['a chunk that is longer than it says', '2\r\n{"id":1}\r\n0\r\n\r\n'],
  ['a length among the trailers', '2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n'],
];

function inChunks(scene: Scene, body: string): string {
  return head(scene.who.token, LIST, JSON_TYPE, CHUNKED) + body + smuggled(scene);
}

/** Odd, but with one meaning: what looks like a second request is a body. */
const understood: Row[] = [
  {
    sent: 'a GET with a body that looks like a request',
    answer: '200/20000',
    means: 'the body is a body',
    send(scene) {
      const body = smuggled(scene);
      const line = 'GET /v2/rpc/user.identity.whoami';
      return sendRaw([head(scene.who.token, line, `Content-Length: ${body.length}`), body]);
    },
  },
  {
    sent: 'a body in chunks that looks like a request',
    answer: '400/40001',
    send(scene) {
      const body = smuggled(scene);
      const chunk = `${body.length.toString(16)};a="b"\r\n${body}\r\n${LAST}`;
      return sendRaw([head(scene.who.token, LIST, JSON_TYPE, CHUNKED), chunk]);
    },
  },
  {
    sent: 'chunk extensions of 20 kB',
    answer: '413/41301',
    send: (scene) => sendRaw([inChunks(scene, `2;${'a'.repeat(20_000)}\r\n{}\r\n${LAST}`)]),
  },
  {
    sent: 'the coding `gzip, chunked`',
    answer: '400/40001',
    send: ({ who }) => sendRaw([head(who.token, WHOAMI, 'Transfer-Encoding: gzip, chunked'), LAST]),
  },
  {
    sent: '`Expect: 100-continue`',
    answer: '200/20000',
    means: 'the body is asked for and read',
    send: ({ who }) =>
      sendRaw([head(who.token, LIST, JSON_TYPE, 'Expect: 100-continue', 'Content-Length: 2'), '{}']),
  },
  {
    sent: 'an expectation that nobody knows',
    answer: '417',
    send: ({ who }) => sendRaw([head(who.token, LIST, 'Expect: 200-ok', 'Content-Length: 0')]),
  },
  {
    sent: 'a header of 20 kB',
    answer: '431/40001',
    send: ({ who }) => sendRaw([head(who.token, WHOAMI, `X-A: ${'a'.repeat(20_000)}`)]),
  },
  {
    sent: '3,500 headers',
    answer: '431/40001',
    send: ({ who }) => sendRaw([head(who.token, WHOAMI, ...Array<string>(3_500).fill('a:b'))]),
  },
  {
    sent: 'a query of 20 kB',
    answer: '431/40001',
    send: ({ who }) => sendRaw([head(who.token, `${WHOAMI}?a=${'a'.repeat(20_000)}`)]),
  },
  {
    sent: 'no Host',
    answer: '400/40001',
    send: ({ who }) => sendRaw([head(who.token, WHOAMI, 'Content-Length: 0').replace(/Host:.*\r\n/, '')]),
  },
  {
    sent: 'two Hosts',
    answer: '400/40001',
    send: ({ who }) => sendRaw([head(who.token, WHOAMI, 'Host: evil.example.org', 'Content-Length: 0')]),
  },
  {
    sent: 'a Host with a port of 99999',
    answer: '400/40001',
    send: ({ who }) =>
      sendRaw([
        head(who.token, WHOAMI, 'Content-Length: 0').replace(/Host: [^\r]*/, 'Host: localhost:99999'),
      ]),
  },
  {
    sent: 'a request for a connection to be upgraded',
    answer: '200/20000',
    means: 'answered as if it had not asked',
    send: ({ who }) =>
      sendRaw([
        head(who.token, WHOAMI, 'Connection: Upgrade, close', 'Upgrade: websocket', 'Content-Length: 0'),
      ]),
  },
];

const wireRows: Row[] = [
  ...ambiguous.map(([sent, request]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => sendRaw([Buffer.from(request(scene), 'latin1')]),
  })),
  ...badChunks.map(([sent, body]) => ({
    sent,
    answer: '400/40001',
    send: (scene: Scene) => sendRaw([inChunks(scene, body)]),
  })),
  ...understood,
];

/** A request line of a call of whoami, whose verb is another one. */
function byVerb(verb: string, path = '/v2/rpc/user.identity.whoami') {
  return ({ who }: Scene) => sendRaw([head(who.token, `${verb} ${path}`, 'Content-Length: 0')]);
}

const verbRows: Row[] = [
  ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'].map((verb) => ({
    sent: `${verb} of a method`,
    answer: '404/40402',
    send: byVerb(verb),
  })),
  {
    sent: 'HEAD of a method',
    answer: '404',
    send: () => send({ method: 'HEAD', path: '/v2/rpc/user.identity.whoami' }),
  },
  ...['PUT', 'DELETE', 'TRACE', 'OPTIONS'].map((verb) => ({
    sent: `${verb} of a page`,
    answer: '405',
    send: byVerb(verb, '/login'),
  })),
  { sent: '`OPTIONS *`', answer: '400/40001', send: byVerb('OPTIONS', '*') },
  { sent: 'CONNECT', answer: 'none', send: byVerb('CONNECT', 'example.org:80') },
  { sent: 'a path with dots', answer: '404/40402', send: byVerb('GET', '/v2/rpc/../../etc/passwd') },
  { sent: 'a path of 14 kB', answer: '404/40402', send: byVerb('GET', `/v2/rpc/${'a.'.repeat(7_000)}`) },
  { sent: 'a path with a fragment', answer: '404/40402', send: byVerb('GET', '/v2/rpc/artifact.list#x') },
  {
    sent: 'a target with a host of its own',
    answer: '200/20000',
    means: 'the path counts, not the host',
    send: byVerb('GET', 'http://evil.example.org/v2/rpc/user.identity.whoami'),
  },
];

export const wire: Section[] = [
  { title: 'HTTP itself', rows: wireRows },
  { title: 'Verbs and paths', rows: verbRows },
];
