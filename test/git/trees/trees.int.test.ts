import fc from 'fast-check';
import {
  compareTrees,
  directoryAt,
  entryAt,
  type GitRepository,
  listArtifacts,
  listEntries,
  listFiles,
  ObjectMissing,
  readArtifact,
  readReleaseFiles,
  treeFromFiles,
  withEntry,
} from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { treeOf } from '../fixture-repository';
import { scratch } from '../real-git';

const { next } = scratch();
let repository: GitRepository;
beforeAll(async () => {
  repository = await initGitRepository({ gitdir: next('.git') });
});

const paths = async (tree: string) => (await listFiles(repository.objects, tree)).map((file) => file.path);
const file = async (text: string) => ({
  mode: '100644' as const,
  oid: await repository.objects.writeBlob(Buffer.from(text)),
});

test('an entry is found by its path, a missing one and one below a file are none', async () => {
  const { objects } = repository;
  const tree = await treeOf(repository, { 'a/b/c.txt': 'c' });
  expect(await entryAt(objects, tree, 'a/b/c.txt')).toEqual(await file('c'));
  expect(await entryAt(objects, tree, 'a/b/c.txt/d')).toBeNull();
  expect(await entryAt(objects, tree, 'a/x')).toBeNull();
  expect(await directoryAt(objects, tree, 'a/b')).toBe(await treeOf(repository, { 'c.txt': 'c' }));
  expect(await directoryAt(objects, tree, 'a/b/c.txt')).toBeNull();
});

test('setting an entry creates directories and touches nothing else', async () => {
  const tree = await treeOf(repository, { 'a/one': '1', 'b/two': '2' });
  const after = await withEntry(repository.objects, tree, 'a/deep/down', await file('x'));
  expect(after).toBe(await treeOf(repository, { 'a/one': '1', 'a/deep/down': 'x', 'b/two': '2' }));
});

test('removing an entry removes the directories it leaves empty', async () => {
  const { objects } = repository;
  const tree = await treeOf(repository, { 'a/b/c': '1', d: '2' });
  expect(await withEntry(objects, tree, 'a/b/c', null)).toBe(await treeOf(repository, { d: '2' }));
  expect(await withEntry(objects, tree, 'a', null)).toBe(await treeOf(repository, { d: '2' }));
  expect(await withEntry(objects, tree, 'd/x', null)).toBe(tree);
  expect(await withEntry(objects, tree, 'x/y', null)).toBe(tree);
  expect(await withEntry(objects, await treeOf(repository, { d: '2' }), 'd', null)).toBe(await treeOf(repository, {}));
});

test('a file gives way to a directory that is set below it', async () => {
  const tree = await treeOf(repository, { a: '1' });
  expect(await withEntry(repository.objects, tree, 'a/b', await file('2'))).toBe(
    await treeOf(repository, { 'a/b': '2' }),
  );
});

test('a tree built entry by entry is the tree built at once, whatever the order', async () => {
  const { objects } = repository;
  const name = fc.constantFrom('a', 'b', 'a.b', 'a-b', 'c');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path, { maxLength: 6 }), async (candidates) => {
      const chosen = candidates.filter((one) => !candidates.some((other) => other.startsWith(`${one}/`)));
      let tree = await objects.writeTree([]);
      for (const one of chosen) tree = await withEntry(objects, tree, one, await file(one));
      const files = await listFiles(objects, tree);
      expect(files.map((entry) => entry.path).sort()).toEqual([...chosen].sort());
      expect(await treeFromFiles(objects, [...files].reverse())).toBe(tree);
    }),
    { numRuns: 25 },
  );
});

test('a listing names directories before what is in them', async () => {
  const tree = await treeOf(repository, { 'a/b/c': '1', d: '2' });
  expect((await listEntries(repository.objects, tree)).map((entry) => entry.path)).toEqual(['a', 'a/b', 'a/b/c', 'd']);
  expect(await paths(tree)).toEqual(['a/b/c', 'd']);
});

test('two trees differ in the files that were added, changed and removed', async () => {
  const before = await treeOf(repository, { 'a/same': '1', changed: '1', gone: '1' });
  const after = await treeOf(repository, { 'a/same': '1', changed: '2', 'new/file': '3' });
  const [one, two, three] = [await file('1'), await file('2'), await file('3')];
  expect(await compareTrees(repository.objects, before, after)).toEqual([
    { path: 'changed', before: one.oid, after: two.oid },
    { path: 'gone', before: one.oid, after: null },
    { path: 'new/file', before: null, after: three.oid },
  ]);
  expect(await compareTrees(repository.objects, before, before)).toEqual([]);
});

test('the content of a release is listed with sizes and read by path', async () => {
  const { objects } = repository;
  const tree = await treeOf(repository, { 'package.yaml': 'x: ä\n', 'a/b.md': '' });
  const { oid } = await file('x: ä\n');
  expect(await listArtifacts(objects, tree)).toEqual([
    { path: 'a/b.md', blob: (await file('')).oid, size: 0 },
    { path: 'package.yaml', blob: oid, size: 6 },
  ]);
  expect((await readReleaseFiles(objects, tree)).map(({ path }) => path)).toEqual(['a/b.md', 'package.yaml']);
  const artifact = await readArtifact(objects, tree, 'package.yaml');
  expect(artifact).toMatchObject({ blob: oid, size: 6 });
  expect(Buffer.from(artifact!.bytes).toString()).toBe('x: ä\n');
  expect(await readArtifact(objects, tree, 'a')).toBeNull();
  await expect(listArtifacts(objects, 'f'.repeat(40))).rejects.toThrow(ObjectMissing);
});
