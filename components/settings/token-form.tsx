'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { rpc } from '#components/rpc.ts';
import { ALL_RIGHTS, scopesOf, TokenRights } from '#components/settings/token-rights.tsx';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { formatDay } from '#components/ui/format.ts';
import { useNow, useTimeZone } from '#components/ui/now.tsx';
import { useAsking } from '#components/use-asking.ts';

const DAY_MS = 86_400_000;
const LIVES = [
  { days: 7, words: 'in 7 days' },
  { days: 30, words: 'in 30 days' },
  { days: 90, words: 'in 90 days' },
  { days: 365, words: 'in a year' },
];
const DEFAULT_DAYS = '30';

export interface NewToken {
  name: string;
  /** Its text, which the server cannot show again. */
  token: string;
}

/** How long the token lives, each choice with the day on which it ends. */
function LifeField({ days, onChange }: { days: string; onChange: (days: string) => void }) {
  const now = useNow();
  const timeZone = useTimeZone();
  return (
    <SelectField
      label="Expires"
      value={days}
      onChange={(event) => onChange(event.target.value)}
      options={LIVES.map((life) => ({
        value: String(life.days),
        label: `${life.words}, on ${formatDay(now + life.days * DAY_MS, now, timeZone)}`,
      }))}
    />
  );
}

interface TokenFormProps {
  /** Whether the person came for it, and types first of all. */
  hasFocus: boolean;
  onCreated: (token: NewToken) => void;
}

/** The form that makes a token; what was typed stays when it fails. */
export function TokenForm({ hasFocus, onCreated }: TokenFormProps) {
  const nameField = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [namePattern, setNamePattern] = useState('');
  const [rights, setRights] = useState(ALL_RIGHTS);
  const { problem, isBusy, ask } = useAsking();

  useEffect(() => {
    if (hasFocus) nameField.current?.focus();
  }, [hasFocus]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    await ask(async () => {
      const scopes = scopesOf(rights);
      const input = { name: name.trim(), expirationDays: Number(days), scopes, namePattern };
      const { token } = await rpc<{ token: string }>('user.pat.create', input);
      onCreated({ name: input.name, token });
      setName('');
    });
  }

  return (
    <section aria-labelledby="new-token" className="rounded-lg border bg-raised">
      <h3 id="new-token" className="border-b px-4 py-2.5">
        New token
      </h3>
      <form onSubmit={submit} className="grid gap-4 p-4 md:grid-cols-2 xl:grid-cols-3">
        <TextField
          ref={nameField}
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Where will it be used?"
          required
          maxLength={100}
          autoComplete="off"
          error={problem}
        />
        <LifeField days={days} onChange={setDays} />
        <TextField
          label="Only for names like"
          isMono
          value={namePattern}
          onChange={(event) => setNamePattern(event.target.value)}
          placeholder="any, or eval-*"
          help="A name of yours, or its beginning and a star."
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
          className="md:max-xl:col-span-2"
        />
        <TokenRights rights={rights} onChange={setRights} />
        <Button
          type="submit"
          variant="primary"
          disabled={isBusy || rights.size === 0}
          className="justify-self-end md:col-span-full"
        >
          {isBusy ? 'Creating…' : 'Create token'}
        </Button>
      </form>
    </section>
  );
}
