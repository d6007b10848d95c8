'use client';

import { type ReactNode, useState } from 'react';
import { useComeBack } from '#components/shell/use-come-back.ts';

interface KeepLastProps {
  /** The page; absent when it could not be made. */
  children?: ReactNode;
  /** What to show in its place where it was never there. */
  failure?: ReactNode;
}

/**
 * Shows the page, and keeps it when it could not be made anew: what somebody typed into it stays, and the line above the
 * page says that the server does not answer.
 */
export function KeepLast({ children, failure }: KeepLastProps) {
  const [last, setLast] = useState<ReactNode>(failure ? null : children);
  if (!failure && last !== children) setLast(children);
  const isKept = failure !== undefined && last !== null;
  useComeBack(isKept, true);
  return isKept || !failure ? last : failure;
}
