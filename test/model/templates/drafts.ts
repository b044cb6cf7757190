import fc from 'fast-check';
import { type Template } from '../commands/command';
import { type AbandonDraft, type CommitDraft, type DiscardDraft, type SaveDraft, type StartDraft } from '../operation';
import { versionsOf } from '../world/world';
import { changeType, draftOf, few, key, NO_VERSION, packages, pick, requires, seldom, unusedName } from './choices';

export const startDraft = fc
  .record({ package: packages, create: fc.boolean(), isTaken: seldom, base: few })
  .map(({ package: id, create, isTaken, base }): Template<StartDraft> => (world) => {
    const baseVersion = base < 7 ? null : pick(versionsOf(world, id), base, NO_VERSION);
    return {
      do: 'startDraft',
      draft: isTaken ? draftOf(world, base) : unusedName(world),
      package: id,
      create,
      baseVersion,
    };
  });

export const saveDraft = fc
  .record({ n: few, text: fc.nat({ max: 5 }), requires: fc.option(requires), isStale: seldom })
  .map(({ n, text, requires: required, isStale }): Template<SaveDraft> => (world) => {
    const draft = draftOf(world, n);
    const id = world.drafts.get(draft)?.package ?? 'nowhere';
    return {
      do: 'saveDraft',
      draft,
      package: id,
      text,
      requires: required,
      head: isStale && !draft.startsWith('p') ? 'first' : 'any',
    };
  });

/** Drafts, what is committed from them first. */
export const commitDraft = fc
  .record({ n: few, changeType: fc.option(changeType, { freq: 9 }), given: fc.nat({ max: 19 }), key })
  .map(({ n, changeType: type, given, key: idempotencyKey }): Template<CommitDraft> => (world) => {
    const explicit = [
      '1.0.1',
      '1.1.0',
      '2.0.0',
      '3.0.0-rc.1',
      '1.0',
      ...versionsOf(world, world.drafts.get(draftOf(world, n))?.package ?? ''),
    ];
    return {
      do: 'commitDraft',
      draft: draftOf(world, n),
      message: 'Change it',
      changeType: type,
      version: given < 14 ? null : pick(explicit, given - 14, NO_VERSION),
      key: idempotencyKey,
    };
  });

export const discardDraft = few.map((n): Template<DiscardDraft> => (world) => ({
  do: 'discardDraft',
  draft: draftOf(world, n),
}));

export const abandonDraft = few.map((n): Template<AbandonDraft> => (world) => ({
  do: 'abandonDraft',
  draft: draftOf(world, n),
}));
