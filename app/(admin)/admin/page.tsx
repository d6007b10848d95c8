import { AdminFrame } from '#components/admin/admin-frame.tsx';
import { OverviewScreen } from '#components/admin/overview-screen.tsx';
import { adminPaths } from '#components/admin-paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { administratorsHead, requireAdministrator } from '#components/shell/require-administrator.ts';
import { signUpPolicy } from '#lib/accounts/policy.ts';
import { readOverview } from '#lib/health/overview.ts';

export const generateMetadata = () => administratorsHead('Admin');

async function AdminPage() {
  await requireAdministrator();
  const [overview, policy] = await Promise.all([readOverview(), signUpPolicy()]);
  return (
    <AdminFrame here={adminPaths.overview()}>
      <OverviewScreen overview={overview} policy={policy} />
    </AdminFrame>
  );
}

export default orFailureInShell(AdminPage);
