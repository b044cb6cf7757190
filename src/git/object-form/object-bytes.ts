import { createHash, hash } from 'node:crypto';
import { ObjectMissing } from '../errors';
import { type ObjectId } from '../git-repository';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** What Git hashes and stores before the content of an object of so many bytes. */
export function objectHeader(type: ObjectType, bytes: number): Buffer {
  return Buffer.from(`${type} ${String(bytes)}\0`);
}

/** Content up to this size is copied behind its header: quicker than hashing the two apart. */
const SMALL = 1_024;

/** The id of an object with this content. */
export function objectIdOf(type: ObjectType, content: Uint8Array): ObjectId {
  const header = objectHeader(type, content.byteLength);
  if (content.byteLength <= SMALL) return hash('sha1', Buffer.concat([header, content]));
  return createHash('sha1').update(header).update(content).digest('hex');
}

/** Reads an object's bytes. @throws ObjectMissing when they are damaged. */
export function decoded<T>(oid: ObjectId, decode: (bytes: Buffer) => T, bytes: Buffer): T {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new ObjectMissing(oid, { cause: error });
    throw error;
  }
}
