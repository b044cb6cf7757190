import {
  type Adopted,
  ConcurrentChange,
  type DomainEvent,
  DriftNotResolvable,
  type DriftResolved,
  REPOSITORY_STREAM,
  Unavailable,
} from '../../domain';
import {
  ContentAwaited,
  type GitRepository,
  type Ground,
  groundInForce,
  lastOwnCommit,
  LayoutInvalid,
  MAIN_REF,
  ObjectMissing,
  type OwnCommit,
  PointerFileUnreadable,
  RefConflict,
  type RefDrift,
  UnsafeTreeEntry,
  UnsupportedTreeEntry,
} from '../../git';
import { type ValidationEngine } from '../../validation';
import { adoptionOf } from '../adoption/plan-adoption';
import { LayoutFileUnreadable, PolicyUnreadable, readSource, type SourceReading } from '../adoption/read-source';
import { type ShareContent } from '../ports';
import { appendDecided, type Resolver } from './append-decided';
import { type HealDependencies } from './heal-drift';
import { type AdoptionAgain, planAdoptionAgain } from './plan-adoption-again';
import { type PromotedContent, readPromotedContent } from './promoted-content';

const MAX_TRIES = 5;

export interface AdoptDependencies extends HealDependencies {
  readonly validation: ValidationEngine;
  readonly shareContent: ShareContent;
}

/** A drift of `main` with the commit that was found there. */
type ForeignTip = RefDrift & { readonly found: string };

/**
 * Makes the foreign commits on `main` part of the history: events for what they changed, then a new `Adopted`, which seals it. Publishing
 * must stand still. Run again after an interruption it appends only what is missing.
 *
 * @throws DriftNotResolvable before anything is written when the commits break the content lock or cannot be read as a
 *   configuration; ConcurrentChange when the log never stood still; Unavailable while content is on its way from another node.
 */
export async function adoptDrift(
  dependencies: AdoptDependencies,
  drift: ForeignTip,
  { by, reason }: { readonly by: Resolver; readonly reason: string | null },
): Promise<void> {
  const { store, repository } = dependencies;
  const ground = await groundInForce(repository, store);
  if (ground === null) throw refused(drift, ['Nothing is adopted yet.']);
  if (!(await repository.objects.has(drift.found))) {
    throw refused(drift, [`The commit ${drift.found} is not in the repository of this node. Fetch it first.`]);
  }
  const base = await requireBase(drift, ground);
  const published = base.event?.position ?? ground.after;
  const source = await readForeign(dependencies, drift, ground.adoption.data);
  await dependencies.shareContent(drift.found);

  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const log = await readPromotedContent(store, published);
    const plan = planAdoptionAgain(source, log);
    if (plan.refusals.length > 0) throw refused(drift, [...plan.refusals, 'Quarantine the commits instead.']);
    await takeMain(repository, drift);
    if (!(await appendWhatChanged(dependencies, { drift, plan, log, by }))) continue;
    const sealing: readonly DomainEvent[] = [
      { type: 'DriftResolved', data: resolution(drift, reason) },
      { type: 'Adopted', data: adoptedAgain(source, ground.adoption.data, base) },
    ];
    const command = { remedy: 'adopt', commit: drift.found, reason };
    const stream = REPOSITORY_STREAM;
    const seal = { stream, seen: log.position, events: sealing, by, adopting: drift.found, command };
    if (!(await appendDecided(dependencies, seal))) continue;
    await dependencies.step('appended');
    return;
  }
  throw new ConcurrentChange(REPOSITORY_STREAM);
}

/** The last commit of ours below the foreign ones. Ours must all be there, each the first parent of the next. */
async function requireBase(drift: ForeignTip, ground: Ground): Promise<OwnCommit> {
  const base = await lastOwnCommit(drift.found, ground);
  if (base === null) {
    throw refused(drift, [
      `The first parents of ${drift.found} do not lead to a commit that the log has made: the history was rewritten, or merged the ` +
        'wrong way round. Quarantine the commits, and commit their content on top of main.',
    ]);
  }
  if (drift.place === 'local' && base.commit !== drift.expected) {
    throw refused(drift, [
      `The first parents of ${drift.found} lead past ${drift.expected}, which was published: a merge on main must have main as its first ` +
        'parent. Quarantine the commits, and merge them the other way round.',
    ]);
  }
  return base;
}

async function readForeign(
  dependencies: AdoptDependencies,
  drift: ForeignTip,
  inForce: Adopted['data'],
): Promise<SourceReading> {
  const { repository, validation } = dependencies;
  try {
    return await readSource({ objects: repository.objects, validation }, drift.found, inForce.layout);
  } catch (error) {
    if (error instanceof ContentAwaited) throw new Unavailable(`${error.message} Try again.`, {}, { cause: error });
    if (!(error instanceof Error) || !UNREADABLE.some((kind) => error instanceof kind)) throw error;
    const advice = 'Correct it with another commit on top and adopt that, or quarantine.';
    throw refused(drift, [error.message, advice], error);
  }
}

const UNREADABLE = [
  LayoutFileUnreadable,
  LayoutInvalid,
  ObjectMissing,
  PointerFileUnreadable,
  PolicyUnreadable,
  UnsafeTreeEntry,
  UnsupportedTreeEntry,
];

/** `main` at the foreign tip, where that was found on the remote: what waits is rendered on top of it. */
async function takeMain({ refs }: GitRepository, drift: ForeignTip): Promise<void> {
  if (drift.place === 'local' || (await refs.read(MAIN_REF)) === drift.found) return;
  try {
    await refs.compareAndSet(MAIN_REF, drift.expected, drift.found);
  } catch (error) {
    if (!(error instanceof RefConflict)) throw error;
    throw refused(drift, ['main of this node has drifted too. Resolve that first.'], error);
  }
}

/** Releases before the pointer that names them. @returns false when somebody else changed what this is about. */
async function appendWhatChanged(
  dependencies: AdoptDependencies,
  { drift, plan, log, by }: { drift: ForeignTip; plan: AdoptionAgain; log: PromotedContent; by: Resolver },
): Promise<boolean> {
  const commit = drift.found;
  for (const [stream, events] of adoptionOf(commit, plan).flatMap((round) => [...round])) {
    const decided = { stream, seen: log.position, events, by, adopting: commit, command: { adopt: commit } };
    if (!(await appendDecided(dependencies, decided))) return false;
    await dependencies.step('appended');
  }
  return true;
}

function adoptedAgain(source: SourceReading, inForce: Adopted['data'], base: OwnCommit): Adopted['data'] {
  const { serviceIdentity, commitForm, previousEventId } = inForce;
  return {
    commit: source.commit,
    layout: source.layout,
    serviceIdentity,
    commitForm,
    previousEventId: base.event?.metadata.eventId ?? previousEventId,
  };
}

function resolution({ place, ref, expected, found }: ForeignTip, reason: string | null): DriftResolved['data'] {
  return { remedy: 'adopt', place, ref, expected, found, branch: null, reason };
}

function refused(drift: ForeignTip, reasons: readonly string[], cause?: Error): DriftNotResolvable {
  const { place, ref } = drift;
  return new DriftNotResolvable({ remedy: 'adopt', place, ref }, reasons, cause === undefined ? undefined : { cause });
}
