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

interface Answer {
  /** What was asked for. */
  wanted: string;
  items: FoundArtifact[];
  /** Of which `items` are the first. */
  total: number;
  failure: string | null;
}

interface ArtifactSearch {
  state: 'idle' | 'searching' | 'done' | 'failed';
  items: FoundArtifact[];
  total: number;
  /** Why it failed, in a sentence. */
  failure: string | null;
  retry: () => void;
}

const NO_ANSWER: Answer = { wanted: '', items: [], total: 0, failure: null };

async function find(wanted: string, signal: AbortSignal): Promise<Answer> {
  try {
    const input = { search: wanted, sort: { updatedAt: -1 }, pageSize: PAGE_SIZE };
    const { items, total } = await rpcList<FoundArtifact>('artifact.list', input, signal);
    return { wanted, items, total, failure: null };
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
 * The person's artifacts with `text` in their name, asked for after a pause in typing. An answer to what is not
 * asked for any more is not awaited; until the new one comes, those of the last one that still fit are shown.
 */
export function useArtifactSearch(text: string): ArtifactSearch {
  const wanted = text.trim();
  const [answer, setAnswer] = useState(NO_ANSWER);
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks for the same again
  useEffect(() => {
    if (wanted === '') return;
    const ending = new AbortController();
    const timer = setTimeout(async () => {
      const found = await find(wanted, ending.signal);
      if (!ending.signal.aborted) setAnswer(found);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [wanted, tries]);

  const state = stateOf(wanted, answer);
  const fits = ({ name }: FoundArtifact) => name.toLowerCase().includes(wanted.toLowerCase());
  return {
    state,
    items: state === 'done' ? answer.items : state === 'searching' ? answer.items.filter(fits) : [],
    total: state === 'done' ? answer.total : 0,
    failure: state === 'failed' ? answer.failure : null,
    retry() {
      setAnswer(NO_ANSWER);
      setTries((count) => count + 1);
    },
  };
}
