'use client';

import { DeleteArtifact } from '#components/artifact/delete-artifact.tsx';
import { RenameForm } from '#components/artifact/rename-form.tsx';
import { useArtifactEdits } from '#components/artifact/use-artifact-edits.ts';
import { ACCESS_OPTIONS } from '#components/list/access-menu.tsx';
import { SettingsRow } from '#components/list/settings-row.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

const FOR_EVER = 'for-ever';
const USUAL_DAYS = [7, 30, 365];

function daysInWords(days: number): string {
  if (days === 365) return 'A year after the last push';
  return days === 1 ? 'A day after the last push' : `${days} days after the last push`;
}

/** The times that can be chosen within the operator's limit, and the present one. */
function keepOptions(current: number | null, maxDays: number | null) {
  const days = new Set(USUAL_DAYS.filter((one) => maxDays === null || one <= maxDays));
  if (current !== null) days.add(current);
  const ends = [...days]
    .sort((a, b) => a - b)
    .map((one) => ({ value: String(one), label: daysInWords(one) }));
  if (maxDays !== null && current !== null) return ends;
  return [
    ...ends,
    { value: FOR_EVER, label: 'For ever', help: 'Until you delete it. It counts towards your space.' },
  ];
}

interface SettingsTabProps {
  artifact: Pick<
    ArtifactPage,
    'id' | 'namespace' | 'name' | 'visibility' | 'keepDays' | 'sizeBytes' | 'documents'
  >;
  /** The longest that the operator lets people choose; null: no limit. */
  maxKeepDays: number | null;
}

/** What its owner can change about an artifact. */
export function SettingsTab({ artifact, maxKeepDays }: SettingsTabProps) {
  const { visibility, keepDays = null, setAccess, setKeepDays } = useArtifactEdits(artifact);
  return (
    <div className="grid grid-cols-1">
      <SettingsRow title="Name" help="Versions and counts stay. Pulls by the old name fail from then on.">
        {() => <RenameForm key={artifact.name} artifact={artifact} />}
      </SettingsRow>
      <SettingsRow title="Access" help="Counts at once. A download that runs goes on.">
        {(id) => (
          <RadioGroup labelledBy={id} value={visibility} options={ACCESS_OPTIONS} onChange={setAccess} />
        )}
      </SettingsRow>
      <SettingsRow
        title="Keep until"
        help="A change counts from now. The clock starts again at each push; a pull does not move it."
      >
        {(id) => (
          <RadioGroup
            labelledBy={id}
            value={keepDays === null ? FOR_EVER : String(keepDays)}
            options={keepOptions(keepDays, maxKeepDays)}
            onChange={(value) => setKeepDays(value === FOR_EVER ? null : Number(value))}
          />
        )}
      </SettingsRow>
      <SettingsRow title="Delete" help="It moves to the trash, from where you can restore it." isDanger>
        {() => <DeleteArtifact artifact={artifact} />}
      </SettingsRow>
    </div>
  );
}
