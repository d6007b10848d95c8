import { once } from 'node:events';
import http from 'node:http';
import { vi } from 'vitest';
import { answerOf, askForLink, download, pushRequest } from './call.ts';
import { bytesOf, type Content, describeBytes, sha256Of } from './content.ts';
import { finish, openRequest, write } from './http.ts';
import type { HeldLink, HeldPull, HeldPush } from './model.ts';
import type { Push, Read } from './op.ts';
import { GONE, perform } from './perform.ts';
import type { Done } from './possible.ts';
import type { Session } from './session.ts';
import { PATIENT } from './station.ts';
import { find } from './world.ts';

/** Sends a part of a push and keeps the rest; resolves when the server has made room for the upload. */
export async function holdPush(session: Session, op: Push, part: number): Promise<void> {
  const { station, model } = session;
  const provisional = () => station.sql<{ id: string }>(`SELECT id FROM blob WHERE state = 'provisional'`);
  const before = new Set((await provisional()).map(({ id }) => id));
  const { mark, request } = pushRequest(station, op);
  const open = openRequest(request);
  // What ends the body stays here, or the push would be whole.
  const at = 1 + Math.floor(part * (request.body.length - 4));
  await write(open.request, request.body.subarray(0, at));
  await vi.waitUntil(async () => (await provisional()).some(({ id }) => !before.has(id)), PATIENT);
  model.pushes.push({ ...open, op, mark, rest: request.body.subarray(at) });
}

/** Sends the rest of a held push. */
export async function finishPush(held: HeldPush): Promise<Done> {
  await write(held.request, held.rest);
  return { op: held.op, answer: answerOf(await finish(held)) };
}

/** Goes away in the middle of held pushes, which then have never been. */
export async function cutPushes({ station }: Session, all: HeldPush[]): Promise<void> {
  for (const { request, mark } of all) {
    request.destroy();
    await station.untilOver(mark, station.life);
  }
}

/** What the caller would get, by a look at it; null when there is nothing for the caller. */
async function lookAt(session: Session, op: Read): Promise<Content | null> {
  await perform(session, [{ ...op, kind: 'detail' }]);
  const item = find(session.model.worlds[op.space][0] ?? [], op.key);
  return item && (item.isPublic || op.who === op.space) ? item.content : null;
}

/** Keeps a link for later. */
export async function holdLink(session: Session, op: Read): Promise<void> {
  const content = await lookAt(session, op);
  const url = content && (await askForLink(session.station, op));
  if (content && !url)
    throw new Error(`${op.who} gets no link for what was shown: ${JSON.stringify(op.sent)}`);
  if (content && url) session.model.links.push({ url, content, mayBeGone: false });
}

/** Downloads by a link that may have been overtaken by pushes and deletions. */
export async function followLink(session: Session, { url, content, mayBeGone }: HeldLink): Promise<void> {
  const { station } = session;
  const file = await download(station, url);
  if (file?.code === GONE && mayBeGone) return;
  if (!file?.bytes) throw new Error(`a link to ${content.label} gave ${file?.code ?? 'no answer'}`);
  checkBytes(content, { bytes: file.bytes, isWhole: file.isWhole }, false);
  session.note(`  ${content.label}, whole`);
}

/** Begins a download and reads nothing of it. */
export async function holdPull(session: Session, op: Read): Promise<void> {
  const content = await lookAt(session, op);
  const link = content && (await askForLink(session.station, op));
  if (!content || !link) return;
  const url = `${session.station.server.url}${new URL(link).pathname}`;
  const [response] = (await once(http.get(url, { agent: false }), 'response')) as [http.IncomingMessage];
  const finishIt = async () => {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of response) pieces.push(piece);
    } catch {
      // It ended early, which `complete` says.
    }
    return { bytes: Buffer.concat(pieces), isWhole: response.complete };
  };
  session.model.pulls.push({ content, finish: finishIt });
}

/** Reads a held download to its end, which comes early only when the server has ended meanwhile. */
export async function finishPull({ content, finish: readOn }: HeldPull, mayEnd: boolean): Promise<void> {
  checkBytes(content, await readOn(), mayEnd);
}

/** @throws when bytes are not those of the content, or, unless they may end early, not all of them. */
function checkBytes(content: Content, file: { bytes: Buffer; isWhole: boolean }, mayEnd: boolean): void {
  const expected = bytesOf(content);
  const isRight = file.isWhole
    ? sha256Of(file.bytes) === content.sha256
    : mayEnd && expected.subarray(0, file.bytes.length).equals(file.bytes);
  if (isRight) return;
  const part = file.isWhole ? '' : ', which ended early';
  throw new Error(
    `a download of ${content.label} (${content.sizeBytes} bytes) brought ${describeBytes(file.bytes)}${part}`,
  );
}
