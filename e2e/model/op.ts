import type { Content } from './content.ts';
import type { Key, Owner, Who } from './world.ts';

/**
 * How a request ends early: `unheard` sends everything and goes away, so that it may have been carried out; a number
 * is the part of the body that is sent, never all of it, so that it cannot have been.
 */
export type Cut = 'unheard' | number | null;

interface Common {
  who: Who;
  /** Whose artifact is meant. */
  space: Owner;
  cut: Cut;
}

export interface PushFields {
  id?: string;
  name?: string;
  type?: string;
  public?: boolean;
  metaData?: string;
}

export interface Push extends Common {
  kind: 'push';
  /** What is replaced or made; null makes one without a name. */
  key: Key | null;
  /** The name that it gets, when it gets one; `foreign` would be somebody else's. */
  name: { stored: string } | 'foreign' | null;
  fields: PushFields;
  content: Content;
  /** Whether the length is told beforehand. */
  isAnnounced: boolean;
  /** Whether a sweep has taken the upload, which makes it fail. */
  swept: 'no' | 'maybe' | 'yes';
}

export interface Read extends Common {
  kind: 'pull' | 'detail';
  key: Key;
  sent: { id?: string; name?: string };
}

export interface Update extends Common {
  kind: 'update';
  key: Key;
  name: { stored: string } | 'foreign' | null;
  fields: PushFields & { id: string };
}

export interface Delete extends Common {
  kind: 'delete';
  key: Key;
  sent: { id?: string; name?: string };
}

export interface DeleteMany extends Common {
  kind: 'deleteMany';
  /** Only those that are the caller's own. */
  keys: Key[];
  sent: { ids: string[]; names: string[] };
}

export interface ListQuery {
  filter: Record<string, string | number>;
  sort: { name?: 1 | -1; size?: 1 | -1 };
  pageSize?: number;
  pageIndex?: number;
}

export interface List extends Common {
  kind: 'list';
  query: ListQuery;
}

/** One artifact's expiry, which the housekeeping carries out and nobody calls. */
export interface Expire {
  kind: 'expire';
  space: Owner;
  key: Key;
}

/** An act by HTTP. */
export type Called = Push | Read | Update | Delete | DeleteMany | List;
/** One act on a namespace that takes place at one moment between its call and its answer. */
export type Op = Called | Expire;

/** For the trace: short, and enough to do it again by hand. */
export function opText(op: Op): string {
  if (op.kind === 'expire') return `expire ${JSON.stringify(op.key)} of ${op.space}`;
  const cut = op.cut === null ? '' : ` cut:${op.cut}`;
  if (op.kind === 'push') {
    const { label, sizeBytes } = op.content;
    const how = `${op.isAnnounced ? ' announced' : ''}${op.swept === 'no' ? '' : ` swept:${op.swept}`}`;
    return `${op.who} push ${JSON.stringify(op.fields)} ${label} of ${sizeBytes} bytes${how}${cut}`;
  }
  const what = 'sent' in op ? op.sent : 'fields' in op ? op.fields : op.query;
  return `${op.who} ${op.kind} ${JSON.stringify(what)}${cut}`;
}
