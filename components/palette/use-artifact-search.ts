'use client';

import { useEffect, useState } from 'react';
import { RpcError, rpcList } from '#components/rpc.ts';

const PAUSE_MS = 200;
const PAGE_SIZE = 6;

/** What the palette shows of an artifact. */
export interface FoundArtifact {
  _id: string;
  name: string;
  visibility: 'public' | 'private';
}

/** What the palette shows of an Executor. */
interface FoundExecutor {
  id: string;
  name: string;
  visibility: 'public' | 'private';
}

interface Answer {
  /** What was asked for. */
  wanted: string;
  items: FoundArtifact[];
  executors: FoundExecutor[];
  /** Of which `items` are the first. */
  total: number;
  failure: string | null;
}

interface ArtifactSearch {
  state: 'idle' | 'searching' | 'done' | 'failed';
  items: FoundArtifact[];
  executors: FoundExecutor[];
  total: number;
  /** Why it failed, in a sentence. */
  failure: string | null;
  retry: () => void;
}

const NO_ANSWER: Answer = { wanted: '', items: [], executors: [], total: 0, failure: null };

const hasInName =
  (text: string) =>
  ({ name }: { name: string }) =>
    name.toLowerCase().includes(text.toLowerCase());

async function find(wanted: string, namespace: string, signal: AbortSignal): Promise<Answer> {
  try {
    const search = { search: wanted, pageSize: PAGE_SIZE };
    const own = { ...search, author: namespace, sort: '-updatedAt' };
    const [{ items, total }, executors] = await Promise.all([
      rpcList<FoundArtifact>('artifact.list', { ...search, sort: { updatedAt: -1 } }, signal),
      rpcList<FoundExecutor>('executor.list', own, signal),
    ]);
    // The catalogue looks in readmes and forgives errors; here a name is wanted.
    return { wanted, items, executors: executors.items.filter(hasInName(wanted)), total, failure: null };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { ...NO_ANSWER, wanted, failure: error.message };
  }
}

function stateOf(wanted: string, answer: Answer): ArtifactSearch['state'] {
  if (wanted === '') return 'idle';
  if (answer.wanted !== wanted) return 'searching';
  return answer.failure === null ? 'done' : 'failed';
}

/**
 * The person's artifacts and Executors with `text` in their name, asked for after a pause in typing. An answer to what is not
 * asked for any more is not awaited; until the new one comes, those of the last one that still fit are shown.
 */
export function useArtifactSearch(text: string, namespace: string): ArtifactSearch {
  const wanted = text.trim();
  const [answer, setAnswer] = useState(NO_ANSWER);
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks for the same again
  useEffect(() => {
    if (wanted === '') return;
    const ending = new AbortController();
    const timer = setTimeout(async () => {
      const found = await find(wanted, namespace, ending.signal);
      if (!ending.signal.aborted) setAnswer(found);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [wanted, tries]);

  const state = stateOf(wanted, answer);
  const shown = <Item extends { name: string }>(items: Item[]): Item[] =>
    state === 'done' ? items : state === 'searching' ? items.filter(hasInName(wanted)) : [];
  return {
    state,
    items: shown(answer.items),
    executors: shown(answer.executors),
    total: state === 'done' ? answer.total : 0,
    failure: state === 'failed' ? answer.failure : null,
    retry() {
      setAnswer(NO_ANSWER);
      setTries((count) => count + 1);
    },
  };
}
