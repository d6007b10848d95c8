import { clientName } from '#lib/artifacts/client-name.ts';

/** What the program that pushed said of itself; a fact that it left out is null. */
export interface PushClient {
  docarray: string | null;
  hubbleSdk: string | null;
  python: string | null;
  protobuf: string | null;
  platform: string | null;
  /** The program by its user agent, for what is no docarray. */
  program: string | null;
}

const MAX_FACT_LENGTH = 200;
/** What clients write for what they do not know. */
const UNSET = '(unset)';

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function joined(parts: (string | null)[], separator: string): string | null {
  return parts.filter((part) => part !== null).join(separator) || null;
}

/**
 * Reads the client of a version from its headers (contract 1.5) and, where those say nothing, from `metaData.version`
 * (contract 5.4). Both are a client's own words and may hold anything.
 */
export function readPushClient(headers: unknown, metaData: unknown): PushClient {
  const sources = [asObject(headers), asObject(asObject(metaData).version)];
  const fact = (name: string): string | null => {
    for (const source of sources) {
      const value = Object.hasOwn(source, name) ? source[name] : null;
      const isText = typeof value === 'string' || typeof value === 'number';
      const text = isText ? String(value).trim().slice(0, MAX_FACT_LENGTH) : '';
      if (text !== '' && text !== UNSET) return text;
    }
    return null;
  };
  const system = joined([fact('platform'), fact('platform-release')], ' ');
  const agent = fact('user-agent');
  return {
    docarray: fact('docarray'),
    hubbleSdk: fact('jina-hubble-sdk'),
    python: fact('python'),
    protobuf: joined([fact('protobuf'), fact('proto-backend')], ', '),
    platform: joined([system, fact('architecture')], ', '),
    program: agent && clientName(agent),
  };
}
