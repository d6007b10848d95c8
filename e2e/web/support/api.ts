import { randomBytes } from 'node:crypto';
import { fromNewAddress } from './address.ts';

/** A value that global-setup.ts has put into the environment. */
export function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing; run the browser tests with "npx playwright test".`);
  return value;
}

/** Calls a method of the server under test, or of the one at `url`; a failure is an error with its sentence. */
export async function call<T>(
  method: string,
  input: object | FormData,
  token?: string,
  url = given('GS_URL'),
): Promise<T> {
  const isForm = input instanceof FormData;
  const response = await fetch(`${url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: {
      ...fromNewAddress(),
      ...(token ? { authorization: `token ${token}` } : {}),
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? input : JSON.stringify(input),
  });
  const { data, message } = await response.json();
  if (!response.ok) throw new Error(`${method}: ${message}`);
  return data;
}

/** Somebody with an account of their own, which no other test touches. */
export interface Person {
  name: string;
  password: string;
  /** A session's, which is also what their cookie holds. */
  session: string;
}

/** Signs somebody up and in. */
export async function newPerson(label: string): Promise<Person> {
  const name = `${label}-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await call('user.identity.signUp', { name, email: `${name}@example.org`, password });
  const { token } = await call<{ token: string }>('user.identity.passwordLogin', { name, password });
  return { name, password, session: token };
}

interface Push {
  name: string;
  bytes?: Uint8Array<ArrayBuffer>;
  isPublic?: boolean;
  metaData?: object;
}

/** Pushes as a client does: the file first; gives what the server answers. */
export async function push(
  person: Person,
  { name, bytes, isPublic = false, metaData }: Push,
): Promise<{ _id: string }> {
  const form = new FormData();
  form.append('file', new Blob([bytes ?? new Uint8Array(10)]), 'DocumentArray');
  form.append('name', name);
  form.append('type', 'documentArray');
  form.append('public', isPublic ? 'True' : 'False');
  if (metaData) form.append('metaData', JSON.stringify(metaData));
  return call('artifact.upload', form, person.session);
}
