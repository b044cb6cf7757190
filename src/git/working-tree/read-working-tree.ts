import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { inOneLine } from '../../domain';
import { type GitObjects, type ObjectId, type TreeEntry, type TreeItem } from '../git-repository';
import { MemoryObjects } from '../memory/memory-objects';
import { objectHeader } from '../object-form/object-bytes';
import { decodeName } from '../object-form/tree-form';
import { WorkingTreeUnreadable } from '../working-tree.errors';

/** Directories that are no content, wherever they stand. */
const PASSED_OVER = ['.git', 'node_modules'];

/** The content of a larger file is read again where it is asked for, instead of being kept: in bytes. */
const LARGEST_KEPT = 1 << 20;

const NOBODY = { name: 'Slipway', email: 'service@slipway.invalid', seconds: 0 };
const NO_COMMIT = '0'.repeat(40);

/**
 * The content of a directory as a commit of objects in memory, with the ids that Git would give it. Nothing is written to
 * the disk. Links are named and never followed; a repository inside the directory is a submodule and never entered; what
 * is neither file nor directory (a socket, a device) is passed over, as by Git.
 *
 * @param ignored paths relative to the root, without a trailing slash, that are left out with all that is below them.
 * @throws WorkingTreeUnreadable
 */
export async function readWorkingTree(
  root: string,
  ignored: ReadonlySet<string>,
): Promise<{ readonly objects: GitObjects; readonly commit: ObjectId }> {
  const objects = new MemoryObjects();
  const tree = (await readDirectory({ objects, ignored }, Buffer.from(root), '')) ?? (await objects.writeTree([]));
  const signed = { author: NOBODY, committer: NOBODY, message: 'Working tree\n' };
  return { objects, commit: await objects.writeCommit({ tree, parents: [], ...signed }) };
}

interface TreeReading {
  readonly objects: MemoryObjects;
  readonly ignored: ReadonlySet<string>;
}

/** Null: it holds nothing that Git keeps. */
async function readDirectory(reading: TreeReading, directory: Buffer, prefix: string): Promise<ObjectId | null> {
  const entries: TreeEntry[] = [];
  for (const found of await listed(directory)) {
    const name = decodeName(found.name);
    if (PASSED_OVER.includes(name) || reading.ignored.has(prefix + name)) continue;
    const item = await readItem(reading, found, inside(directory, found.name), prefix + name);
    if (item !== null) entries.push({ name, ...item });
  }
  return entries.length === 0 ? null : reading.objects.writeForeignTree(entries);
}

/** Paths are bytes: the name of a file need not be text. */
async function readItem(
  reading: TreeReading,
  found: Dirent<Buffer>,
  path: Buffer,
  shown: string,
): Promise<TreeItem | null> {
  const { objects } = reading;
  if (found.isSymbolicLink()) {
    const target = await readable(path, () => readlink(path, { encoding: 'buffer' }));
    return { mode: '120000', oid: await objects.writeBlob(target) };
  }
  if (found.isFile()) return readFileItem(objects, path);
  if (!found.isDirectory()) return null;
  if ((await listed(path)).some(({ name }) => name.toString() === '.git')) return { mode: '160000', oid: NO_COMMIT };
  const oid = await readDirectory(reading, path, `${shown}/`);
  return oid === null ? null : { mode: '040000', oid };
}

async function readFileItem(objects: MemoryObjects, path: Buffer): Promise<TreeItem> {
  const { mode, size } = await readable(path, () => stat(path));
  const read = (): Promise<Buffer> => readable(path, () => readFile(path));
  const isLarge = size > LARGEST_KEPT;
  const oid = isLarge ? await readable(path, () => idOfFile(path, size)) : await objects.writeBlob(await read());
  if (isLarge) objects.referToBlob(oid, read);
  return { mode: (mode & 0o100) === 0 ? '100644' : '100755', oid };
}

async function idOfFile(path: Buffer, size: number): Promise<ObjectId> {
  const hash = createHash('sha1').update(objectHeader('blob', size));
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // no encoding was asked for
  return hash.digest('hex');
}

async function listed(directory: Buffer): Promise<readonly Dirent<Buffer>[]> {
  return readable(directory, () => readdir(directory, { withFileTypes: true, encoding: 'buffer' }));
}

function inside(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), name]);
}

async function readable<T>(path: Buffer, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new WorkingTreeUnreadable(`${inOneLine(path.toString())} cannot be read.`, { cause: error });
  }
}
