'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Unfold } from '#components/executor/unfold.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { formatCount } from '#components/ui/format.ts';
import { saveFile } from '#components/ui/save-file.ts';

/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };

/** What of an SPDX document is shown. */
interface Bom {
  packages: { SPDXID: string; name: string; versionInfo?: string }[];
}

/** More of them are found by searching. */
const MAX_SHOWN = 200;

function PackageList({ bom }: { bom: Bom }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = bom.packages.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div className="grid gap-2 px-4 pt-2 pb-3">
      <TextField
        label="Search the packages"
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        className="max-w-80"
      />
      <p role="status" className="text-xs text-text-2">
        {found.length === 0 && 'No package has this in its name.'}
        {found.length > MAX_SHOWN &&
          `${formatCount(found.length - MAX_SHOWN)} more are not shown. Search for them.`}
      </p>
      <ul
        {...KEYBOARD_SCROLLING}
        aria-label="Packages"
        className="max-h-80 overflow-y-auto font-mono text-xs/5"
      >
        {found.slice(0, MAX_SHOWN).map(({ SPDXID, name, versionInfo }) => (
          <li key={SPDXID} className="flex justify-between gap-4 border-b py-1 last:border-0">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <span className="min-w-0 text-right wrap-anywhere text-text-2">{versionInfo}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ImagePackagesProps {
  executor: { id: string; name: string };
  /** The image's own. */
  tag: string;
  count: number;
}

/** What is installed in an image: a list to search, and the whole of it as a file. */
export function ImagePackages({ executor, tag, count }: ImagePackagesProps) {
  const [bom, setBom] = useState<Bom | null>(null);

  async function read(): Promise<Bom | null> {
    if (bom) return bom;
    const found = await rpc<Bom>('executor.getBom', { id: executor.id, tag }).catch((error) => {
      reportFailure(error);
      return null;
    });
    setBom(found);
    return found;
  }

  async function save(): Promise<void> {
    const found = await read();
    if (found)
      saveFile(`${executor.name}-${tag}.spdx.json`, JSON.stringify(found, null, 2), 'application/spdx+json');
  }

  return (
    <Unfold
      title="Packages"
      count={count}
      onOpen={() => void read()}
      action={
        <Button variant="quiet" onClick={() => void save()}>
          <Download aria-hidden size={16} />
          SPDX
        </Button>
      }
    >
      {bom && <PackageList bom={bom} />}
    </Unfold>
  );
}
