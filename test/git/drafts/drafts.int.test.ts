import { DEFAULT_LAYOUT, releaseDirectory } from '../../../src/domain';
import {
  commitDraftContent,
  createDrafts,
  type Draft,
  draftBranch,
  type DraftRepository,
  draftRef,
  DraftUnreadable,
  type GitRepository,
  keepingRef,
  listFiles,
  readArtifact,
} from '../../../src/git';
import { openGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { ANN, NOW, repositoryWith, SERVICE, TOM, treeOf } from '../fixture-repository';
import { git, gitTest, scratch } from '../real-git';
import { REFUSED_PATHS } from './refused-paths';

const { next } = scratch();
const LATER = '2026-03-01T11:00:00.500Z';
const BASE = { 'package.yaml': 'version: 1.0.0\n', 'prompts/task.md': 'Task.\n', 'prompts/qa.md': 'QA.\n' };
const kind = DEFAULT_LAYOUT.kinds['document_types']!;
const directory = (version: string) => releaseDirectory(kind, 'epic', version);

let gitdir: string;
let repository: GitRepository;
let root: string;
let baseTree: string;
let drafts: DraftRepository;

beforeEach(async () => {
  gitdir = next('.git');
  const files = Object.entries(BASE).map(([path, text]) => [`${directory('1.0.0')}/${path}`, text]);
  ({ repository, root } = await repositoryWith(gitdir, Object.fromEntries(files) as Record<string, string>));
  baseTree = await treeOf(repository, BASE);
  drafts = createDrafts({ repository });
});

const start = (id = 'fix', over: Partial<Parameters<DraftRepository['start']>[0]> = {}) =>
  drafts.start({
    id,
    package: 'epic',
    baseVersion: '1.0.0',
    baseCommit: root,
    baseTree,
    actor: TOM,
    now: NOW,
    ...over,
  });

type Save = Partial<Parameters<DraftRepository['save']>[0]>;
const save = (changes: Record<string, string | null>, over: Save = {}) =>
  drafts.save({
    draft: 'fix',
    lastCommit: null,
    changes: Object.entries(changes).map(([path, content]) => ({ path, content })),
    actor: ANN,
    now: LATER,
    ...over,
  });

const discard = (over: Partial<Parameters<DraftRepository['discard']>[0]> = {}) =>
  drafts.discard({ draft: 'fix', lastCommit: null, actor: TOM, now: LATER, ...over });

async function contentOf(draft: Draft): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const { path } of await listFiles(repository.objects, draft.tree)) {
    content[path] = Buffer.from((await readArtifact(repository.objects, draft.tree, path))!.bytes).toString();
  }
  return content;
}

describe('starting a draft', () => {
  test('gives the base release on a branch at the base commit', async () => {
    const draft = await start();
    expect(draft).toMatchObject({
      id: 'fix',
      package: 'epic',
      baseVersion: '1.0.0',
      baseCommit: root,
      baseTree,
      createdBy: TOM,
      createdAt: NOW,
      updatedAt: NOW,
      tree: baseTree,
    });
    expect(await repository.refs.read(draftBranch('fix'))).toBe(root);
    expect(await repository.refs.read(draftRef('fix'))).toBe(draft.head);
  });

  test('survives a restart', async () => {
    const draft = await start();
    const restarted = createDrafts({ repository: await openGitRepository({ gitdir }) });
    expect(await restarted.get('fix')).toEqual(draft);
    expect(await restarted.list()).toEqual([draft]);
  });

  test('without a base begins empty', async () => {
    const draft = await start('new', { package: 'feature', baseVersion: null, baseTree: null });
    expect(await drafts.get('new')).toEqual(draft);
    expect(draft.baseVersion).toBeNull();
    expect(await contentOf(draft)).toEqual({});
  });

  test('refuses a name that is taken or none', async () => {
    await start();
    const refusal = { code: 'BAD_USER_INPUT', data: { field: 'name' } };
    await expect(start()).rejects.toMatchObject(refusal);
    await expect(Promise.all([start('b'), start('b')])).rejects.toMatchObject(refusal);
    for (const id of ['../x', 'Fix', 'a..b', '', 'x.lock']) await expect(start(id)).rejects.toMatchObject(refusal);
  });

  test('takes over a branch that an interrupted start left behind', async () => {
    await repository.refs.compareAndSet(draftBranch('fix'), null, keepAlive(await start('other')));
    await start();
    expect(await repository.refs.read(draftBranch('fix'))).toBe(root);
  });

  test('several drafts of one package live side by side', async () => {
    await start('b');
    await start('a');
    await save({ 'package.yaml': 'a' }, { draft: 'a' });
    expect((await drafts.list()).map((draft) => draft.id)).toEqual(['a', 'b']);
    expect((await contentOf((await drafts.get('b'))!))['package.yaml']).toBe('version: 1.0.0\n');
  });

  test('a draft that does not exist is none, whatever its name', async () => {
    for (const id of ['gone', '../../main', '', 'A']) expect(await drafts.get(id)).toBeNull();
  });

  test('a work-in-progress ref that holds another commit is an error, not a guess', async () => {
    await repository.refs.compareAndSet(draftRef('odd'), null, root);
    await expect(drafts.get('odd')).rejects.toThrow(DraftUnreadable);
  });
});

describe('saving', () => {
  test('writes and deletes files, all at once', async () => {
    await start();
    const draft = await save({ 'package.yaml': 'name: Ä\n', 'prompts/qa.md': null, 'schemas/new.json': '{}' });
    expect(await contentOf(draft)).toEqual({
      'package.yaml': 'name: Ä\n',
      'prompts/task.md': 'Task.\n',
      'schemas/new.json': '{}',
    });
    expect(draft).toMatchObject({ createdBy: TOM, createdAt: NOW, updatedAt: LATER, baseTree });
    expect(await drafts.get('fix')).toEqual(draft);
    expect(await repository.refs.read(draftBranch('fix'))).toBe(root);
  });

  test('a save that changes nothing keeps the head', async () => {
    const { head } = await start();
    expect((await save({ 'prompts/qa.md': 'QA.\n', 'not/there': null })).head).toBe(head);
  });

  test('a stale save is refused with what changed meanwhile, and writes nothing', async () => {
    const { head } = await start();
    const { head: actualHead } = await save({ 'prompts/task.md': 'Theirs.\n' }, { expectedHead: head });
    await expect(save({ 'prompts/task.md': 'Mine.\n' }, { expectedHead: head })).rejects.toMatchObject({
      code: 'DRAFT_CONFLICT',
      data: { draft: 'fix', expectedHead: head, actualHead, paths: ['prompts/task.md'] },
    });
    expect((await drafts.get('fix'))!.head).toBe(actualHead);
    for (const expectedHead of ['nonsense', 'f'.repeat(40), baseTree]) {
      await expect(save({ a: 'a' }, { expectedHead })).rejects.toMatchObject({ code: 'DRAFT_CONFLICT' });
    }
  });

  test('without an expected head saves at the same moment all take effect', async () => {
    await start();
    const names = Array.from({ length: 5 }, (_, index) => `file-${String(index)}`);
    await Promise.all(names.map((name) => save({ [name]: name })));
    expect(Object.keys(await contentOf((await drafts.get('fix'))!))).toEqual(expect.arrayContaining(names));
  });

  test('into a draft that does not exist is refused', async () => {
    await expect(save({ a: 'a' })).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  });

  test('a path that no release may hold is refused, and nothing of the save is written', async () => {
    const { head } = await start();
    for (const [path] of REFUSED_PATHS) {
      for (const content of ['x', null]) {
        await expect(save({ ok: 'ok', [path]: content })).rejects.toMatchObject({
          code: 'BAD_USER_INPUT',
          data: { field: 'changes[1].path' },
        });
      }
    }
    for (const path of ['package.yaml/x', 'prompts', 'Prompts/new.md', 'PACKAGE.yaml']) {
      await expect(save({ ok: 'ok', [path]: 'x' })).rejects.toMatchObject({ data: { field: 'changes[1].path' } });
    }
    expect((await drafts.get('fix'))!.head).toBe(head);
  });

  test('a rename in case, or of a file into a directory, is one save', async () => {
    await start();
    const renamed = await save({
      'package.yaml': null,
      'Package.yaml': 'x',
      'prompts/qa.md': null,
      'prompts/qa.md/a': '',
    });
    expect(Object.keys(await contentOf(renamed))).toEqual(['Package.yaml', 'prompts/qa.md/a', 'prompts/task.md']);
  });

  test('the same path twice is refused', async () => {
    await start();
    const changes = ['a', 'b'].map((content) => ({ path: 'x', content }));
    await expect(save({}, { changes })).rejects.toMatchObject({ data: { field: 'changes[1].path' } });
  });

  test('content that is no text or too large is refused', async () => {
    await start();
    await expect(save({ a: 'half \ud800' })).rejects.toMatchObject({ data: { field: 'changes[0].content' } });
    await expect(save({ a: 'x'.repeat(1_048_577) })).rejects.toMatchObject({ data: { field: 'changes[0].content' } });
    const many = Object.fromEntries(Array.from({ length: 498 }, (_, index) => [`f${String(index)}`, 'x']));
    await expect(save(many)).rejects.toMatchObject({ data: { field: 'changes' } });
    const heavy = Array.from({ length: 17 }, (_, index) => [`f${String(index)}`, 'x'.repeat(1_048_000)]);
    await expect(save(Object.fromEntries(heavy) as Record<string, string>)).rejects.toMatchObject({
      data: { field: 'changes' },
    });
  });
});

describe('discarding', () => {
  test('takes everything back to the base release', async () => {
    await start();
    await save({ 'package.yaml': 'x', 'new.md': 'x' });
    expect((await discard()).tree).toBe(baseTree);
  });

  test('takes the named files back and leaves the others', async () => {
    await start();
    await save({ 'package.yaml': 'x', 'prompts/task.md': 'x', 'prompts/qa.md': null, 'new.md': 'x' });
    const draft = await discard({ paths: ['package.yaml', 'prompts/qa.md', 'new.md'] });
    expect(await contentOf(draft)).toEqual({ ...BASE, 'prompts/task.md': 'x' });
  });

  test('goes back to the last commit where there is one', async () => {
    const draft = await start();
    const saved = await save({ 'package.yaml': 'version: 1.0.1\n' });
    await save({ 'package.yaml': 'x' });
    const lastCommit = { commit: draft.baseCommit, tree: saved.tree };
    expect((await discard({ lastCommit })).tree).toBe(saved.tree);
  });

  test('refuses unknown files, clashes and stale heads', async () => {
    const { head } = await start();
    const changed = await save({ 'prompts/qa.md': null, 'prompts/qa.md/a': 'x' });
    const field = (name: string) => ({ code: 'BAD_USER_INPUT', data: { field: name } });
    await expect(discard({ paths: ['package.yaml', 'gone'] })).rejects.toMatchObject(field('paths[1]'));
    await expect(discard({ paths: ['prompts/qa.md'] })).rejects.toMatchObject(field('paths[0]'));
    await expect(discard({ expectedHead: head })).rejects.toMatchObject({ code: 'DRAFT_CONFLICT' });
    expect((await drafts.get('fix'))!.head).toBe(changed.head);
  });
});

describe('committing', () => {
  const facts = {
    package: 'epic',
    version: '1.0.1',
    baseVersion: '1.0.0',
    changeType: 'patch',
    message: 'Say it better',
    actor: TOM,
  } as const;
  const commit = (draft: Draft, lastCommit: { commit: string; tree: string } | null, version = '1.0.1') =>
    commitDraftContent(repository, {
      draft,
      lastCommit,
      releasePath: directory(version),
      tree: draft.tree,
      facts: { ...facts, version },
      occurredAt: LATER,
      serviceIdentity: SERVICE,
    });

  test('what stands at the place of the release and is none is not replaced', async () => {
    await start();
    const draft = await save({ 'package.yaml': 'version: 1.0.1\n' });
    await expect(commit(draft, null, '1.0.0')).rejects.toThrow(/releases\/1\.0\.0 exists already and is not a release/);
    expect(await repository.refs.list('refs/slipway/commits/')).toEqual([]);
  });

  gitTest('the commit is the base commit plus exactly one release directory, kept for ever', async () => {
    await start();
    const draft = await save({ 'package.yaml': 'version: 1.0.1\n' });
    const first = await commit(draft, null);
    expect(await commit(draft, null)).toEqual(first);
    expect(first.tree).toBe(draft.tree);
    expect(await repository.refs.read(keepingRef(first.commit))).toBe(first.commit);
    expect(await repository.refs.read(draftBranch('fix'))).toBe(root);

    const again = await save({ 'new.md': 'x' }, { lastCommit: first });
    expect((await repository.objects.readCommit(again.head)).parents).toEqual([first.commit]);
    const second = await commit(again, first, '1.1.0');
    expect(git(gitdir, ['rev-list', '--parents', '-1', second.commit])).toBe(`${second.commit} ${first.commit}`);
    expect(git(gitdir, ['diff', '--name-only', root, second.commit]).split('\n')).toEqual(
      ['new.md', 'package.yaml', 'prompts/qa.md', 'prompts/task.md'].map((path) => `${directory('1.1.0')}/${path}`),
    );
    expect(
      git(gitdir, [
        'log',
        '-1',
        '--format=%s|%an|%cn|%(trailers:key=Slipway-Version,valueonly,separator=)',
        second.commit,
      ]),
    ).toBe('fix(epic): Say it better|Tom Moseley|Slipway|1.1.0');
    expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
  });

  test('a draft without a file is refused', async () => {
    const draft = await start('new', { package: 'feature', baseVersion: null, baseTree: null });
    await expect(commit(draft, null)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  gitTest('after abandoning and a collection what was committed is still there, and nothing else is', async () => {
    await start();
    const draft = await save({ 'package.yaml': 'version: 1.0.1\n' });
    const { commit: kept } = await commit(draft, null);
    await drafts.abandon('fix');
    git(gitdir, ['gc', '--quiet', '--prune=now']);
    expect(git(gitdir, ['cat-file', '-t', `${kept}:${directory('1.0.1')}/package.yaml`])).toBe('blob');
    const reopened = await openGitRepository({ gitdir });
    expect(await reopened.objects.has(draft.head)).toBe(false);
    const refs = git(gitdir, ['for-each-ref', '--format=%(refname)']).split('\n');
    expect(refs).toEqual(['refs/heads/main', keepingRef(kept)]);
  });
});

describe('the end of a draft', () => {
  test('abandoning removes its two refs and nothing else', async () => {
    await start();
    await start('other');
    await drafts.abandon('fix');
    expect(await drafts.get('fix')).toBeNull();
    expect(await repository.refs.read(draftBranch('fix'))).toBeNull();
    expect((await drafts.list()).map((draft) => draft.id)).toEqual(['other']);
    await expect(drafts.abandon('fix')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    await expect(drafts.abandon('../main')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  });

  test('an abandoning that broke off can be finished', async () => {
    const { head } = await start();
    await start('other');
    await repository.refs.compareAndSet(draftRef('fix'), head, null);
    expect(await drafts.leftBranches()).toEqual(['fix']);
    await drafts.abandon('fix');
    expect(await drafts.leftBranches()).toEqual([]);
    expect(await repository.refs.read(draftBranch('fix'))).toBeNull();
  });

  test('staging ends a draft, again does no harm', async () => {
    const { tree } = await start();
    expect(await drafts.end('fix', tree)).toBe(true);
    expect(await drafts.end('fix', tree)).toBe(true);
    expect(await repository.refs.list('refs/heads/draft/')).toEqual([]);
    expect(await repository.refs.list('refs/slipway/drafts/')).toEqual([]);
  });

  test('a draft with newer edits stays', async () => {
    const { tree } = await start();
    const draft = await save({ 'package.yaml': 'newer' });
    expect(await drafts.end('fix', tree)).toBe(false);
    expect(await drafts.get('fix')).toEqual(draft);
    expect(await repository.refs.read(draftBranch('fix'))).toBe(root);
  });
});

gitTest('plain git fetches the branch of a draft and finds nothing wrong', async () => {
  await start();
  await save({ 'package.yaml': 'x' });
  const clone = next();
  git('.', ['clone', '--quiet', '--branch', 'draft/fix', gitdir, clone]);
  expect(git(clone, ['rev-parse', 'HEAD'])).toBe(root);
  expect(git(gitdir, ['fsck', '--full', '--strict'])).not.toMatch(/error|warning/);
  expect(git(gitdir, ['log', '-1', '--format=%s', draftRef('fix')])).toBe('wip(epic): Draft fix');
});

/** Any commit that is not the base commit. */
function keepAlive(draft: Draft): string {
  return draft.head;
}
