import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';

const BOUNDARY = 'a-boundary-that-no-test-sends';

/** A push that is under way: its file part is open. */
export interface OpenPush {
  write(piece: Uint8Array): Promise<void>;
  /** Settles when an answer begins to come, or when it is clear that none will. */
  answered: Promise<void>;
  /** Ends the file, sends the name as docarray does, after the bytes, and waits for the answer. */
  finish(): Promise<{ status: number; body: { data?: { _id: string }; message?: string } }>;
  /** The client goes away in the middle. */
  leave(): void;
}

/** Opens a chunked upload like docarray's: the file first, then the fields. */
export function openPush(url: string, token: string, name: string): OpenPush {
  const { request: open } = url.startsWith('https:') ? https : http;
  const request = open(`${url}/v2/rpc/artifact.upload`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `token ${token}`, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  });
  const answer = once(request, 'response') as Promise<[http.IncomingMessage]>;
  // Who awaits the answer sees the error; a test that kills the server does not.
  answer.catch(() => {});
  request.on('error', () => {});
  request.write(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="DocumentArray"\r\n\r\n`,
  );
  return {
    answered: answer.then(
      () => {},
      () => {},
    ),
    // The callback comes when the bytes are with the kernel, or when the connection is gone.
    write: (piece) => new Promise((resolve) => request.write(piece, () => resolve())),
    leave: () => request.destroy(),
    async finish() {
      request.end(
        `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="name"\r\n\r\n${name}\r\n--${BOUNDARY}--\r\n`,
      );
      const [response] = await answer;
      return { status: response.statusCode ?? 0, body: (await json(response)) as { message?: string } };
    },
  };
}

/** Pushes bytes and resolves when they are acknowledged. */
export async function pushBytes(url: string, token: string, name: string, bytes: Uint8Array): Promise<void> {
  const push = openPush(url, token, name);
  await push.write(bytes);
  const { status, body } = await push.finish();
  if (status !== 200) throw new Error(`push of ${name} was answered with ${status}: ${body.message}`);
}

/** The URL from which the bytes of an own artifact can be read. */
export async function downloadUrl(url: string, token: string, name: string): Promise<string> {
  const query = new URLSearchParams({ name });
  const response = await fetch(`${url}/v2/rpc/artifact.getDownloadUrl?${query}`, {
    headers: { authorization: `token ${token}` },
  });
  const { data, message } = (await response.json()) as {
    data: { download: string } | null;
    message?: string;
  };
  if (!data) throw new Error(`no download of ${name}: ${message}`);
  return data.download;
}

/** Pulls the bytes of an own artifact. */
export async function pullBytes(url: string, token: string, name: string): Promise<Buffer> {
  const response = await fetch(await downloadUrl(url, token, name));
  if (!response.ok) throw new Error(`pull of ${name} was answered with ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}
