import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { contentState, ReadableTrees } from '../../src/git';
import { repositoryWith, treeOf } from './fixture-repository';
import { scratch } from './real-git';

const { next } = scratch();
const releasePath = 'document_types/epic/releases/1.0.0';

test('content that main holds unchanged, or does not hold yet, is as it was locked', async () => {
  const { repository, root } = await repositoryWith(next('.git'), { [`${releasePath}/package.yaml`]: 'a' });
  const tree = await treeOf(repository, { 'package.yaml': 'a' });
  expect(await contentState(repository.objects, { tree, releasePath, mainTip: root })).toBe('ok');
  const elsewhere = 'document_types/epic/releases/1.1.0';
  expect(await contentState(repository.objects, { tree, releasePath: elsewhere, mainTip: root })).toBe('ok');
});

test('content that main holds otherwise is changed', async () => {
  const { repository, root } = await repositoryWith(next('.git'), { [`${releasePath}/package.yaml`]: 'a' });
  const tree = await treeOf(repository, { 'package.yaml': 'b' });
  expect(await contentState(repository.objects, { tree, releasePath, mainTip: root })).toBe('changed');
});

test('content of which one file is lost is missing', async () => {
  const gitdir = next('.git');
  const { repository, root } = await repositoryWith(gitdir, {});
  const tree = await treeOf(repository, { 'package.yaml': 'a', 'deep/prompt.md': 'b' });
  const lost = await repository.objects.writeBlob(Buffer.from('b'));
  rmSync(join(gitdir, 'objects', lost.slice(0, 2), lost.slice(2)));
  expect(await contentState(repository.objects, { tree, releasePath, mainTip: root })).toBe('missing');
  const nowhere = { tree: 'f'.repeat(40), releasePath, mainTip: root };
  expect(await contentState(repository.objects, nowhere)).toBe('missing');
});

test('content that was read whole is not read again for whoever trusts that, and is for everybody else', async () => {
  const gitdir = next('.git');
  const { repository, root } = await repositoryWith(gitdir, {});
  const tree = await treeOf(repository, { 'package.yaml': 'a' });
  const locked = { tree, releasePath, mainTip: root };
  const readable = new ReadableTrees();
  const state = (trust: boolean) => contentState(repository.objects, locked, { readable, trust });
  expect(await state(true)).toBe('ok');
  const lost = await repository.objects.writeBlob(Buffer.from('a'));
  rmSync(join(gitdir, 'objects', lost.slice(0, 2), lost.slice(2)));
  expect(await state(true)).toBe('ok');
  expect(await state(false)).toBe('missing');
  expect(await state(true)).toBe('missing'); // what somebody has missed is trusted no longer
});

test('the trees longest unused are forgotten first', () => {
  const readable = new ReadableTrees(2);
  for (const tree of ['a', 'b']) readable.note(tree);
  expect(readable.has('a')).toBe(true);
  readable.note('c');
  expect(['a', 'b', 'c'].map((tree) => readable.has(tree))).toEqual([true, false, true]);
});
