import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** A mail as it arrived. */
export interface ReceivedMail {
  /** Of the envelope. */
  recipients: string[];
  /** The lines of the header, folded ones joined. */
  headers: string[];
  text: string;
}

/** A real mail server that keeps what it gets as files, so that other processes may read them. */
export interface Mailbox {
  url: string;
  folder: string;
  /** What it says to recipients from now on; null: it takes them. */
  refuse(failure: { code: number; message: string } | null): void;
  stop(): Promise<void>;
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function parse(raw: string): Omit<ReceivedMail, 'recipients'> {
  const at = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, at)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const body = raw.slice(at + 4);
  const isQuoted = headers.some((line) => /^content-transfer-encoding: quoted-printable/i.test(line));
  return { headers, text: isQuoted ? decodeQuotedPrintable(body) : body };
}

function recipientsOf(
  stream: SMTPServerDataStream,
  session: { envelope: { rcptTo: { address: string }[] } },
) {
  return { stream, recipients: session.envelope.rcptTo.map(({ address }) => address) };
}

/** Under its name only when it is whole. */
async function keep(folder: string, name: string, mail: ReceivedMail): Promise<void> {
  const unfinished = path.join(folder, `.${name}`);
  await writeFile(unfinished, JSON.stringify(mail));
  await rename(unfinished, path.join(folder, name));
}

/** Listens on `port` of this machine, or on a free one. */
export async function startMailbox(port = 0): Promise<Mailbox> {
  const { folder, remove } = makeTemporaryFolder();
  let received = 0;
  let refusal: { code: number; message: string } | null = null;
  const options: SMTPServerOptions = {
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_, __, done) =>
      done(refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.code })),
    onData: (data, session, done) => {
      const { stream, recipients } = recipientsOf(data, session);
      received += 1;
      const name = String(received).padStart(6, '0');
      buffer(stream)
        .then((bytes) => keep(folder, name, { recipients, ...parse(bytes.toString('latin1')) }))
        .then(() => done(), done);
    },
  };
  const server = new SMTPServer(options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A client that is killed in the middle is no failure of the test.
  server.on('error', () => {});
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    folder,
    refuse: (failure) => {
      refusal = failure;
    },
    stop: async () => {
      await new Promise<void>((resolve) => server.close(resolve));
      remove();
    },
  };
}

/** The mails to an address that have arrived in a mailbox, the first one first. */
export async function mailsTo(folder: string, address: string): Promise<ReceivedMail[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const mails = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as ReceivedMail),
  );
  return mails.filter(({ recipients }) => recipients.includes(address));
}

/** The secret of a link. */
export function secretIn(link: string): string {
  return /=(\w+)$/.exec(link)?.[1] ?? '';
}

/** The link in a mail. */
export function linkIn({ text }: ReceivedMail): string {
  const link = /^https?:\S+$/m.exec(text)?.[0];
  if (!link) throw new Error(`no link in: ${text}`);
  return link;
}
