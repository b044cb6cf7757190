import { type DomainEvent, POINTER_STREAM, type RecordedEvent, REPOSITORY_STREAM } from '../../../src/domain';
import { type EventStore } from '../../../src/eventstore';
import {
  commitDraftContent,
  createDrafts,
  createPublisher,
  draftBranch,
  type GitRepository,
  MAIN_REF,
  type Publication,
  type Publisher,
  type PublisherHooks,
} from '../../../src/git';
import { adoptionOf, change, FLAT_LAYOUT, move, REPORT } from '../commit-form/fixed-log';
import { NOW, repositoryWith, SERVICE, TOM, treeOf } from '../fixture-repository';
import { EPIC, openTemporaryLog, type TemporaryLog } from './temporary-log';

export const TAG = 'epic/v1.1.0';

/** A repository at its adopted commit, a draft with a kept commit, and the log that says what became of it. */
export interface Story {
  readonly gitdir: string;
  readonly repository: GitRepository;
  readonly log: TemporaryLog;
  readonly root: string;
  readonly draftCommit: string;
  readonly tree: string;
}

/** The repository and the log up to `Adopted`; the draft `fix` holds a commit that no event names yet. */
export async function beginStory(gitdir: string, logPath: string): Promise<Story> {
  const { repository, root } = await repositoryWith(gitdir, {
    '_active/active_releases.json': '{"epic": "1.0.0"}',
    'document_types/epic/releases/1.0.0/package.yaml': 'version: 1.0.0\n',
  });
  const log = openTemporaryLog(logPath);
  const tree = await treeOf(repository, { 'package.yaml': 'version: 1.1.0\n', 'prompts/task.md': 'Task.\n' });
  const draft = await createDrafts({ repository }).start({
    id: 'fix',
    package: 'epic',
    baseVersion: '1.0.0',
    baseCommit: root,
    baseTree: tree,
    actor: TOM,
    now: NOW,
  });
  const { commit } = await commitDraftContent(repository, {
    draft,
    lastCommit: null,
    releasePath: 'document_types/epic/releases/1.1.0',
    tree,
    facts: {
      package: 'epic',
      version: '1.1.0',
      baseVersion: '1.0.0',
      changeType: 'minor',
      message: 'More',
      actor: TOM,
    },
    occurredAt: NOW,
    serviceIdentity: SERVICE,
  });
  return { gitdir, repository, log, root, draftCommit: commit, tree };
}

export function adopted(commit: string, previousEventId: string | null = null): DomainEvent {
  return { type: 'Adopted', data: { commit, previousEventId, ...adoptionOf(FLAT_LAYOUT) } };
}

export function activated(from: string, to: string): DomainEvent {
  return { type: 'Activated', data: move(`To ${to}`, [change('epic', from, to)]) };
}

/** Adoption, commit, staging, activation, tag, rollback. */
export async function tellStory({ log, root, draftCommit: commit, tree }: Story): Promise<readonly RecordedEvent[]> {
  const release = { package: 'epic', version: '1.1.0', commit };
  const rest = { tree, displayName: null, requires: [] };
  const events: [string, DomainEvent][] = [
    [REPOSITORY_STREAM, adopted(root)],
    [
      EPIC,
      {
        type: 'Committed',
        data: { ...release, ...rest, changeType: 'minor', baseVersion: '1.0.0', draft: 'fix', message: 'More' },
      },
    ],
    [EPIC, { type: 'ValidationFailed', data: { ...release, tree, report: REPORT } }],
    [EPIC, { type: 'Staged', data: { ...release, tree, report: REPORT } }],
    [POINTER_STREAM, activated('1.0.0', '1.1.0')],
    [EPIC, { type: 'Tagged', data: { ...release, tag: TAG, message: 'Epic 1.1.0' } }],
    [POINTER_STREAM, { type: 'RolledBack', data: move('It fails', [change('epic', '1.1.0', '1.0.0')]) }],
  ];
  const recorded: RecordedEvent[] = [];
  for (const [stream, event] of events) recorded.push(await log.append(stream, event));
  return recorded;
}

/** A publisher that runs, and what it told of. */
export interface Run {
  readonly publisher: Publisher;
  readonly publications: Publication[];
  stop(): Promise<void>;
  /** Waits for everything the log holds. */
  caughtUp(): Promise<void>;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>;
}

export function publish(
  repository: GitRepository,
  store: EventStore,
  over: { readonly hooks?: PublisherHooks; readonly onPublished?: (publication: Publication) => Promise<void> } = {},
): Run {
  const publications: Publication[] = [];
  const publisher = createPublisher({
    repository,
    store,
    onPublished: async (publication) => {
      await over.onPublished?.(publication);
      publications.push(publication);
    },
    hooks: over.hooks,
  });
  const stopping = new AbortController();
  const ended = publisher.run(stopping.signal);
  return {
    publisher,
    publications,
    ended,
    stop: async () => {
      stopping.abort();
      await ended;
    },
    caughtUp: async () => publisher.publishedUpTo((await store.head())!),
  };
}

/** Everything that people read: the refs that events move. */
export async function publicRefs({ refs }: GitRepository): Promise<Record<string, string | null>> {
  const names = [MAIN_REF, draftBranch('fix'), `refs/tags/${TAG}`];
  const read = names.map(async (name) => [name, await refs.read(name)] as const);
  return Object.fromEntries(await Promise.all(read));
}
