import fc from 'fast-check';
import { type Template } from '../commands/command';
import { abandonDraft, commitDraft, discardDraft, saveDraft, startDraft } from './drafts';
import { moves } from './moves';
import { stageRelease, tagRelease } from './releases';

const oneOf = (...of: readonly fc.Arbitrary<Template>[]): fc.Arbitrary<Template> => fc.oneof(...of);

/** What leads to an event, if it is not refused. */
export const eventful = oneOf(commitDraft, stageRelease, moves, tagRelease);

/** The same, from nodes that have no drafts. */
export const movesAndMarks = oneOf(stageRelease, moves, tagRelease);

export const anything = oneOf(
  startDraft,
  saveDraft,
  saveDraft,
  discardDraft,
  abandonDraft,
  commitDraft,
  commitDraft,
  stageRelease,
  stageRelease,
  tagRelease,
  moves,
  moves,
);

/** Drafts that exist are changed, and given up. */
export const anythingOnDrafts = oneOf(saveDraft, saveDraft, abandonDraft);
