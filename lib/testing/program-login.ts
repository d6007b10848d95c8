import http from 'node:http';
import https from 'node:https';
import readline from 'node:readline';

interface LoginEvent {
  event: string;
  data: Record<string, string> | string;
}

/** The login of a program, as a client waits for it. */
export interface ProgramLogin {
  response: http.IncomingMessage;
  /** The secret of the link that a person opens. */
  link: string;
  /** The next event; null when the stream is over. */
  next(): Promise<LoginEvent | null>;
  /** The program goes away. */
  leave(): void;
}

/** Asks the server at `url` for a login, and reads as far as the link. */
export async function openLogin(
  url: string,
  query = '?prompt=login',
  headers: Record<string, string> = {},
): Promise<ProgramLogin> {
  const target = `${url}/v2/rpc/user.identity.proxiedAuthorize${query}`;
  const request = (url.startsWith('https:') ? https : http).get(target, { headers, agent: false });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  // Whoever leaves breaks their own stream.
  response.on('error', () => {});
  const lines = readline.createInterface({ input: response })[Symbol.asyncIterator]();
  const next = async () => {
    const { done, value } = await lines.next();
    return done ? null : (JSON.parse(value) as LoginEvent);
  };
  const first = await next();
  const opened = typeof first?.data === 'object' ? first.data.redirectTo : undefined;
  if (first?.event !== 'redirect' || !opened) throw new Error(`no link: ${JSON.stringify(first)}`);
  const link = new URL(opened).searchParams.get('request') ?? '';
  return { response, link, next, leave: () => request.destroy() };
}
