import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { writeObject } from 'isomorphic-git';
import { ObjectMissing } from '../errors';
import { type ObjectId } from '../git-repository';
import { objectHeader, type ObjectType } from '../object-form/object-bytes';
import { type DurableFs, hasCode, syncDirectory } from './durable-fs';

const compress = promisify(deflate);
const decompress = promisify(inflate);

/**
 * Writes an object and reads it back from disk. An existing file counts only when its bytes are right: a truncated one is
 * replaced, where Git and isomorphic-git would take it for written.
 *
 * @throws ObjectMissing when the object cannot be read back.
 */
export async function writeLooseObject({
  fs,
  gitdir,
  type,
  content,
}: {
  readonly fs: DurableFs;
  readonly gitdir: string;
  readonly type: ObjectType;
  readonly content: Uint8Array;
}): Promise<ObjectId> {
  const wrapped = Buffer.concat([objectHeader(type, content.length), content]);
  const oid = sha1(wrapped);
  const path = join(gitdir, 'objects', oid.slice(0, 2), oid.slice(2));
  switch (await stateOf(path, oid)) {
    case 'intact':
      await keepFresh(path);
      return oid;
    case 'damaged':
      // One rename: no reader finds the object gone in between.
      await fs.promises.writeFile(path, await compress(wrapped));
      break;
    case 'missing':
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the calls by type build the bytes themselves; ids are promised for ours.
      await writeObject({ fs, gitdir, type, object: await compress(wrapped), format: 'deflated', oid });
  }
  if ((await stateOf(path, oid)) !== 'intact') throw new ObjectMissing(oid);
  return oid;
}

async function stateOf(path: string, oid: ObjectId): Promise<'intact' | 'damaged' | 'missing'> {
  let deflated: Buffer;
  try {
    deflated = await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'missing';
    throw error;
  }
  const wrapped = await decompress(deflated).catch(() => null);
  return wrapped !== null && sha1(wrapped) === oid ? 'intact' : 'damaged';
}

/** Another program may have written the file without fsync, and `git gc` removes unreachable objects by age. */
async function keepFresh(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const now = new Date();
    await file.utimes(now, now);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncDirectory(dirname(path));
}

function sha1(bytes: Uint8Array): ObjectId {
  return createHash('sha1').update(bytes).digest('hex');
}
