import * as semver from 'semver';
import { isKeyed, type KeyedOperation, type Operation, type Outcome } from '../operation';
import { abandonDraft, commitDraft, discardDraft, endDraft, saveDraft, startDraft } from './drafts';
import { movePointer, OVERRIDABLE, planMove } from './pointer';
import { stageRelease, tagRelease } from './releases';
import { Refused, releasesOf, type World } from './world';

/** Does an operation in the world and says what it has to answer. A refusal changes nothing. */
export function perform(world: World, operation: Operation): Outcome {
  try {
    return { done: isKeyed(operation) ? once(world, operation) : act(world, operation) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.blockers === undefined ? { refused: error.code } : { refused: error.code, blockers: error.blockers };
  }
}

/** A start of the process ends drafts that were about to be ended. */
export function restart(world: World): void {
  for (const name of [...world.drafts.keys()]) {
    const last = world.lastOfDraft.get(name);
    const release = releasesOf(world, last?.package ?? '').get(last?.version ?? '');
    if (last !== undefined && release?.status === 'staged') endDraft(world, name, last.content);
  }
}

function once(world: World, operation: KeyedOperation): Readonly<Record<string, unknown>> {
  requireWellFormed(operation);
  const { key, ...body } = operation;
  if (key === null) return act(world, operation);
  const stream = streamOf(world, operation);
  const known = world.seen.get(`${stream} ${operation.do} ${key}`);
  if (known !== undefined) {
    if (known.body !== JSON.stringify(body)) throw new Refused('IDEMPOTENCY_KEY_REUSED');
    if (operation.do === 'stageRelease' && known.answer['staged'] === true) endAgain(world, operation);
    return known.answer;
  }
  const events = world.log.length;
  const answer = act(world, operation);
  // Only an event remembers its command.
  if (world.log.length > events)
    world.seen.set(`${stream} ${operation.do} ${key}`, { body: JSON.stringify(body), answer });
  return answer;
}

/** What is wrong with an input by itself is told before a key is looked at. */
function requireWellFormed(operation: KeyedOperation): void {
  const override = 'override' in operation ? operation.override : [];
  const version = operation.do === 'commitDraft' ? operation.version : null;
  const named = 'releases' in operation ? operation.releases.map((each) => each.package) : null;
  const ids = named ?? ('packages' in operation ? operation.packages : []);
  const isWrong =
    override.some((code) => !OVERRIDABLE.includes(code)) ||
    (version !== null && semver.valid(version) === null) ||
    new Set(ids).size < ids.length;
  if (isWrong) throw new Refused('BAD_USER_INPUT');
}

/** A staging that is answered again ends the draft again, should it have come back to what was staged. */
function endAgain(
  world: World,
  { package: id, version }: { readonly package: string; readonly version: string },
): void {
  const release = releasesOf(world, id).get(version);
  if (release?.status === 'staged' && release.draft !== null) endDraft(world, release.draft, release.content);
}

function streamOf(world: World, operation: KeyedOperation): string {
  if (operation.do === 'stageRelease' || operation.do === 'tagRelease') return operation.package;
  if (operation.do !== 'commitDraft') return 'pointer';
  const { draft } = operation;
  return world.drafts.get(draft)?.package ?? world.lastOfDraft.get(draft)?.package ?? 'none';
}

function act(world: World, operation: Operation): Readonly<Record<string, unknown>> {
  switch (operation.do) {
    case 'startDraft':
      return startDraft(world, operation);
    case 'saveDraft':
      return saveDraft(world, operation);
    case 'discardDraft':
      return discardDraft(world, operation);
    case 'abandonDraft':
      return abandonDraft(world, operation);
    case 'commitDraft':
      return commitDraft(world, operation);
    case 'stageRelease':
      return stageRelease(world, operation);
    case 'tagRelease':
      return tagRelease(world, operation);
    case 'plan':
      return planMove(world, operation.of);
    case 'activateReleases':
    case 'rollback':
    case 'rollbackActivation':
    case 'deactivate':
      return movePointer(world, operation);
  }
}
