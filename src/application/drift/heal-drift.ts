import { DriftNotResolvable, type DriftResolved, REPOSITORY_STREAM } from '../../domain';
import { type EventStore } from '../../eventstore';
import { type GitRepository, isAncestor, MAIN_REF, peeled, quarantineRef, RefConflict, type RefDrift } from '../../git';
import { type Clock, type Ids, type StepHook } from '../ports';
import { appendDecided, type Resolver } from './append-decided';
import { type ResolvedDrift } from './drift-answer';

/** Letters of a commit id in the name of the branch that a quarantine leaves. */
const SHORT_ID = 12;

/** Branch that people fetch the foreign work from. */
function quarantineBranch(commit: string): string {
  return `refs/heads/quarantine/${commit.slice(0, SHORT_ID)}`;
}

export interface HealDependencies {
  readonly store: EventStore;
  readonly repository: GitRepository;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly step: StepHook;
}

/**
 * Puts a local ref back where the log predicts it. What was found is kept, by `quarantine` also on a branch that can be fetched; then the
 * event is appended; then the ref moves. Run again after an interruption it does what is left.
 *
 * @throws DriftNotResolvable when the object that the ref has to go back to is not here, an adoption was begun, or the ref was moved again.
 */
export async function healDrift(
  dependencies: HealDependencies,
  drift: RefDrift,
  {
    by,
    reason,
    remedy,
  }: { readonly by: Resolver; readonly reason: string | null; readonly remedy: 'heal' | 'quarantine' },
): Promise<ResolvedDrift> {
  const { store, repository, step } = dependencies;
  const { place, ref, expected, found } = drift;
  const refuse = (why: string, options?: ErrorOptions): never => {
    throw new DriftNotResolvable({ remedy, place, ref }, [why], options);
  };

  if (!(await repository.objects.has(expected))) {
    refuse(`The object ${expected} that the log predicts is not in the repository. Restore it from a backup.`);
  }
  if (ref === MAIN_REF && (await adoptionWasBegun(store))) {
    refuse('An adoption was begun and has moved the pointer. Finish it with `slipway drift adopt`.');
  }
  const { kept, branch } = await keep(repository, drift, { remedy, refuse });
  await step('kept');

  await record(dependencies, { remedy, place, ref, expected, found, branch, reason }, by);
  await step('appended');
  try {
    await repository.refs.compareAndSet(ref, found, expected);
  } catch (error) {
    if (!(error instanceof RefConflict)) throw error;
    refuse('It was moved again meanwhile. Look again.', { cause: error });
  }
  await step('ref moved');
  return { drift, kept, branch };
}

/** Names what would be lost when the ref goes back; nothing where that is an older commit of our own, or cannot be read. */
async function keep(
  repository: GitRepository,
  { expected, found }: RefDrift,
  { remedy, refuse }: { readonly remedy: 'heal' | 'quarantine'; readonly refuse: (why: string) => never },
): Promise<{ readonly kept: string | null; readonly branch: string | null }> {
  const { objects, refs } = repository;
  const commit = found === null ? null : await peeled(objects, found);
  if (found === null || commit === null || (await isAncestor(objects, found, expected)))
    return { kept: null, branch: null };

  const name = async (ref: string, oid: string): Promise<string> => {
    try {
      await refs.compareAndSet(ref, null, oid);
    } catch (error) {
      if (!(error instanceof RefConflict)) throw error;
      if (error.actual !== oid) refuse(`${ref} is at ${error.actual ?? 'nothing'}. Rename that ref.`);
    }
    return ref;
  };
  const kept = await name(quarantineRef(found), found);
  return { kept, branch: remedy === 'heal' ? null : await name(quarantineBranch(commit.id), commit.id) };
}

/** Whether the log holds a part of an adoption that its `Adopted` has not sealed: what the pointer says there is nowhere in Git. */
async function adoptionWasBegun(store: EventStore): Promise<boolean> {
  let begun = false;
  for await (const event of store.readAll({ types: ['PointerAdopted', 'Adopted'] })) {
    begun = event.type === 'PointerAdopted';
  }
  return begun;
}

/** That a ref was put back is true whatever else happens: it is appended until nobody else was faster. */
async function record(dependencies: HealDependencies, data: DriftResolved['data'], by: Resolver): Promise<void> {
  const events = [{ type: 'DriftResolved', data }] as const;
  const input = { stream: REPOSITORY_STREAM, events, by, adopting: null, command: data };
  while (!(await appendDecided(dependencies, { ...input, seen: await dependencies.store.head() }))) continue;
}
