import { type DomainEvent, REPOSITORY_STREAM } from '../../domain';
import { adoptionEventId, type EventLog, type EventStore } from '../../eventstore';
import { type GitObjects, type GitRepository, MAIN_REF, type RepositoryHistory, walkHistory } from '../../git';
import { type ValidationEngine } from '../../validation';
import { type Clock, type Ids } from '../ports';
import { AlreadyAdopted } from './already-adopted';
import { type Adoption, adoptionDigest, MissingEvents } from './missing-events';
import { NothingToAdopt } from './nothing-to-adopt';
import { planAdoption } from './plan-adoption';
import { planFindings } from './plan-findings';
import { readSource, type SourceReading } from './read-source';

/** Who commits on `main`: written in every commit of ours, stored with the adoption. */
export const SERVICE_IDENTITY = { name: 'Slipway', email: 'service@slipway.invalid' } as const;

/** Form of the commits on `main` that a new adoption begins with. */
export const COMMIT_FORM = 1;

const APPENDS_AT_ONCE = 64;

/** What was adopted: the source as it stands, and its history where that was adopted too. */
export interface AdoptedSource extends SourceReading {
  readonly history: RepositoryHistory | null;
}

/**
 * Makes a commit the starting point: its releases and its pointer as events, `main` at it, and last `Adopted`, which
 * seals it. With history the events say who did it and when, the pointer's as many as it had moves, and what is irregular
 * is on record before the seal. Run again after an interruption it appends only what is missing.
 *
 * @param given a layout for a repository that does not say its own; undefined detects it.
 * @throws AlreadyAdopted; NothingToAdopt, LayoutUndecidable and the other errors of reading the source, before anything is written.
 */
export async function adoptRepository(
  dependencies: {
    readonly store: EventStore;
    readonly repository: GitRepository;
    /** Reads the repository's objects quicker than it does itself; nothing of what is written to it is needed later. */
    readonly reading?: GitObjects;
    readonly validation: ValidationEngine;
    readonly clock: Clock;
    readonly ids: Ids;
  },
  input: {
    readonly commit: string;
    readonly given?: unknown;
    /** True for a repository that may be empty yet. */
    readonly mayBeEmpty: boolean;
    /** True to adopt the first-parent history that led to the commit. */
    readonly withHistory: boolean;
  },
): Promise<AdoptedSource> {
  const { repository, reading: objects = repository.objects, validation } = dependencies;
  const { commit, withHistory } = input;
  const adoption: Adoption = { commit, withHistory, correlationId: dependencies.ids.uuid() };
  await requireUnsealed(dependencies, adoption);
  const source = await readSource({ objects, validation }, commit, input.given);
  if (source.releases.length === 0 && !input.mayBeEmpty) throw new NothingToAdopt(source);
  const history = withHistory ? await walkHistory(objects, commit, source.layout) : null;
  await placeMain(repository, commit);

  const missing = new MissingEvents(dependencies, adoption);
  for (const round of planAdoption(source, history)) {
    const streams = [...round];
    for (let from = 0; from < streams.length; from += APPENDS_AT_ONCE) {
      const part = streams.slice(from, from + APPENDS_AT_ONCE);
      await Promise.all(part.map(([stream, events]) => missing.append(stream, events)));
    }
  }
  const adopted: DomainEvent = {
    type: 'Adopted',
    data: {
      commit,
      layout: source.layout,
      serviceIdentity: SERVICE_IDENTITY,
      commitForm: COMMIT_FORM,
      previousEventId: null,
    },
  };
  const findings = history === null ? [] : planFindings(history);
  await missing.append(REPOSITORY_STREAM, [...findings, adopted]);
  return { ...source, history };
}

/** The commit that the log was begun with, once its adoption is sealed and commands may be decided; null before. */
export async function adoptedCommit(log: Pick<EventLog, 'readStream'>): Promise<string | null> {
  // What is said of a history comes before the seal.
  for await (const event of log.readStream(REPOSITORY_STREAM, { latest: true }))
    if (event.type === 'Adopted') return event.data.commit;
  return null;
}

/** An interrupted adoption may go on, with the commit and in the way it began. */
async function requireUnsealed(
  { store, repository }: { readonly store: EventStore; readonly repository: GitRepository },
  adoption: Adoption,
): Promise<void> {
  if ((await adoptedCommit(store)) !== null)
    throw new AlreadyAdopted('This data directory has a log already. Use a new one.');
  for await (const { stream, revision, metadata } of store.readAll()) {
    if (metadata.eventId !== adoptionEventId(adoption.commit, stream, revision)) {
      // `main` is placed before the first event.
      const began = (await repository.refs.read(MAIN_REF)) ?? 'another repository';
      throw new AlreadyAdopted(
        `An import of commit ${began} was interrupted here. Finish it with that commit, or use a new data directory.`,
      );
    }
    if (metadata.commandDigest !== adoptionDigest(adoption)) {
      const how = adoption.withHistory ? 'without' : 'with';
      throw new AlreadyAdopted(
        `An import ${how} --history was interrupted here. Finish it ${how} --history, or use a new data directory.`,
      );
    }
    return;
  }
}

/** `main` at the adopted commit. A history that stands there without a log is not ours to move. */
async function placeMain({ refs }: GitRepository, commit: string): Promise<void> {
  const tip = await refs.read(MAIN_REF);
  if (tip === commit) return;
  if (tip !== null) {
    throw new AlreadyAdopted(
      `The repository here is at ${tip} on main, but its log is missing. Restore events.db, or use a new data directory.`,
    );
  }
  await refs.compareAndSet(MAIN_REF, null, commit);
}
