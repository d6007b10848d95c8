'use client';

import { ListFilter } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { searchIn } from '#components/list-query.ts';

interface SearchFormProps {
  /** What the list is narrowed to now. */
  search: string;
  /** The address of its first page without a search. */
  list: string;
  label?: string;
}

const PAUSE_MS = 250;

/** Narrows the list to a part of a name, as the person types; the URL follows. */
export function SearchForm({ search: current, list, label = 'Filter by name' }: SearchFormProps) {
  const router = useRouter();
  const [text, setText] = useState(current);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What the list was last asked for here; its answer must not take back what was typed since. */
  const asked = useRef(current);
  const latest = useRef(list);

  useEffect(() => {
    latest.current = list;
  }, [list]);
  // The URL may change by other means, such as "clear" or the browser's back.
  useEffect(() => {
    if (current === asked.current) return;
    asked.current = current;
    clearTimeout(timer.current);
    setText(current);
  }, [current]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(wanted: string): void {
    clearTimeout(timer.current);
    if (wanted === asked.current) return;
    asked.current = wanted;
    router.replace(searchIn(latest.current, wanted), { scroll: false });
  }

  function type(wanted: string): void {
    setText(wanted);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(wanted), PAUSE_MS);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    search(text);
  }

  return (
    <search className="w-full min-w-0 wide:w-66">
      <form action={list} onSubmit={submit} className="relative">
        <ListFilter
          aria-hidden
          size={16}
          className="pointer-events-none absolute top-2 left-2.5 text-text-3"
        />
        <input
          type="search"
          name="search"
          aria-label={label}
          placeholder={label}
          value={text}
          onChange={(event) => type(event.target.value)}
          className="h-8 w-full rounded-md border border-line-control bg-raised pr-2.5 pl-8.5 placeholder:text-text-3 focus-visible:outline-offset-0"
        />
      </form>
    </search>
  );
}
