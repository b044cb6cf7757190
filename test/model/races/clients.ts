import fc from 'fast-check';
import { type Template } from '../commands/command';
import { anythingOnDrafts, eventful, movesAndMarks } from '../templates/mixtures';
import { moves } from '../templates/moves';
import { stageRelease, tagRelease } from '../templates/releases';
import { BeginDraft, Call, LookThenMove, type Step } from './steps';

/** What clients of two nodes on one log do, each one step after the other. Drafts are at home on the first node. */
export interface Clients {
  readonly here: readonly (readonly Step[])[];
  readonly there: readonly (readonly Step[])[];
}

const called = eventful.map((template): Step => new Call(template));
const calledThere = movesAndMarks.map((template): Step => new Call(template));
const onDrafts = anythingOnDrafts.map((template): Step => new Call(template));
const planned = moves.map((template): Step => new Call((world) => ({ do: 'plan', of: template(world) })));
const looked = moves.map((template): Step => new LookThenMove(template));
/** Names that somebody else may take first; two of them are after the same version. */
const begun = fc
  .constantFrom(['d0', 'alpha'] as const, ['d1', 'alpha'] as const, ['d2', 'epsilon'] as const)
  .map(([draft, id]): Step => new BeginDraft(draft, id));

const steps = (first: fc.Arbitrary<Step>, then: fc.Arbitrary<Step>): fc.Arbitrary<readonly Step[]> =>
  fc.tuple(first, fc.array(then, { maxLength: 2 })).map(([one, others]) => [one, ...others]);

const stepHere = fc.oneof(called, called, called, onDrafts, onDrafts, looked, planned, begun);
const stepThere = fc.oneof(calledThere, calledThere, looked, planned);

/** Clients that happen to meet, or not. */
const strangers: fc.Arbitrary<Clients> = fc.record({
  here: fc.tuple(steps(stepHere, stepHere), steps(stepHere, stepHere)),
  there: fc.array(steps(stepThere, stepThere), { maxLength: 1 }),
});

/** Both nodes begin with the same call: one of them comes second, and has to decide anew. */
const rivals: fc.Arbitrary<Clients> = fc
  .record({
    contested: fc.oneof<fc.Arbitrary<Template>[]>(stageRelease, stageRelease, tagRelease, tagRelease, moves),
    here: fc.array(stepHere, { maxLength: 1 }),
    beside: steps(stepHere, stepHere),
    there: fc.array(stepThere, { maxLength: 1 }),
  })
  .map(({ contested, here, beside, there }) => ({
    here: [[new Call(contested), ...here], beside],
    there: [[new Call(contested), ...there]],
  }));

export const clients: fc.Arbitrary<Clients> = fc.oneof(
  { weight: 1, arbitrary: strangers },
  { weight: 2, arbitrary: rivals },
);
