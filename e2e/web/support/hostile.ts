import type { BrowserContext } from '@playwright/test';
import { call, given, type Person } from './api.ts';

/** What sets this ran as a script. */
const RUN = 'window.ran=1';
/** As markup it runs in four ways. */
export const MARKUP = `"'><img src=x onerror="${RUN}"><script>${RUN}</script><svg onload=${RUN}>&lt;`;
/** As the target of a link it runs when somebody follows it. */
export const LINK = `javascript:${RUN}//`;
/** Text after it would run from right to left, and hides the end of a file's name. */
export const TURNED = 'photo\u202egpj.\u2067exe';
/** The longest name there is: 255 bytes, of three each. */
export const LONG = '\u{6f22}'.repeat(85);

/** Every name that the walk meets. */
export const NAMES = [MARKUP, LINK, TURNED, LONG];

/** metaData where every text is hostile, wherever a page might look. */
function metaData(text: string): object {
  const facts = ['docarray', 'python', 'protobuf', 'platform', 'architecture', 'jina-hubble-sdk'];
  return {
    branding: { icon: text, background: text, link: text, url: text },
    summary: [
      { name: text, value: text, description: text, url: text },
      { name: text, value: [text, { [text]: text }], description: text },
      { name: 'Length', value: text },
      { name: 'large', value: text.repeat(10_000).slice(0, 900_000), description: text },
    ],
    version: Object.fromEntries(facts.map((name) => [name, text])),
    ...{ url: text, homepage: text, documentation: text, image: text, [text]: text },
  };
}

/** What a hostile program says of itself. */
const PROGRAM = { 'user-agent': MARKUP, docarray: MARKUP, python: LINK, platform: MARKUP };

async function ask<T>(person: Person, method: string, body: FormData): Promise<T> {
  const response = await fetch(`${given('GS_URL')}/v2/rpc/${method}`, {
    method: 'POST',
    headers: { ...PROGRAM, authorization: `token ${person.session}` },
    body,
  });
  const { data, message } = await response.json();
  if (!response.ok) throw new Error(`${method}: ${message}`);
  return data;
}

function form(fields: Record<string, string>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return body;
}

/** Pushes under a hostile name by a hostile program, which pulls it as well; gives its id. */
export async function pushHostile(person: Person, name: string): Promise<string> {
  const meta = JSON.stringify(metaData(name === LONG ? MARKUP : name));
  const body = form({ name, type: name, public: 'True', metaData: meta });
  body.set('file', new Blob(['bytes']), name);
  const { _id: id } = await ask<{ _id: string }>(person, 'artifact.upload', body);
  const { download } = await ask<{ download: string }>(person, 'artifact.getDownloadUrl', form({ id }));
  await (await fetch(download, { headers: PROGRAM })).arrayBuffer();
  return id;
}

/** Deletes by a hostile program, so that the trash says by what. */
export async function deleteHostile(person: Person, id: string): Promise<void> {
  await ask(person, 'artifact.delete', form({ id }));
}

/** Uses a token by a hostile program, so that the list says by what. */
async function callHostile({ token }: { token: string }): Promise<void> {
  await fetch(`${given('GS_URL')}/v2/rpc/user.identity.whoami`, {
    headers: { ...PROGRAM, authorization: `token ${token}` },
  });
}

/** Somebody whose own name and tokens are hostile. */
export async function hostilePerson(person: Person): Promise<Person> {
  const name = `${person.name}-h`;
  const account = { name, email: `${name}@example.org`, password: person.password };
  await call('user.identity.signUp', { ...account, displayName: MARKUP });
  const { token: session } = await call<{ token: string }>('user.identity.passwordLogin', account);
  for (const text of [MARKUP, LINK, TURNED])
    await callHostile(await call('user.pat.create', { name: text, namePattern: text }, session));
  return { name, password: person.password, session };
}

/**
 * Watches every page of a browser: scripts that ran, what the policy refused, dialogs, errors of the page, and requests
 * that go anywhere else.
 * @returns what happened so far.
 */
export async function watch(context: BrowserContext): Promise<string[]> {
  const troubles: string[] = [];
  await context.exposeBinding('tellTrouble', (_source, what: string) => troubles.push(what));
  await context.addInitScript(() => {
    const tell = (what: string) =>
      (window as unknown as { tellTrouble(what: string): void }).tellTrouble(what);
    Object.defineProperty(window, 'ran', { set: () => tell(`a script ran on ${location.href}`) });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      tell(`the policy refused ${violatedDirective} ${blockedURI} on ${location.href}`),
    );
  });
  context.on('dialog', (dialog) => {
    troubles.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => troubles.push(`${error.page()?.url()}: ${error.error().stack}`));
  context.on('request', (request) => {
    const isOurs = request.url().startsWith(given('GS_URL')) || request.url().startsWith('data:');
    if (!isOurs) troubles.push(`a request to ${request.url().slice(0, 200)}`);
  });
  return troubles;
}
