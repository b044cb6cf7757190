import { type DraftAnswer } from '../../application';
import { BadUserInput } from '../../domain';
import { type Page, type PageRequest } from '../../projections';

/**
 * A page of drafts, which come as one list, newest first. A cursor names a place in that order, so that it stays good
 * when drafts around it are started or abandoned.
 *
 * @throws BadUserInput for a cursor that is none of ours.
 */
export function pageOfDrafts(drafts: readonly DraftAnswer[], { first, after }: PageRequest): Page<DraftAnswer> {
  const start = after == null ? 0 : countUntil(drafts, readCursor(after));
  const slice = drafts.slice(start, start + first);
  return {
    edges: slice.map((node) => ({ node, cursor: Buffer.from(`${node.createdAt} ${node.id}`).toString('base64url') })),
    hasNextPage: start + slice.length < drafts.length,
    hasPreviousPage: start > 0,
    totalCount: () => drafts.length,
  };
}

interface Place {
  readonly createdAt: string;
  readonly id: string;
}

function countUntil(drafts: readonly DraftAnswer[], place: Place): number {
  return drafts.filter(({ createdAt, id }) =>
    createdAt === place.createdAt ? id <= place.id : createdAt > place.createdAt,
  ).length;
}

function readCursor(cursor: string): Place {
  const parts = /^(\S+) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, createdAt, id] = parts ?? [];
  if (createdAt === undefined || id === undefined) {
    throw new BadUserInput('after', 'is not a cursor of this list. Give back a cursor as you got it.');
  }
  return { createdAt, id };
}
