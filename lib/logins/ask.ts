import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';

/** How long a program waits for a person, in minutes: aiohttp, which some clients use, gives up after as many. */
export const LOGIN_MINUTES = 5;
/** Requests of one address that may wait at once. */
const MAX_PENDING = 20;

/** A request for a login, as the one who asked knows it. */
export interface AskedLogin {
  id: string;
  /** For the address that the person opens. */
  link: string;
  /** What the program sends with its code. */
  state: string;
}

/** Where a program waits for its code, in place of a stream. */
interface Redirect {
  uri: string;
  /** As a form that the browser posts; else in the query. */
  sendsForm: boolean;
  /** Given back with the code; made up when it is missing. */
  state?: string;
}

interface AskLoginOptions {
  origin: Origin;
  redirect?: Redirect;
  /** The person must enter their credentials again, though they may be signed in. */
  isFresh: boolean;
}

/** Inserts unless too many wait; all times are the database's, which the replicas have in common. */
const INSERT = `
  INSERT INTO login_request (id, link_hash, state_hash, is_fresh, user_agent, address, network, created_at, expires_at,
    redirect_uri, sends_form, state)
  SELECT $1, $2, $3, $4, $5, $6, $7, now(), now() + make_interval(mins => $8), $10, $11, $12
  WHERE (SELECT count(*) FROM login_request WHERE network = $7 AND is_approved IS NULL AND expires_at > now()) < $9`;

/**
 * Begins the login of a program, which a person has to approve within five minutes (contract 2.2 and 2.4).
 * @throws Fault `too-often` while twenty of this address wait.
 */
export async function askLogin({ origin, isFresh, redirect }: AskLoginOptions): Promise<AskedLogin> {
  const state = redirect?.state ?? newSecret();
  const asked = { id: newId(), link: newSecret(), state };
  const network = origin.address ? networkOf(origin.address) : 'unknown';
  const count = await transaction(async (client) => {
    // One after the other, or all of them count the same.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`login ${network}`]);
    const { rowCount } = await client.query(INSERT, [
      asked.id,
      hashSecret(asked.link),
      hashSecret(asked.state),
      isFresh,
      origin.client,
      origin.address,
      network,
      LOGIN_MINUTES,
      MAX_PENDING,
      redirect?.uri ?? null,
      redirect?.sendsForm ?? false,
      redirect ? state : null,
    ]);
    return rowCount;
  });
  if (count === 0)
    throw new Fault(
      'too-often',
      `${MAX_PENDING} logins wait at your address already. Finish or end one, or wait ${LOGIN_MINUTES} minutes.`,
      { retryAfterSeconds: LOGIN_MINUTES * 60 },
    );
  return asked;
}
