import { unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { Failure } from '#components/shell/failure.tsx';
import { KeepLast } from '#components/shell/keep-last.tsx';
import { hadSession } from '#lib/http/page.ts';
import { notePageFailure } from '#lib/http/page-failure.ts';

/** A page or a layout. */
type Page<Props> = (props: Props) => Promise<ReactNode>;

async function attempt<Props>(page: Page<Props>, props: Props, hasShell: boolean): Promise<ReactNode> {
  try {
    return <KeepLast>{await page(props)}</KeepLast>;
  } catch (error) {
    // Going elsewhere and "not found" are no failures.
    unstable_rethrow(error);
    const failure = await notePageFailure(error);
    // Nobody has a shell around their pages who brings no session.
    const shown = <Failure {...failure} isInShell={hasShell && (await hadSession())} />;
    // A mistake must be seen; a database that is away comes back.
    return failure.isAway ? <KeepLast failure={shown} /> : shown;
  }
}

/** A page or layout that stands alone, which says so when it cannot be made: in words, and by its status. */
export function orFailure<Props>(page: Page<Props>): Page<Props> {
  return (props) => attempt(page, props, false);
}

/** The same for a page of the dashboard, where the shell stays around what it says. */
export function orFailureInShell<Props>(page: Page<Props>): Page<Props> {
  return (props) => attempt(page, props, true);
}
