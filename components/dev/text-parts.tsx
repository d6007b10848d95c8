'use client';

import { Part, PartGroup } from '#components/dev/part.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { Note } from '#components/ui/note.tsx';
import { useNow } from '#components/ui/now.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';

const HOUR_MS = 3_600_000;
const METERS = [
  { title: 'Empty', values: [0, 0] },
  { title: 'Some', values: [5, 2] },
  { title: 'Too much', values: [9, 4] },
];

function Times() {
  const now = useNow();
  const at = (hours: number) => new Date(now + hours * HOUR_MS);
  return (
    <Part title="Times">
      <RelativeTime at={at(-3)} />
      <EndTime at={at(24 * 30)} endless="For ever" />
      <EndTime at={at(2)} endless="For ever" />
      <EndTime at={at(-1)} endless="For ever" />
      <EndTime at={null} endless="For ever" />
    </Part>
  );
}

/** What can only be read. */
export function TextParts() {
  return (
    <PartGroup title="Text and figures">
      <Part title="Notes">
        <Note kind="info">Something to know.</Note>
        <Note kind="ok">Something that went well.</Note>
        <Note kind="danger">Something that failed, and what to do.</Note>
      </Part>
      <Part title="Code">
        <CodeBlock
          label="An example"
          code={"DocumentArray.pull('mira/photos')\n# A long line ".padEnd(200, '…')}
        />
      </Part>
      <Part title="Tabs">
        <Tabs
          label="Clients"
          tabs={[
            { id: 'one', title: 'docarray 1', content: <p className="p-4">The first</p> },
            { id: 'two', title: 'docarray 2', content: <p className="p-4">The second</p> },
          ]}
        />
      </Part>
      <Part title="Meters">
        {METERS.map(({ title, values: [first = 0, second = 0] }) => (
          <Meter
            key={title}
            label={`${title}: ${first + second} of 10`}
            total={10}
            parts={[
              { label: 'First', value: first, color: 'bg-data-1' },
              { label: 'Second', value: second, color: 'bg-data-2' },
            ]}
            className="w-56"
          />
        ))}
      </Part>
      <Times />
    </PartGroup>
  );
}
