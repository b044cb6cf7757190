import { type CommitObject, type ObjectId, type TagObject } from '../git-repository';
import { encodeCommit, encodeTag } from './commit-bytes';
import { objectIdOf } from './object-bytes';

/** A commit or tag as text: what Git hashes after its header of type and length. */
export interface ObjectText {
  readonly oid: ObjectId;
  readonly text: string;
}

/** The text of a commit as this project writes it, and the id that follows from it. @throws UnsafeSignature, ObjectMissing */
export function commitText(commit: CommitObject): ObjectText {
  const bytes = encodeCommit(commit);
  return { oid: objectIdOf('commit', bytes), text: bytes.toString('utf8') };
}

/** The text of an annotated tag, as {@link commitText}. */
export function tagText(tag: TagObject): ObjectText {
  const bytes = encodeTag(tag);
  return { oid: objectIdOf('tag', bytes), text: bytes.toString('utf8') };
}

/** The id that a commit or tag with this text has. */
export function idOfText(type: 'commit' | 'tag', text: string): ObjectId {
  return objectIdOf(type, Buffer.from(text));
}
