import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from '../../src/application/adoption/read-source';
import { POINTER_STREAM, REPOSITORY_STREAM } from '../../src/domain';
import {
  commitDraftContent,
  createDrafts,
  type GitRepository,
  listEntries,
  listFiles,
  MAIN_REF,
  readArtifact,
  readFileAt,
  UnsafeTreeEntry,
  UnsupportedTreeEntry,
  withEntries,
  withEntry,
} from '../../src/git';
import { initGitRepository } from '../../src/git/isomorphic/isomorphic-repository';
import { GitTransfer } from '../../src/git/program/git-transfer';
import { type ValidationEngine } from '../../src/validation';
import { engineFromSource } from '../validation/support/engine-from-source';
import { NOW, SERVICE, TOM, treeOf } from './fixture-repository';
import { openTemporaryLog } from './publisher/temporary-log';
import { activated, adopted, publish } from './publisher/story';
import { git, gitTest, scratch } from './real-git';

const { next } = scratch();
const NOWHERE = '1'.repeat(40);
const EPIC = 'document_types/epic/releases';

let repository: GitRepository;
let gitdir: string;
let validation: ValidationEngine;

beforeAll(() => {
  validation = engineFromSource();
});
afterAll(() => validation.close());
beforeEach(async () => {
  gitdir = next('.git');
  repository = await initGitRepository({ gitdir });
});

/** A working repository as other people have them; lines for `git update-index --index-info` come on top of its files. */
function source(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
  index: string[] = [],
) {
  const path = next();
  mkdirSync(path);
  git(path, ['init', '--quiet', '--initial-branch=main', '.']);
  const parent = (file: string) => mkdirSync(join(path, file, '..'), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    parent(file);
    writeFileSync(join(path, file), text);
  }
  for (const [file, to] of Object.entries(links)) {
    parent(file);
    symlinkSync(to, join(path, file));
  }
  git(path, ['add', '.']);
  git(path, ['update-index', '--add', '--index-info'], index.map((line) => `${line}\n`).join(''));
  git(path, ['commit', '--quiet', '-m', 'Theirs']);
  return path;
}

async function imported(path: string): Promise<string> {
  return new GitTransfer().import(path, { into: gitdir, branch: null, ref: MAIN_REF });
}

const reading = (commit: string) => readSource({ objects: repository.objects, validation }, commit, undefined);

const ORDINARY = {
  '_active/active_releases.json': '{"document_types": {"epic": "1.0.0"}}\n',
  [`${EPIC}/1.0.0/package.yaml`]: 'doc_type_id: epic\nversion: 1.0.0\n',
  [`${EPIC}/1.1.0/package.yaml`]: 'doc_type_id: epic\nversion: 1.1.0\n',
  'tools/README.md': 'Upper.\n',
  'tools/readme.md': 'Lower.\n',
  'tools/a\\b': 'Odd.\n',
};

describe('a repository that holds links, submodules and case twins', () => {
  gitTest('is adopted and published to, every foreign entry as it was', async () => {
    const index = [`160000 ${NOWHERE}\tvendor/module`, `160000 ${NOWHERE}\t${EPIC}/1.2.0/module`];
    const from = source(ORDINARY, { current: `${EPIC}/1.0.0`, [`${EPIC}/latest`]: '1.1.0' }, index);
    const root = await imported(from);
    const found = await reading(root);
    expect(found.releases.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0']);
    expect(found.notAdopted).toEqual([{ path: `${EPIC}/1.2.0`, why: 'holds a submodule' }]);

    const tree = await treeOf(repository, { 'package.yaml': 'doc_type_id: epic\nversion: 1.3.0\n' });
    const { commit } = await commitDraftContent(repository, {
      draft: { baseCommit: root },
      lastCommit: null,
      releasePath: `${EPIC}/1.3.0`,
      tree,
      facts: {
        package: 'epic',
        version: '1.3.0',
        baseVersion: '1.0.0',
        changeType: 'minor',
        message: 'More',
        actor: TOM,
      },
      occurredAt: NOW,
      serviceIdentity: SERVICE,
    });
    expect(git(gitdir, ['diff-tree', '-r', '--name-status', root, commit])).toBe(`A\t${EPIC}/1.3.0/package.yaml`);

    const log = openTemporaryLog(next('.db'));
    const adoption = adopted(root);
    if (adoption.type !== 'Adopted') throw new TypeError(adoption.type);
    await log.append(REPOSITORY_STREAM, { ...adoption, data: { ...adoption.data, layout: found.layout } });
    await log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    const run = publish(repository, log.store);
    await run.caughtUp();
    await run.stop();
    await log.store.close();
    expect(git(gitdir, ['diff-tree', '-r', '--name-status', root, MAIN_REF])).toBe('M\t_active/active_releases.json');
    expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
  });

  gitTest('keeps links and submodules in the way of a release, and the commit is refused', async () => {
    const root = await imported(source({ a: '1' }, { document_types: 'a' }, [`160000 ${NOWHERE}\tmodule`]));
    const { objects } = repository;
    const { tree } = await objects.readCommit(root);
    const entry = { mode: '100644', oid: await objects.writeBlob(Buffer.from('x')) } as const;
    for (const path of [`${EPIC}/1.0.0`, 'document_types', 'module/x', 'module']) {
      await expect(withEntry(objects, tree, path, entry)).rejects.toThrow(UnsupportedTreeEntry);
    }
    const refused = commitDraftContent(repository, {
      draft: { baseCommit: root },
      lastCommit: null,
      releasePath: `${EPIC}/1.0.0`,
      tree: await treeOf(repository, { f: '1' }),
      facts: { package: 'epic', version: '1.0.0', baseVersion: null, changeType: 'major', message: 'New', actor: TOM },
      occurredAt: NOW,
      serviceIdentity: SERVICE,
    });
    await expect(refused).rejects.toThrow(/^draft.*document_types is a symbolic link/);
    expect((await reading(root)).notAdopted).toEqual([{ path: 'document_types', why: 'is a symbolic link' }]);
  });

  gitTest('has its content refused where it would be part of a release', async () => {
    const root = await imported(source({ 'd/f': '1' }, { 'd/link': 'f' }, [`160000 ${NOWHERE}\tm/module`]));
    const { objects } = repository;
    const { tree } = await objects.readCommit(root);
    expect((await listEntries(objects, tree)).map(({ path }) => path)).toEqual(['d', 'd/f', 'd/link', 'm', 'm/module']);
    await expect(listFiles(objects, tree)).rejects.toThrow('d/link is a symbolic link: only files');
    await expect(readArtifact(objects, tree, 'm/module')).rejects.toThrow('m/module is a submodule: only files');
    await expect(readFileAt(objects, tree, 'd')).rejects.toThrow('d is a directory: a file is needed there.');
    await expect(readFileAt(objects, tree, 'd/f/x')).rejects.toThrow('d/f is a file: a directory is needed there.');
    const drafts = createDrafts({ repository });
    await drafts.start({
      id: 'fix',
      package: 'epic',
      baseVersion: null,
      baseCommit: root,
      baseTree: null,
      actor: TOM,
      now: NOW,
    });
    const save = { draft: 'fix', lastCommit: null, actor: TOM, now: NOW, changes: [{ path: 'f', content: '1' }] };
    await expect(drafts.save({ ...save, expectedHead: root })).rejects.toMatchObject({ code: 'DRAFT_CONFLICT' });
  });
});

describe('a pointer that cannot be written is refused before anything is adopted', () => {
  gitTest('a directory or a link at its path, and a link on its way', async () => {
    const pointer = '_active/active_releases.json';
    for (const [files, links, message] of [
      [{ [`${pointer}/f`]: '1' }, {}, `${pointer} is a directory: a file is needed there.`],
      [{ f: '{}' }, { [pointer]: '../f' }, `${pointer} is a symbolic link: a file is needed there.`],
      [
        { 'd/active_releases.json': '{}' },
        { _active: 'd' },
        '_active is a symbolic link: a directory is needed there.',
      ],
      [{ _active: '1' }, {}, '_active is a file: a directory is needed there.'],
    ] as const) {
      const commit = await imported(source(files, links));
      await expect(reading(commit)).rejects.toThrow(UnsupportedTreeEntry);
      await expect(reading(commit)).rejects.toThrow(message);
    }
  });

  gitTest('a name beside it that differs in case only', async () => {
    const commit = await imported(source({ '_Active/f': '1' }, {}));
    await expect(reading(commit)).rejects.toThrow(UnsafeTreeEntry);
    await expect(reading(commit)).rejects.toThrow('differs in case only');
  });
});

describe('changing several paths of a tree at once', () => {
  test('gives the tree that their sum is', async () => {
    const { objects } = repository;
    const blob = async (text: string) => ({ mode: '100644' as const, oid: await objects.writeBlob(Buffer.from(text)) });
    const tree = await treeOf(repository, { a: '1', 'b/c': '2', 'b/d': '3', 'e/f/g': '4' });
    const changes = new Map([
      ['a', null],
      ['a/x', await blob('5')],
      ['b', await blob('6')],
      ['b/c', null],
      ['b/d', null],
      ['e/f/g', null],
      ['nothing/here', null],
      ['new/y', await blob('7')],
    ]);
    const after = await treeOf(repository, { 'a/x': '5', b: '6', 'new/y': '7' });
    expect(await withEntries(objects, tree, changes)).toBe(after);
    expect(await withEntries(objects, tree, new Map())).toBe(tree);
  });
});
