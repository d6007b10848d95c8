import { once } from 'node:events';
import http from 'node:http';

const BOUNDARY = 'a-boundary-that-no-test-sends';

/** A push like docarray's, the file first and its name last, of which each piece is sent when a test says so. */
export class StagedPush {
  readonly #request: http.ClientRequest;
  readonly #name: string;
  /** The status that came, once one came. */
  status: number | null = null;
  /** Settles when an answer begins to come, or when it is clear that none will. */
  readonly answered: Promise<void>;

  constructor(url: string, token: string, name: string) {
    this.#name = name;
    const headers = {
      authorization: `token ${token}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    };
    const target = `${url}/v2/rpc/artifact.upload`;
    this.#request = http.request(target, { method: 'POST', agent: false, headers });
    this.answered = once(this.#request, 'response').then(
      ([response]: http.IncomingMessage[]) => {
        this.status = response?.statusCode ?? null;
        response?.on('error', () => {}).resume();
      },
      // The server was killed.
      () => {},
    );
    this.#request.write(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="DocumentArray"\r\n\r\n`,
    );
  }

  /** Resolves when the bytes are with the kernel, or when the connection is gone. */
  send(piece: Uint8Array | string): Promise<void> {
    return new Promise((resolve) => void this.#request.write(piece, () => resolve()));
  }

  /** After this the server knows that it has the whole file. */
  endFile(): Promise<void> {
    return this.send(`\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="name"\r\n\r\n`);
  }

  sendName(): Promise<void> {
    return this.send(this.#name);
  }

  async close(): Promise<void> {
    await this.send(`\r\n--${BOUNDARY}--\r\n`);
    this.#request.end();
  }
}
