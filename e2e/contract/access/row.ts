import { SCOPES, type Scope } from '#lib/tokens/scopes.ts';
import type { Cast } from './callers.ts';
import { DEAD } from './callers.ts';

/** HTTP status and the SDK's, as `codes` gives them. */
export const OK = '200/20000';
export const ACCEPTED = '202/20200';
export const INVALID = '400/40001';
export const NO_MATCH = '401/40102';
export const LOG_IN = '401/40103';
export const REFUSED = '403/40301';
export const NO_METHOD = '404/40402';
export const ABSENT = '404/40403';

/** What a call of a method gets from each of the callers. */
export interface Row {
  /** What is sent; a thing of Alice's that it needs is made for this one call. */
  input(cast: Cast): Promise<object> | object;
  /** What a token needs that has scopes; null: none. */
  scope: Scope | null;
  nobody: string;
  owner: string;
  other: string;
  /** As `other`, unless it says otherwise: an administrator has no rights to what is somebody's. */
  administrator?: string;
  /** Of a program with the owner's session; as `owner` unless it says otherwise. */
  program?: string;
  /** Of the owner's token without scopes; as `owner` unless it says otherwise. */
  token?: string;
  /** Of an administrator's program and token; as the owner's where those differ from the owner, else as `administrator`. */
  administratorPrograms?: string;
  /** Of a credential that no longer stands for anybody; `LOG_IN` unless it says otherwise. */
  dead?: string;
}

/** What each caller gets, by the names of `CALLERS`. */
export function expected(row: Row): Record<string, string> {
  const { nobody, owner, other, scope } = row;
  const token = row.token ?? owner;
  const administrator = row.administrator ?? other;
  const scoped = SCOPES.map((each) => [
    `token for ${each}`,
    scope === null || each === scope ? token : REFUSED,
  ]);
  return {
    nobody,
    owner,
    'program of the owner': row.program ?? owner,
    'token of the owner': token,
    ...Object.fromEntries(scoped),
    'another user': other,
    administrator,
    'program of the administrator': row.administratorPrograms ?? row.program ?? administrator,
    'token of the administrator': row.administratorPrograms ?? row.token ?? administrator,
    ...Object.fromEntries(DEAD.map((dead) => [dead, row.dead ?? LOG_IN])),
  };
}

export const nothing = () => ({});
/** For everybody, of whom nobody needs to be known. */
export const open = { scope: null, nobody: OK, owner: OK, other: OK };
/** For everybody who is known, and only about themselves. */
export const own = { scope: null, nobody: LOG_IN, owner: OK, other: OK };
/** The same of a thing of the owner's, which nobody else is told of. */
export const owned = { nobody: LOG_IN, owner: OK, other: ABSENT };
