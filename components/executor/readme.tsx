import path from 'node:path';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { Highlighted } from '#components/executor/highlighted.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';

/** What the route for pictures gives out. */
const PICTURE = /\.(png|jpe?g|gif|webp)$/i;
/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };
/** Longer readmes are cut: a page waits for them. */
const MAX_LENGTH = 200_000;

interface ReadmeProps {
  text: string;
  executor: ExecutorPage;
  /** Its path in the package, by which what it points at is found. */
  readmePath: string;
}

/** The file of the package that a relative address means; null for every other address. */
function fileOf({ executor, readmePath }: ReadmeProps, address: string): string | null {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address)) return null;
  const [plain = ''] = address.split(/[?#]/);
  let decoded: string;
  try {
    decoded = decodeURIComponent(plain);
  } catch {
    return null;
  }
  const wanted = path.posix.normalize(path.posix.join(path.posix.dirname(readmePath), decoded));
  return executor.commit.facts.files.some((file) => file.path === wanted) ? wanted : null;
}

function outward(address: unknown): string | null {
  return typeof address === 'string' && /^(https?:|mailto:)/i.test(address) ? address : null;
}

function linkFor(props: ReadmeProps) {
  const { executor } = props;
  const tag = executor.shownTag === 'latest' ? null : executor.shownTag;
  return function ReadmeLink({ href = '', children }: ComponentProps<'a'>) {
    const file = fileOf(props, href);
    if (file !== null)
      return (
        <Link
          href={executorPaths.executor(executor, { tab: 'files', tag, file })}
          prefetch={false}
          className="link"
        >
          {children}
        </Link>
      );
    const target = outward(href);
    if (target === null) return <>{children}</>;
    return (
      <a href={target} rel="nofollow noopener" className="link wrap-anywhere">
        {children}
      </a>
    );
  };
}

function pictureFor(props: ReadmeProps) {
  return function ReadmePicture({ src, alt }: ComponentProps<'img'>) {
    const address = typeof src === 'string' ? src : '';
    const words = alt?.trim() || 'Picture';
    const file = fileOf(props, address);
    if (file !== null && PICTURE.test(file))
      return (
        // biome-ignore lint/performance/noImgElement: its route is ours, and no picture is changed on the way.
        <img
          src={executorPaths.picture(props.executor.commit.id, file)}
          alt={words}
          loading="lazy"
          className="inline-block max-w-full"
        />
      );
    // A picture from elsewhere would tell its server who reads this.
    const target = outward(address);
    if (target === null) return <span className="text-text-2">{words}</span>;
    return (
      <a href={target} rel="nofollow noopener" className="link wrap-anywhere">
        {words}
      </a>
    );
  };
}

function Code({ className, children }: ComponentProps<'code'>) {
  const language = /language-([\w+-]+)/.exec(className ?? '')?.[1] ?? null;
  if (language === null || typeof children !== 'string') return <code>{children}</code>;
  return (
    <code>
      <Highlighted text={children} language={language} />
    </code>
  );
}

function Scrolling({ children }: { children?: ReactNode }) {
  return <pre {...KEYBOARD_SCROLLING}>{children}</pre>;
}

/** The page's own heading is the first; a readme's begin below it. */
const HEADINGS: Components = {
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  h6: ({ children }) => <h6>{children}</h6>,
};

function ScrollingTable({ children }: { children?: ReactNode }) {
  return (
    <div {...KEYBOARD_SCROLLING} className="overflow-x-auto">
      <table>{children}</table>
    </div>
  );
}

/**
 * Somebody's Markdown as a part of our page, made on the server. HTML in it is dropped, pictures come from the package
 * alone, and links lead elsewhere without a word of ours.
 */
export function Readme(props: ReadmeProps) {
  const { text } = props;
  return (
    <div className="markdown">
      <Markdown
        skipHtml
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={{
          ...HEADINGS,
          a: linkFor(props),
          img: pictureFor(props),
          code: Code,
          pre: Scrolling,
          table: ScrollingTable,
        }}
      >
        {text.slice(0, MAX_LENGTH)}
      </Markdown>
      {text.length > MAX_LENGTH && <p>This is the beginning. All of it is among the files.</p>}
    </div>
  );
}
