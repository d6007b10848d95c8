'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { paths, type StorageQuery } from '#components/paths.ts';

const PAUSE_MS = 250;

/** Looks for a part of a name, as the person types; the URL follows. */
export function SearchForm({ query }: { query: StorageQuery }) {
  const router = useRouter();
  const [text, setText] = useState(query.search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The URL may change by other means, such as "clear" or the browser's back.
  useEffect(() => setText(query.search), [query.search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(wanted: string): void {
    clearTimeout(timer.current);
    if (wanted !== query.search)
      router.replace(paths.storage({ ...query, search: wanted, page: 1 }), { scroll: false });
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
    <search className="min-w-0 flex-1 md:max-w-72">
      <form action={paths.storage()} onSubmit={submit} className="relative">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2 left-2.5 text-text-3" />
        <input
          type="search"
          name="search"
          aria-label="Search by name"
          placeholder="Search by name"
          value={text}
          onChange={(event) => type(event.target.value)}
          className="h-8 w-full rounded-md border border-line-control bg-raised pr-2.5 pl-8.5 placeholder:text-text-3 focus-visible:outline-offset-0"
        />
      </form>
    </search>
  );
}
