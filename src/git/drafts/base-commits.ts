import { ObjectMissing } from '../errors';
import { type GitReading, type ObjectId } from '../git-repository';
import { DraftUnreadable } from './draft';
import { readWipCommit } from './wip-commit';

/** How many heads of drafts are remembered with their base commits. */
const REMEMBERED = 10_000;

/** Asks for the commit at which a draft began, by the draft's head; null where the head does not tell. */
export type BaseCommitOf = (draft: string, head: ObjectId) => Promise<ObjectId | null>;

/** Reads base commits, each once. */
export function rememberBaseCommits(objects: Pick<GitReading['objects'], 'readCommit'>): BaseCommitOf {
  const bases = new Map<ObjectId, ObjectId | null>();
  return async (draft, head) => {
    const known = bases.get(head);
    if (known !== undefined) return known;
    const base = await readWipCommit(objects, draft, head).then(
      ({ baseCommit }) => baseCommit,
      (error: unknown) => {
        if (error instanceof DraftUnreadable || error instanceof ObjectMissing) return null;
        throw error;
      },
    );
    if (bases.size >= REMEMBERED) bases.clear();
    bases.set(head, base);
    return base;
  };
}
