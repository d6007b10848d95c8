import { freshName, push, pushed, removeAll } from '../artifacts.ts';
import { rpc, send } from '../client.ts';
import { MAX_UPLOAD_BYTES } from '../limits.ts';
import { inPieces, multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';
import { writeThenCut } from '../wire.ts';
import {
  head,
  hostileParts,
  pushBody,
  type Row,
  type Scene,
  type Section,
  sendRaw,
  wirePush,
  writeAllThenRead,
} from './row.ts';

function form(scene: Scene, close = true) {
  return multipart(hostileParts(scene), { close });
}

/** The head of a push whose body is announced to have `bytes` bytes. */
function announced(scene: Scene, bytes: number): string {
  const lines = [`Content-Type: ${form(scene).type}`, `Content-Length: ${bytes}`];
  return head(scene.who.token, 'POST /v2/rpc/artifact.upload', ...lines);
}

/** Sends the first part of what docarray would send, and is gone. */
async function cutAfter({ who, kept }: Scene, share: number): Promise<null> {
  const pieces = wirePush(who.token, kept.name, 2_000_000);
  await writeThenCut(pieces.slice(0, Math.floor(share * pieces.length)));
  return null;
}

const cut: Row[] = [
  { sent: 'cut in the middle of the file, chunked', answer: 'none', send: (scene) => cutAfter(scene, 0.5) },
  { sent: 'cut between the file and its name', answer: 'none', send: (scene) => cutAfter(scene, 0.99) },
  {
    sent: 'cut in the middle of the file, with a length',
    answer: 'none',
    async send(scene) {
      await writeThenCut([announced(scene, 2_000_000), form(scene).body.subarray(0, 120)]);
      return null;
    },
  },
  {
    sent: 'fewer bytes than announced, then the end',
    answer: '400/40003',
    send: (scene) =>
      sendRaw([announced(scene, 2_000_000), form(scene).body.subarray(0, 120)], { halfCloses: true }),
  },
  {
    sent: 'chunks without the last one, then the end',
    answer: '400/40003',
    send: ({ who, kept }) =>
      sendRaw(wirePush(who.token, kept.name, 1_000).slice(0, -2), { halfCloses: true }),
  },
  {
    sent: 'no closing boundary, chunked',
    answer: '400/40003',
    send(scene) {
      const { type, body } = form(scene, false);
      const headers = { 'content-type': type };
      return rpc('artifact.upload', { token: scene.who.token, headers, body: inPieces(body) });
    },
  },
  {
    sent: 'no closing boundary, with a length',
    answer: '400/40003',
    send: (scene) => pushBody(scene, form(scene).type, form(scene, false).body),
  },
  {
    sent: 'half of the closing boundary',
    answer: '400/40003',
    send: (scene) => pushBody(scene, form(scene).type, form(scene).body.subarray(0, -3)),
  },
];

/** Somebody whose quota takes no more uploads of the largest size. */
async function withFullQuota() {
  const who = await newPerson('full');
  for (const name of ['first', 'second']) await pushed(who, { name }, Buffer.alloc(MAX_UPLOAD_BYTES));
  return who;
}

const refused: Row[] = [
  {
    sent: 'a wrong token',
    answer: '401/40103',
    send: ({ kept }) => writeAllThenRead(wirePush('somerandomtoken', kept.name, 6_000_000)),
  },
  {
    sent: 'no token',
    answer: '401/40103',
    send: ({ kept }) => writeAllThenRead(wirePush('None', kept.name, 6_000_000)),
  },
  {
    sent: 'more bytes than an upload may have',
    answer: '413/41301',
    send: ({ who, kept }) => writeAllThenRead(wirePush(who.token, kept.name, MAX_UPLOAD_BYTES + 2_000_000)),
  },
  {
    sent: 'more bytes than the quota has left',
    answer: '413/41302',
    async send() {
      const full = await withFullQuota();
      const reply = await push(full, { name: freshName('third') }, Buffer.alloc(MAX_UPLOAD_BYTES));
      await removeAll(full);
      return reply;
    },
  },
  {
    sent: 'an announced length of twice what an upload may have',
    answer: '413/41301',
    send: (scene) =>
      writeAllThenRead([announced(scene, 2 * MAX_UPLOAD_BYTES), Buffer.alloc(2 * MAX_UPLOAD_BYTES)]),
  },
  {
    sent: 'an announced length of 9,223,372,036,854,775,807 bytes',
    answer: '413/41301',
    send({ who, ...scene }) {
      const { type, body } = form({ who, ...scene });
      const headers = {
        authorization: `token ${who.token}`,
        'content-type': type,
        'content-length': '9223372036854775807',
      };
      return send({ method: 'POST', path: '/v2/rpc/artifact.upload', headers, body: [body] });
    },
  },
];

export const cutUploads: Section[] = [
  { title: 'An upload that is not whole', rows: cut },
  {
    title: 'An upload of megabytes that is refused, by a client that writes all before it reads',
    rows: refused,
  },
];
