import { PullsTab } from '#components/artifact/pulls-tab.tsx';
import { ArgumentsTab } from '#components/executor/arguments-tab.tsx';
import { DependenciesTab } from '#components/executor/dependencies-tab.tsx';
import { EndpointsTab } from '#components/executor/endpoints-tab.tsx';
import { ExecutorFactList } from '#components/executor/executor-facts.tsx';
import { ExecutorHeader } from '#components/executor/executor-header.tsx';
import { ExecutorSettings } from '#components/executor/executor-settings.tsx';
import { ExecutorTabs, OWN_TABS } from '#components/executor/executor-tabs.tsx';
import { FilesTab } from '#components/executor/files-tab.tsx';
import { ImagesTab } from '#components/executor/images-tab.tsx';
import { PushesTab } from '#components/executor/pushes-tab.tsx';
import { ReadmeTab } from '#components/executor/readme-tab.tsx';
import { TagsTab } from '#components/executor/tags-tab.tsx';
import { type ExecutorTab, type ExecutorView, executorPaths } from '#components/executor-paths.ts';
import { GuestShell } from '#components/shell/guest-shell.tsx';
import type { Caller } from '#lib/auth/caller.ts';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';
import { getExecutorPulls } from '#lib/executors/get-pulls.ts';
import { type ExecutorImage, listImages } from '#lib/executors/image-list.ts';
import { listPushes } from '#lib/executors/push-list.ts';
import { serverAddress } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

interface ExecutorViewProps {
  executor: ExecutorPage;
  view: ExecutorView;
}

interface OpenTabProps extends ExecutorViewProps {
  tab: ExecutorTab;
  images: ExecutorImage[];
  /** Of the commit that is shown, as it was pushed; null: it has none. */
  image: ExecutorImage | null;
  /** Whether this server builds images. */
  isBuilding: boolean;
  serverAddress: string;
}

async function OwnTab({ executor, tab, view, viewer }: OpenTabProps & { viewer: Caller }) {
  const { id, namespace, name, visibility, isOwn: _isOwn } = executor;
  if (tab === 'pushes')
    return <PushesTab place={executor} pushes={await listPushes(viewer, id)} open={view.push} />;
  if (tab === 'pulls')
    return <PullsTab pulls={await getExecutorPulls({ caller: viewer, id, clock: systemClock })} />;
  return <ExecutorSettings executor={{ id, namespace, name, visibility }} />;
}

function OpenTab(props: OpenTabProps) {
  const { executor, tab, view } = props;
  switch (tab) {
    case 'arguments':
      return <ArgumentsTab commit={executor.commit} />;
    case 'endpoints':
      return <EndpointsTab commit={executor.commit} />;
    case 'dependencies':
      return <DependenciesTab commit={executor.commit} />;
    case 'tags':
      return <TagsTab executor={executor} />;
    case 'images':
      return <ImagesTab executor={executor} images={props.images} isBuilding={props.isBuilding} />;
    case 'files':
      return <FilesTab executor={executor} open={view.file} />;
    default:
      return <ReadmeTab executor={executor} image={props.image} serverAddress={props.serverAddress} />;
  }
}

/** The Executor's page for whoever looks: a tab that is not there for them is the Readme. */
export async function ExecutorScreen({ executor, view }: ExecutorViewProps) {
  const viewer = await currentViewer();
  const isOwnTab = OWN_TABS.includes(view.tab);
  const { id, namespace, name, visibility, description, isOwn, keywords, url } = executor;
  const images = await listImages(id, executor.commit.id);
  const own = images.filter(({ commitId }) => commitId === executor.commit.id);
  const image = own.find(({ isPushedFor }) => isPushedFor) ?? own[0];
  const isBuilding = env().IMAGES === 'on';
  const imageCount = isBuilding || images.length > 0 ? images.length : null;
  const isAbsent = (isOwnTab && !isOwn) || (view.tab === 'images' && imageCount === null);
  const tab = isAbsent ? 'readme' : view.tab;
  const props = {
    ...{ executor, view, tab, images, image: image ?? null, isBuilding },
    serverAddress: await serverAddress(),
  };
  const screen = (
    <>
      <ExecutorHeader executor={{ id, namespace, name, visibility, description, isOwn, keywords, url }} />
      <ExecutorFactList executor={executor} image={props.image} />
      <ExecutorTabs executor={executor} current={tab} imageCount={imageCount} />
      <div className="mt-5">
        {viewer && isOwnTab && isOwn ? <OwnTab {...props} viewer={viewer} /> : <OpenTab {...props} />}
      </div>
    </>
  );
  if (viewer) return screen;
  return (
    <GuestShell serverNow={systemClock.now().getTime()} here={executorPaths.executor(executor)}>
      {screen}
    </GuestShell>
  );
}
