import { inOneLine } from '../../domain';
import { unlessMissing } from '../errors';
import { type CommitObject, type GitReading, type ObjectId } from '../git-repository';
import { type HistoryCommit } from './repository-history';

const MAX_NAME = 200;
const MAX_SUBJECT = 500;
/** Instants keep their four-digit year, so that their texts sort as they do. */
const LAST_SECOND = 253_402_300_799;

/** A commit with the tree it holds. */
export interface TreeOfCommit {
  readonly commit: HistoryCommit;
  readonly tree: ObjectId;
}

/** The first-parent line that leads to a commit. */
export interface FirstParents {
  /** Oldest first. */
  readonly commits: readonly TreeOfCommit[];
  /** Parent of the oldest that is not in this repository, as in a shallow clone; null when the line is whole. */
  readonly missing: ObjectId | null;
}

/** Follows first parents from a commit to the beginning. @throws ObjectMissing when the commit itself cannot be read. */
export async function firstParents(
  objects: Pick<GitReading['objects'], 'readCommit'>,
  tip: ObjectId,
): Promise<FirstParents> {
  const line: Omit<HistoryCommit, 'index' | 'inForceFrom'>[] = [];
  const trees: ObjectId[] = [];
  let missing: ObjectId | null = null;
  for (let id: ObjectId | undefined = tip; id !== undefined;) {
    const read: CommitObject | null =
      line.length === 0 ? await objects.readCommit(id) : await unlessMissing(objects.readCommit(id));
    if (read === null) {
      missing = id;
      break;
    }
    line.push(shown(id, read));
    trees.push(read.tree);
    [id] = read.parents;
  }
  let inForceFrom = '';
  const commits = line.reverse().map((commit, index) => {
    if (commit.committedAt > inForceFrom) inForceFrom = commit.committedAt;
    return { commit: { ...commit, index, inForceFrom }, tree: trees[trees.length - 1 - index] ?? '' };
  });
  return { commits, missing };
}

function shown(
  id: ObjectId,
  { author, committer, message }: CommitObject,
): Omit<HistoryCommit, 'index' | 'inForceFrom'> {
  const [subject = ''] = message.trimStart().split('\n', 1);
  return {
    id,
    author: { name: cut(author.name, MAX_NAME), email: cut(author.email, MAX_NAME) },
    authoredAt: instant(author.seconds),
    committedAt: instant(committer.seconds),
    subject: cut(subject, MAX_SUBJECT),
  };
}

/** A foreign text as one safe line of a length in UTF-16 code units. */
export function cut(text: string, length: number): string {
  // Spelling characters out only lengthens: what lies behind would be cut anyway.
  const line = inOneLine(text.slice(0, length).trim());
  if (line.length <= length && text.length <= length) return line;
  return `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function instant(seconds: number): string {
  return new Date(Math.min(Math.max(seconds, 0), LAST_SECOND) * 1000).toISOString();
}
