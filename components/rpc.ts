import { showFailure } from '#components/ui/toast.tsx';

/** A method that failed, with the sentence to show and the id under which the log has it. */
export class RpcError extends Error {
  readonly requestId: string | null;
  /** The five digits of the failure (contract 1.8); null where no answer told them. */
  readonly status: number | null;

  constructor(sentence: string, requestId: string | null, status: number | null = null) {
    super(sentence);
    this.name = 'RpcError';
    this.requestId = requestId;
    this.status = status;
  }

  /** Whether the session is over. */
  get isSignedOut(): boolean {
    return this.status === NOT_SIGNED_IN;
  }

  /** Whether the password that came with it is not the person's. */
  get isWrongPassword(): boolean {
    return this.status === WRONG_PASSWORD;
  }
}

interface ErrorBody {
  status?: number;
  message?: string;
}

/** The status of a call that needs a session and had none that counts. */
const NOT_SIGNED_IN = 40103;
const WRONG_PASSWORD = 40102;
/** The status of a name that belongs to another thing. */
const NAME_TAKEN = 42202;

/** Whether a call failed because the name belongs to another thing, so that a different one will do. */
export function isNameTaken(error: unknown): boolean {
  return error instanceof RpcError && error.status === NAME_TAKEN;
}

async function toRpcError(response: Response): Promise<RpcError> {
  const requestId = response.headers.get('X-Request-Id');
  const { status, message }: ErrorBody = await response.json().catch(() => ({}));
  if (status === NOT_SIGNED_IN) return new RpcError('Your session ended. Sign in again.', requestId, status);
  // The message ends with the request's id, which is shown apart from it.
  const sentence = message?.replace(` (request ${requestId})`, '');
  return new RpcError(sentence ?? `The server failed (${response.status}). Try again.`, requestId, status);
}

/** What a method answers: one thing, or a page of a list with the number of all. */
interface Answer<Data> {
  data: Data;
  meta?: { total: number };
}

async function ask<Data>(method: string, input: object, signal?: AbortSignal): Promise<Answer<Data>> {
  const response = await fetch(`/v2/rpc/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
    signal,
  }).catch(() => {
    throw new RpcError('The server does not answer. Check your connection and try again.', null);
  });
  if (!response.ok) throw await toRpcError(response);
  return response.json();
}

/**
 * Calls a method of the API as the person who is signed in; every change that a page makes goes through here.
 * @param signal ends the call, which then fails as one that nobody answers.
 * @throws RpcError with a sentence to show.
 */
export async function rpc<Data>(method: string, input: object = {}, signal?: AbortSignal): Promise<Data> {
  return (await ask<Data>(method, input, signal)).data;
}

/**
 * Calls a method that answers with a list, for one page of it.
 * @param signal ends the call; what it throws then is of no interest.
 * @throws RpcError with a sentence to show.
 */
export async function rpcList<Item>(
  method: string,
  input: object,
  signal: AbortSignal,
): Promise<{ items: Item[]; total: number }> {
  const { data, meta } = await ask<Item[]>(method, input, signal);
  return { items: data, total: meta?.total ?? data.length };
}

/** Shows a failure as a toast: for buttons and dialogs. A form shows it inside itself. */
export function reportFailure(error: unknown): void {
  if (error instanceof RpcError) showFailure(error.message, error.requestId);
  else throw error;
}
