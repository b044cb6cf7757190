import { mkdirSync } from 'node:fs';
import { type TreeEntry } from '../../../src/git';
import { MemoryObjects } from '../../../src/git/memory/memory-objects';
import { git, gitTest, scratch } from '../real-git';

const { next } = scratch();
const BLOB = 'a'.repeat(40);

gitTest('a foreign tree has the id that git gives it, and is read as it was written', async () => {
  const gitdir = next();
  mkdirSync(gitdir);
  git(gitdir, ['init', '--quiet', '--bare']);
  const objects = new MemoryObjects();
  const entries: readonly TreeEntry[] = [
    { name: 'README', mode: '100644', oid: BLOB },
    { name: 'a\nb', mode: '100755', oid: BLOB },
    { name: 'caf\udce9', mode: '100644', oid: BLOB },
    { name: 'link', mode: '120000', oid: BLOB },
    { name: 'module', mode: '160000', oid: BLOB },
    { name: 'readme', mode: '100644', oid: BLOB },
    { name: '💯', mode: '100644', oid: BLOB },
  ];
  const bytes = entries.map(({ name, mode, oid }) => {
    const written = name === 'caf\udce9' ? Buffer.from('caf\xe9', 'latin1') : Buffer.from(name);
    return Buffer.concat([Buffer.from(`${mode} `), written, Buffer.of(0), Buffer.from(oid, 'hex')]);
  });
  const tree = objects.writeForeignTree([...entries].reverse());
  expect(tree).toBe(git(gitdir, ['hash-object', '-t', 'tree', '--literally', '--stdin'], Buffer.concat(bytes)));
  expect(await objects.readTree(tree)).toEqual(entries);

  const changed = await objects.changeTree(tree, new Map([['new', { mode: '100644', oid: BLOB }]]));
  expect(await objects.changeTree(changed, new Map([['new', null]]))).toBe(tree);
});

test('a blob that is referred to is read when it is asked for, every time anew', async () => {
  const objects = new MemoryObjects();
  let read = 0;
  objects.referToBlob(BLOB, () => Promise.resolve(Buffer.from(`read ${String((read += 1))}`)));
  expect(await objects.has(BLOB)).toBe(true);
  expect(read).toBe(0);
  expect(Buffer.from(await objects.readBlob(BLOB)).toString()).toBe('read 1');
  expect(Buffer.from(await objects.readBlob(BLOB)).toString()).toBe('read 2');
});

test('what was written does not change with the bytes it was written from', async () => {
  const objects = new MemoryObjects();
  const bytes = Buffer.from('before');
  const oid = await objects.writeBlob(bytes);
  bytes.write('after!');
  expect(Buffer.from(await objects.readBlob(oid)).toString()).toBe('before');
  (await objects.readBlob(oid)).fill(0);
  expect(Buffer.from(await objects.readBlob(oid)).toString()).toBe('before');
});
