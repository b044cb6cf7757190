import { type Actor, type DomainEvent, type EventEnvelope, POINTER_STREAM, REPOSITORY_STREAM } from '../../domain';
import {
  adoptionEventId,
  digestOf,
  EMPTY_STREAM,
  type EventStore,
  headAfter,
  sealEvents,
  type StreamHead,
} from '../../eventstore';
import { type GitRepository, MAIN_REF } from '../../git';
import { type ValidationEngine } from '../../validation';
import { type Clock, type Ids } from '../ports';
import { NothingToAdopt } from './nothing-to-adopt';
import { planAdoption } from './plan-adoption';
import { readSource, type SourceReading } from './read-source';

/** Who commits on `main`: written in every commit of ours, stored with the adoption. */
export const SERVICE_IDENTITY = { name: 'Slipway', email: 'service@slipway.invalid' } as const;

/** Form of the commits on `main` that a new adoption begins with. */
export const COMMIT_FORM = 1;

/** The actor of what the service does by itself. */
export const SERVICE_ACTOR: Actor = { id: 'slipway', name: 'Slipway' };

const APPENDS_AT_ONCE = 64;

/** The log holds an adoption already, finished or of another commit. */
export class AlreadyAdopted extends Error {
  override readonly name = 'AlreadyAdopted';
}

/**
 * Makes a commit the starting point: its releases and its pointer as events, `main` at it, and last `Adopted`, which
 * seals it. Run again after an interruption it appends only what is missing.
 *
 * @param given a layout for a repository that does not say its own; undefined detects it.
 * @throws AlreadyAdopted; NothingToAdopt, LayoutUndecidable and the other errors of reading the source, before anything is written.
 */
export async function adoptRepository(
  dependencies: {
    readonly store: EventStore;
    readonly repository: GitRepository;
    readonly validation: ValidationEngine;
    readonly clock: Clock;
    readonly ids: Ids;
  },
  input: {
    readonly commit: string;
    readonly given?: unknown;
    /** True for a repository that may be empty yet. */
    readonly mayBeEmpty: boolean;
  },
): Promise<SourceReading> {
  const { store, repository, validation } = dependencies;
  await requireUnsealed(store, input.commit);
  const source = await readSource({ objects: repository.objects, validation }, input.commit, input.given);
  if (source.releases.length === 0 && !input.mayBeEmpty) throw new NothingToAdopt(source);
  await placeMain(repository, source.commit);

  const adoption = { commit: source.commit, correlationId: dependencies.ids.uuid() };
  // The pointer after the releases it names: what follows the log never meets a release it has not heard of.
  const { [POINTER_STREAM]: pointer = [], ...packages } = Object.fromEntries(planAdoption(source));
  const streams = Object.entries(packages);
  for (let from = 0; from < streams.length; from += APPENDS_AT_ONCE) {
    const part = streams.slice(from, from + APPENDS_AT_ONCE);
    await Promise.all(part.map(([stream, events]) => appendMissing(dependencies, adoption, stream, events)));
  }
  await appendMissing(dependencies, adoption, POINTER_STREAM, pointer);
  const adopted: DomainEvent = {
    type: 'Adopted',
    data: {
      commit: source.commit,
      layout: source.layout,
      serviceIdentity: SERVICE_IDENTITY,
      commitForm: COMMIT_FORM,
      previousEventId: null,
    },
  };
  await appendMissing(dependencies, adoption, REPOSITORY_STREAM, [adopted]);
  return source;
}

/** True when the log holds a sealed adoption: commands may be decided. */
export async function isAdopted(store: EventStore): Promise<boolean> {
  for await (const _event of store.readStream(REPOSITORY_STREAM, { limit: 1 })) return true;
  return false;
}

/** An interrupted adoption may go on, with the commit it began with. */
async function requireUnsealed(store: EventStore, commit: string): Promise<void> {
  if (await isAdopted(store)) throw new AlreadyAdopted('This data directory has a log already. Use a new one.');
  for await (const event of store.readAll()) {
    if ('commit' in event.data && event.data.commit !== commit) {
      throw new AlreadyAdopted(
        `An import of commit ${event.data.commit} was interrupted here. Finish it with that commit, or use a new data directory.`,
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

async function appendMissing(
  { store, clock, ids }: { readonly store: EventStore; readonly clock: Clock; readonly ids: Ids },
  { commit, correlationId }: { readonly commit: string; readonly correlationId: string },
  stream: string,
  events: readonly DomainEvent[],
): Promise<void> {
  const present: EventEnvelope[] = [];
  for await (const event of store.readStream(stream)) present.push(event);
  const last = present.at(-1);
  const missing = events.slice(present.length);
  if (missing.length === 0) return;
  let head: StreamHead = last === undefined ? EMPTY_STREAM : headAfter(last);
  const sealed = missing.flatMap((event) => {
    const part = sealEvents({
      stream,
      head,
      events: [event],
      context: {
        actor: SERVICE_ACTOR,
        commandId: ids.uuid(),
        commandDigest: digestOf({ adopt: commit }),
        correlationId,
        now: clock.now(),
        newEventId: () => adoptionEventId(commit, stream, head.revision + 1),
      },
    });
    head = part.map(headAfter).at(-1) ?? head;
    return part;
  });
  await store.append(stream, last === undefined ? 'no_stream' : last.revision, sealed);
}
