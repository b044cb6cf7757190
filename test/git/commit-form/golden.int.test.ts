import { type EventEnvelope, type Layout, type Staged } from '../../../src/domain';
import {
  type CommitMakingEvent,
  type GitRepository,
  MAIN_REF,
  renderDraftCommit,
  renderTag,
  tagRef,
  withEntry,
  writeEventCommit,
} from '../../../src/git';
import { repositoryWith, SERVICE, TOM, treeOf } from '../fixture-repository';
import { git, gitTest, scratch } from '../real-git';
import { FLAT_IDS, MESSAGES, SECTIONED_IDS, TAG_ID } from './golden';
import { adoptionOf, change, fixedEvent, FLAT_LAYOUT, move, REPORT, SECTIONED_LAYOUT } from './fixed-log';

// These ids and texts are stored in every repository that Slipway has written. A test that has to be changed here says
// that an existing form was changed: make a new form instead.

const POINTER = 'pointer-production';
const RELEASE = 'document_types/project_discovery/releases/1.5.0';
const { next } = scratch();

const FILES = { 'README.md': '# Configuration\n' };
const FLAT_FILE = '{"_comment":"kept","project_discovery":"1.4.0","epic":"1.0.0"}';
const SECTIONED_FILE = '{"$schema":"x","document_types":{"project_discovery":"1.4.0","epic":"1.0.0"}}';

/** The commit of a draft, as `Committed` and `Staged` name it. */
async function draftCommit(repository: GitRepository, root: string): Promise<Staged['data']> {
  const { objects } = repository;
  const tree = await treeOf(repository, { 'package.yaml': 'version: 1.5.0\n', 'prompts/task.md': 'Discover.\n' });
  const base = await objects.readCommit(root);
  const signature = { name: TOM.name, email: 'tom.moseley@slipway.invalid', seconds: 1_772_360_551 };
  const commit = await objects.writeCommit({
    tree: await withEntry(objects, base.tree, RELEASE, { mode: '040000', oid: tree }),
    parents: [root],
    author: signature,
    committer: { ...SERVICE, seconds: signature.seconds },
    message: renderDraftCommit({
      package: 'project_discovery',
      version: '1.5.0',
      baseVersion: '1.4.0',
      changeType: 'minor',
      message: 'Add optional metadata field',
      actor: TOM,
    }),
  });
  return { package: 'project_discovery', version: '1.5.0', commit, tree, report: REPORT };
}

function fixedLog(staged: Staged['data']): readonly CommitMakingEvent[] {
  const lifted = ['REQUIRED_BY_ACTIVE_RELEASE', 'DEPENDENCY_NOT_ACTIVE'];
  return [
    fixedEvent('package-project_discovery', 4, { type: 'Staged', data: staged }),
    fixedEvent(POINTER, 1, {
      type: 'Activated',
      data: move('Added optional metadata field for compliance tracking', [
        change('project_discovery', '1.4.0', '1.5.0'),
      ]),
    }),
    fixedEvent(POINTER, 2, {
      type: 'Activated',
      data: move('First roles', [change('feature', null, '1.0.0'), change('roles/architect', null, '1.0.0')]),
    }),
    fixedEvent(POINTER, 3, {
      type: 'RolledBack',
      data: move('Schema validation failures in production', [change('project_discovery', '1.5.0', '1.4.0')], lifted),
    }),
    fixedEvent(POINTER, 4, { type: 'RolledBack', data: move('Not wanted: yet', [change('feature', '1.0.0', null)]) }),
    fixedEvent(POINTER, 5, {
      type: 'RolledBack',
      data: move('Both at once', [change('epic', '1.0.0', '0.9.0'), change('roles/architect', '1.0.0', null)]),
    }),
    fixedEvent(POINTER, 6, {
      type: 'Deactivated',
      data: move('Slipway-Actor: mallory', [change('epic', '0.9.0', null)]),
    }),
    fixedEvent(POINTER, 7, {
      type: 'Deactivated',
      data: move('Grüße', [change('gone', '1.0.0', null), change('project_discovery', '1.4.0', null)]),
    }),
  ];
}

async function published(layout: Layout, pointerFile: string) {
  const gitdir = next('.git');
  const { repository, root } = await repositoryWith(gitdir, { ...FILES, '_active/active_releases.json': pointerFile });
  const events = fixedLog(await draftCommit(repository, root));
  const ids: string[] = [];
  for (const event of events) {
    const firstParent = ids.at(-1) ?? root;
    ids.push(await writeEventCommit(repository.objects, { event, adoption: adoptionOf(layout), firstParent }));
  }
  await repository.refs.compareAndSet(MAIN_REF, root, ids.at(-1)!);
  return { gitdir, repository, root, events, ids };
}

describe('form 1 of a commit on main', () => {
  test('the ids of a fixed log on a flat pointer file never change', async () => {
    const { root, ids } = await published(FLAT_LAYOUT, FLAT_FILE);
    expect([root, ...ids]).toEqual(FLAT_IDS);
  });

  test('the ids of a fixed log on a sectioned pointer file never change', async () => {
    const { root, ids } = await published(SECTIONED_LAYOUT, SECTIONED_FILE);
    expect([root, ...ids]).toEqual(SECTIONED_IDS);
  });

  test('the messages never change', async () => {
    const { repository, ids } = await published(FLAT_LAYOUT, FLAT_FILE);
    const messages = await Promise.all(ids.map(async (id) => (await repository.objects.readCommit(id)).message));
    expect(messages).toEqual(MESSAGES);
  });

  gitTest('git finds nothing wrong and reads the same history', async () => {
    const { gitdir, root, events, ids } = await published(SECTIONED_LAYOUT, SECTIONED_FILE);
    expect(git(gitdir, ['fsck', '--full', '--strict'])).toBe('');
    expect(git(gitdir, ['rev-list', '--first-parent', '--reverse', `${root}..main`]).split('\n')).toEqual(ids);
    const named = git(gitdir, [
      'log',
      '--first-parent',
      '--reverse',
      '--format=%(trailers:key=Slipway-Event,valueonly,separator=)',
      `${root}..main`,
    ]);
    expect(named.split('\n')).toEqual(events.map((event) => `${event.stream}@${event.revision}`));
    const actors = git(gitdir, [
      'log',
      '-1',
      '--format=%(trailers:key=Slipway-Actor,valueonly,separator=%x2C)',
      ids[6]!,
    ]);
    expect(actors).toBe('tom.moseley');
    expect(git(gitdir, ['log', '-1', '--format=%an <%ae> %ad|%cn <%ce> %cd', '--date=raw', ids[1]!])).toBe(
      'Ann Österberg <ann@slipway.invalid> 1772364152 +0000|Slipway <service@slipway.invalid> 1772364152 +0000',
    );
  });

  gitTest('each commit changes exactly the pointer file or exactly the release directory', async () => {
    const { gitdir, ids } = await published(FLAT_LAYOUT, FLAT_FILE);
    const touched = (id: string) => git(gitdir, ['diff', '--name-only', `${id}^1`, id]).split('\n');
    expect(touched(ids[0]!)).toEqual([`${RELEASE}/package.yaml`, `${RELEASE}/prompts/task.md`]);
    for (const id of ids.slice(1)) expect(touched(id)).toEqual(['_active/active_releases.json']);
    expect(git(gitdir, ['show', 'main:_active/active_releases.json'])).toBe('{\n  "_comment": "kept"\n}');
  });

  gitTest('the pointer file of a sectioned layout holds each kind in its section', async () => {
    const { gitdir, ids } = await published(SECTIONED_LAYOUT, SECTIONED_FILE);
    expect(JSON.parse(git(gitdir, ['show', `${ids[2]!}:_active/active_releases.json`]))).toEqual({
      $schema: 'x',
      document_types: { project_discovery: '1.5.0', epic: '1.0.0', feature: '1.0.0' },
      roles: { architect: '1.0.0' },
    });
  });

  gitTest('a tag is an annotated tag object of the actor that git accepts', async () => {
    const { gitdir, repository, events } = await published(FLAT_LAYOUT, FLAT_FILE);
    const { data } = events[0] as EventEnvelope<Staged>;
    const event = fixedEvent('package-project_discovery', 5, {
      type: 'Tagged',
      data: {
        package: data.package,
        version: data.version,
        tag: 'project_discovery/v1.5.0',
        commit: data.commit,
        message: 'Project Discovery 1.5.0',
      },
    });
    const tag = await repository.objects.writeTag(renderTag(event));
    await repository.refs.compareAndSet(tagRef(event.data.tag), null, tag);
    expect(tag).toBe(TAG_ID);
    expect(git(gitdir, ['cat-file', '-p', tag])).toBe(
      `object ${data.commit}\ntype commit\ntag project_discovery/v1.5.0\n` +
        'tagger Ann Österberg <ann@slipway.invalid> 1772378556 +0000\n\nProject Discovery 1.5.0',
    );
    expect(git(gitdir, ['fsck', '--full', '--strict'])).toBe('');
  });
});
