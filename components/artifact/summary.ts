/** A line of the summary that a client sent, cut to what people read. */
export interface SummaryLine {
  name: string;
  value: string;
  /** The value is a number, which reads as one. */
  isNumber: boolean;
}

const MAX_LINES = 100;
const MAX_NAME_LENGTH = 100;
const MAX_VALUE_LENGTH = 500;

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).trimEnd()}…` : text;
}

/** A value as Python would say it, where that is short. */
function say(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 20 });
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null || value === undefined) return 'None';
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.length === 0) return 'None';
  const isPlain = value.every((item) => typeof item !== 'object' || item === null);
  return isPlain ? value.slice(0, MAX_VALUE_LENGTH).map(say).join(', ') : JSON.stringify(value);
}

function readLine(item: unknown): SummaryLine[] {
  if (typeof item !== 'object' || item === null) return [];
  const { name, value }: { name?: unknown; value?: unknown } = item;
  if (typeof name !== 'string') return [];
  return [
    {
      name: cut(name, MAX_NAME_LENGTH),
      value: cut(say(value), MAX_VALUE_LENGTH),
      isNumber: typeof value === 'number',
    },
  ];
}

/** Reads `metaData.summary` of metadata as JSON text, which a client may have filled with anything. */
export function readSummary(metaDataText: string | null): SummaryLine[] {
  const metaData: { summary?: unknown } = metaDataText === null ? {} : JSON.parse(metaDataText);
  return Array.isArray(metaData.summary) ? metaData.summary.slice(0, MAX_LINES).flatMap(readLine) : [];
}
