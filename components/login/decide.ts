import { RpcError, rpc } from '#components/rpc.ts';

/** What this browser has to take to a program that listens somewhere. */
interface Delivery {
  uri: string;
  sendsForm: boolean;
  fields: Record<string, string>;
}

/** Leaves this page for the program's own. */
function deliver({ uri, sendsForm, fields }: Delivery): void {
  if (!sendsForm) {
    const url = new URL(uri);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    location.assign(url);
    return;
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = uri;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

/**
 * Sends a person's decision, and takes the code to a program that listens somewhere.
 * @returns the sentence that says why it failed, or null.
 */
export async function decide(request: string, isApproved: boolean): Promise<string | null> {
  try {
    const delivery = await rpc<Delivery | null>('user.login.decide', { request, isApproved });
    if (delivery) deliver(delivery);
    return null;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.message;
  }
}
