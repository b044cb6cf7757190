import { type EventStore } from '../eventstore';
import { COMMIT_MAKING, type GitRepository, walkPublications } from '../git';
import { type Publications } from '../projections';

/** Events whose commits are looked up in one query. */
const LOOKED_UP_AT_ONCE = 1_000;

/**
 * Which commit each event became, read back from `main` as far as it is not known: a process can stop between the move of
 * `main` and the row. Oldest first, so that stopping here leaves no gap below a known one.
 */
export async function completePublications(
  store: EventStore,
  repository: GitRepository,
  publications: Publications,
): Promise<void> {
  const missing: { eventId: string; commit: string }[] = [];
  for await (const found of walkPublications(repository, store)) {
    if (publications.commitsOf([found.eventId])[0] === found.commit) break;
    missing.push(found);
  }
  for (const { eventId, commit } of missing.reverse()) publications.record(eventId, commit);
}

/** The commit of the newest event that became one, as far as it is written down; null for none. */
export async function lastPublication(store: EventStore, publications: Publications): Promise<string | null> {
  const ids: string[] = [];
  for await (const { metadata } of store.readAll({ types: COMMIT_MAKING })) ids.push(metadata.eventId);
  for (let to = ids.length; to > 0; to -= LOOKED_UP_AT_ONCE) {
    const commits = publications.commitsOf(ids.slice(Math.max(0, to - LOOKED_UP_AT_ONCE), to));
    const last = commits.findLast((commit) => commit !== null) ?? null;
    if (last !== null) return last;
  }
  return null;
}
