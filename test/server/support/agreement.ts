import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecordedEvent } from '../../../src/domain';
import { type EventStore, verifyChain } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { rebuildReadModel } from '../../../src/projections';
import { git } from '../../git/real-git';
import { type StoppableServer } from './stoppable-server';

const COMMIT_MAKING = ['Staged', 'Activated', 'RolledBack', 'Deactivated'];
const POINTER = '_active/active_releases.json';
const POINTER_AND_MOVES = '{ activeReleases { pointer } activations(first: 200) { nodes { id action commit } } }';

interface PointerAndMoves {
  readonly activeReleases: { readonly pointer: Record<string, string> };
  readonly activations: { readonly nodes: readonly { id: string; action: string; commit: string | null }[] };
}

/**
 * Expects that log, read models and Git of a server that has caught up say the same, and that nothing in them is there
 * twice, torn or left over. Answers the log.
 */
export async function expectAgreement(
  server: StoppableServer,
  dataDirectory: string,
): Promise<readonly RecordedEvent[]> {
  const gitdir = join(dataDirectory, 'repository.git');
  const { events, digestKept, digestRebuilt } = await readCopy(dataDirectory);
  const ids = events.map((event) => event.metadata.eventId);
  expect(new Set(ids).size).toBe(ids.length);
  const commands = events.map((event) => `${event.stream} ${event.metadata.commandId}`);
  expect(new Set(commands).size).toBe(commands.length);
  expect(digestKept).toBe(digestRebuilt);

  const making = events.filter((event) => COMMIT_MAKING.includes(event.type));
  const published = commitsOnMain(gitdir, events);
  expect(published.map(({ eventId }) => eventId)).toEqual(making.map((event) => event.metadata.eventId));
  expect(new Set(published.map(({ commit }) => commit)).size).toBe(published.length);

  const answer = await server.run(POINTER_AND_MOVES);
  const { activeReleases, activations } = answer?.data as PointerAndMoves;
  expect(JSON.parse(git(gitdir, ['show', `main:${POINTER}`]))).toEqual(activeReleases.pointer);
  const moves = activations.nodes.filter(({ action }) => action !== 'ADOPTED');
  const commitOf = new Map(published.map(({ eventId, commit }) => [eventId, commit]));
  for (const { id, commit } of moves) expect({ id, commit }).toEqual({ id, commit: commitOf.get(id) });

  expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
  expect(emptyFiles(gitdir)).toEqual([]);
  expect(leftDrafts(gitdir, events)).toEqual([]);
  return events;
}

/** The whole log of a data directory that a running server holds, each event checked against the one before. */
export async function readLog(dataDirectory: string): Promise<readonly RecordedEvent[]> {
  return onCopy(dataDirectory, ({ store }) => checkedEvents(store));
}

async function readCopy(dataDirectory: string) {
  return onCopy(dataDirectory, async ({ store, directory }) => {
    const events = await checkedEvents(store);
    const { digestBefore, digest } = await rebuildReadModel({ path: join(directory, 'read-model.db'), store });
    return { events, digestKept: digestBefore, digestRebuilt: digest };
  });
}

/** What wants the data directory for itself works on a copy. */
async function onCopy<T>(
  dataDirectory: string,
  use: (copy: { readonly store: EventStore; readonly directory: string }) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-copy-'));
  try {
    for (const name of readdirSync(dataDirectory)) {
      if (/^(events|read-model)\.db(-wal)?$/.test(name)) {
        copyFileSync(join(dataDirectory, name), join(directory, name));
      }
    }
    const store = openSqliteEventStore({ path: join(directory, 'events.db') });
    try {
      return await use({ store, directory });
    } finally {
      await store.close();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function checkedEvents(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const tips = new Map<string, RecordedEvent>();
  for await (const event of store.readAll()) {
    expect(verifyChain(tips.get(event.stream) ?? null, event)).toBeNull();
    tips.set(event.stream, event);
    events.push(event);
  }
  return events;
}

/** First-parent history after the adopted commit, oldest first. */
export function commitsOnMain(gitdir: string, events: readonly RecordedEvent[]) {
  const adopted = events.find((event) => event.type === 'Adopted');
  if (adopted?.type !== 'Adopted') throw new Error('Nothing is adopted.');
  const format = '%H %(trailers:key=Slipway-Event-Id,valueonly,separator=)';
  const log = git(gitdir, ['log', '--first-parent', '--reverse', `--format=${format}`, `${adopted.data.commit}..main`]);
  return log.split('\n').flatMap((line) => {
    const [commit, eventId] = line.split(' ');
    return commit === undefined || commit === '' ? [] : [{ commit, eventId }];
  });
}

/** Files of objects and refs that a write left empty. A temporary file is no object yet. */
export function emptyFiles(gitdir: string): readonly string[] {
  return ['objects', 'refs']
    .flatMap((part) =>
      readdirSync(join(gitdir, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name)),
    )
    .filter((name) => !/tmp_obj_|\.tmp/.test(name))
    .filter((name) => statSync(join(gitdir, name)).isFile() && statSync(join(gitdir, name)).size === 0);
}

/** Refs of drafts whose release was staged. */
function leftDrafts(gitdir: string, events: readonly RecordedEvent[]): readonly string[] {
  const staged = new Set(events.flatMap((event) => (event.type === 'Staged' ? [event.data.commit] : [])));
  const ended = events.flatMap((event) =>
    event.type === 'Committed' && staged.has(event.data.commit) ? [event.data.draft] : [],
  );
  const refs = git(gitdir, ['for-each-ref', '--format=%(refname)']).split('\n');
  return ended.flatMap((id) =>
    refs.filter((ref) => ref === `refs/heads/draft/${id}` || ref === `refs/slipway/drafts/${id}`),
  );
}
