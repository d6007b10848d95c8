import Link from 'next/link';
import type { ReactNode } from 'react';
import { HealthList } from '#components/admin/health-list.tsx';
import { PolicyForm } from '#components/admin/policy-form.tsx';
import { adminPaths } from '#components/admin-paths.ts';
import { SettingsSection } from '#components/settings/settings-section.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import type { CurrentPolicy } from '#lib/accounts/policy.ts';
import type { Overview } from '#lib/health/overview.ts';

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex-1 basis-40 border-b border-l px-3.5 py-2.5 -mb-px -ml-px">
      <dt className="text-13 text-text-2">{term}</dt>
      <dd className="mt-0.5 tabular-nums">{children}</dd>
    </div>
  );
}

function Facts(overview: Overview) {
  const { users, disabledUsers, artifacts, usedBytes, promisedBytes, version } = overview;
  return (
    <dl className="flex flex-wrap overflow-hidden rounded-lg border">
      <Fact term="Users">
        <Link href={adminPaths.users()} className="link">
          {formatCount(users)}
        </Link>
        {disabledUsers > 0 && <span className="text-text-2">, {formatCount(disabledUsers)} disabled</span>}
      </Fact>
      <Fact term="Artifacts">{formatCount(artifacts)}</Fact>
      <Fact term="Stored">
        <Link href={adminPaths.users({ sort: 'used', direction: -1 })} className="link">
          {formatBytes(usedBytes)}
        </Link>
        <span className="text-text-2"> of {formatBytes(promisedBytes)} promised</span>
      </Fact>
      <Fact term="Version">{version}</Fact>
    </dl>
  );
}

/** How the server is, and who may sign up. */
export function OverviewScreen({ overview, policy }: { overview: Overview; policy: CurrentPolicy }) {
  return (
    <div className="grid grid-cols-1 gap-8">
      <Facts {...overview} />
      <div>
        <SettingsSection
          id="health"
          title="Health"
          help="What the server depends on, as it was when you opened this page."
        >
          <HealthList {...overview} />
        </SettingsSection>
        <SettingsSection id="sign-up" title="Sign-up" help="Who may make an account on this server.">
          <PolicyForm {...policy} />
        </SettingsSection>
      </div>
    </div>
  );
}
