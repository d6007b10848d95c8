import { common, createLowlight } from 'lowlight';
import type { ReactNode } from 'react';

const lowlight = createLowlight(common);
/** Longer texts are shown in one colour: a page waits for it. */
const MAX_LENGTH = 200_000;

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

function classOf({ properties }: Extract<Node, { type: 'element' }>): string | undefined {
  const names = properties.className;
  return Array.isArray(names) ? names.join(' ') : undefined;
}

function nodes(children: Node[]): ReactNode {
  return children.map((node, index) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: made once, on the server
      <span key={index} className={classOf(node)}>
        {nodes(node.children)}
      </span>
    );
  });
}

/** Source text with its words marked, for inside of a `code`; a language that is not known leaves it as it is. */
export function Highlighted({ text, language }: { text: string; language: string | null }) {
  if (language === null || !lowlight.registered(language) || text.length > MAX_LENGTH) return text;
  return nodes(lowlight.highlight(language, text).children);
}

const LANGUAGES: Record<string, string> = {
  py: 'python',
  pyi: 'python',
  yml: 'yaml',
  yaml: 'yaml',
  json: 'json',
  md: 'markdown',
  toml: 'ini',
  cfg: 'ini',
  ini: 'ini',
  sh: 'bash',
  js: 'javascript',
  ts: 'typescript',
  html: 'xml',
  xml: 'xml',
  css: 'css',
  sql: 'sql',
  rs: 'rust',
  go: 'go',
  c: 'c',
  h: 'c',
  cpp: 'cpp',
  diff: 'diff',
};

/** The language of a file by its name; null where nobody knows. */
export function languageOf(path: string): string | null {
  const name = path.split('/').at(-1) ?? '';
  const ending = name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : '';
  return LANGUAGES[ending] ?? null;
}
