'use client';

import { useState } from 'react';
import { RpcError } from '#components/rpc.ts';

/** A form that asks the server for one thing: whether it is under way, and the sentence that says why it failed. */
export function useAsking() {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  /** Does `work`; gives what it gave, or null when it failed. */
  async function ask<T>(work: () => Promise<T>): Promise<T | null> {
    setIsBusy(true);
    setProblem(null);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      setProblem(error.message);
      return null;
    } finally {
      setIsBusy(false);
    }
  }

  return { problem, setProblem, isBusy, ask };
}
