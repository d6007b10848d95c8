import type { Row, Section } from './row.ts';

const HEAD = `# Bad input

What the server answers to what no client should send. Made by \`e2e/contract/transport/bad-input.test.ts\`, which sends each
row to the fast lane and through Next, and looks after each that the answer is this one; that what was there is pulled to
the byte and nothing is beside it; that no push is left open; that the server answers the next request; and that no
answer is a 5xx, shows a stack or a path of the server, or keeps the connection waiting.

The answer is the HTTP status and the \`status\` of the body. \`none\`: nobody is left to be answered. What is refused by
HTTP alone has no body.
`;

/** Text as the cell of a Markdown table; what it quotes stays in one line. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function line(row: Row, sentence: string): string {
  return `| ${cell(row.sent)} | ${row.answer} | ${cell(row.means ?? sentence)} |`;
}

/** The table as a page; `sentences` by title and row. */
export function renderTable(sections: Section[], sentences: Map<string, string>): string {
  const parts = sections.map(({ title, rows }) => {
    const lines = rows.map((row) => line(row, sentences.get(`${title}: ${row.sent}`) ?? 'not sent'));
    return [`## ${title}`, '', '| Sent | Answer | Says |', '|---|---|---|', ...lines, ''].join('\n');
  });
  return [HEAD, ...parts].join('\n');
}
