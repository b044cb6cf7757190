import { adviseMove, type CandidatesOf, type PlannedMove, type RemedyRelease } from '../../../src/domain';
import { activate, activated, change, deactivate, given, release, revert, rollBack } from './pointer-story';

function candidates(...releases: readonly string[]): CandidatesOf {
  const all = releases.map((text) => change(text.replace(' ', ' none -> ')));
  return (id) =>
    all
      .filter((each) => each.package === id)
      .map(({ toVersion, requires }) => ({ version: toVersion!, requires, content: 'ok' }));
}

const remedy = (...releases: readonly string[]): readonly RemedyRelease[] =>
  releases.map((text) => ({ packageId: text.split(' ')[0]!, version: text.split(' ')[1]! }));

function unblocks(plan: PlannedMove, found: readonly RemedyRelease[] | null, of: CandidatesOf = () => []) {
  return adviseMove(plan, found, of).blockers.map(({ unblock }) => unblock);
}

const wanting = given()
  .when(activate(release('a 1.0.0 requires b')))
  .plans();
const leaving = given(activated('b none -> 1.0.0', 'c none -> 1.0.0 requires b')).when(deactivate('b')).plans();
const reverted = given(activated('b none -> 1.0.0'), activated('c none -> 1.0.0 requires b')).when(revert(0)).plans();
const goneBack = given(activated('a none -> 1.0.0 requires x'), activated('a 1.0.0 -> 1.1.0'))
  .when(rollBack('a'))
  .plans();
const circle = given(activated('b none -> 1.0.0 requires c', 'c none -> 1.0.0'))
  .when(activate(release('c 1.1.0 requires b', '1.0.0')))
  .plans();

describe('what a blocked move is told to do', () => {
  it('is to activate the remedy: with an activation, before everything else', () => {
    expect(unblocks(wanting, remedy('b 1.0.0'))).toEqual(['Also activate b 1.0.0 in the same move.']);
    expect(unblocks(circle, remedy('b 1.1.0', 'd 2.0.0'))).toEqual([
      'Also activate b 1.1.0 and d 2.0.0 in the same move.',
    ]);
    expect(unblocks(leaving, remedy('c 1.1.0'))).toEqual(['Activate c 1.1.0 first, or deactivate c together with it.']);
    expect(unblocks(reverted, remedy('c 1.1.0'))).toEqual(['Activate c 1.1.0 first.']);
    expect(unblocks(goneBack, remedy('x 1.0.0'))).toEqual(['Activate x 1.0.0 first.']);
  });

  it('names five releases at most, for the remedy stands beside it', () => {
    const many = remedy(...Array.from({ length: 999 }, (_, n) => `p${n} 1.0.0`));
    expect(unblocks(wanting, many.slice(0, 5))).toEqual([
      'Also activate p0 1.0.0, p1 1.0.0, p2 1.0.0, p3 1.0.0 and p4 1.0.0 in the same move.',
    ]);
    expect(unblocks(wanting, many)).toEqual([
      'Also activate p0 1.0.0, p1 1.0.0, p2 1.0.0, p3 1.0.0 and 995 more in the same move.',
    ]);
    expect(adviseMove(wanting, many, () => []).remedy).toBe(many);
  });

  it('is, without a remedy, to stage what is lacking, however far down', () => {
    expect(unblocks(wanting, null)).toEqual([
      'Stage a release of b, which has none that can be activated, and activate it in the same move.',
    ]);
    expect(unblocks(wanting, null, candidates('b 1.0.0-rc.1'))).toEqual(unblocks(wanting, null));
    expect(unblocks(goneBack, null)).toEqual([
      'Stage a release of x, which has none that can be activated, and activate it first.',
    ]);
    expect(unblocks(wanting, null, candidates('b 1.0.0 requires c', 'c 1.0.0 requires d'))).toEqual([
      'Stage a release of d first: b cannot be activated without.',
    ]);
  });

  it('is to stage what the nearest release lacks, where several lack something', () => {
    const staged = candidates('b 2.0.0 requires d, e', 'b 1.0.0 requires c, f', 'c 1.0.0');
    expect(unblocks(wanting, null, staged)).toEqual(['Stage a release of f first: b cannot be activated without.']);
  });

  it('is, for what an active release requires, to deactivate that or to stage another release of it', () => {
    const [both] = unblocks(leaving, null);
    expect(both).toBe(
      'Deactivate c together with it, or stage a release of c that does not require it and activate that first.',
    );
    expect(unblocks(leaving, null, candidates('c 1.1.0 requires b'))).toEqual([both]);
    expect(unblocks(reverted, null)).toEqual([
      'Deactivate c first, or stage a release of c that does not require b and activate that first.',
    ]);
    expect(unblocks(leaving, null, candidates('c 1.1.0 requires d'))).toEqual([
      'Deactivate c together with it, or stage a release of d: a release of c that does not require it is there, ' +
        'but cannot be activated without.',
    ]);
  });

  it('promises nothing where releases are there and no set of them is safe', () => {
    const round = candidates('b 1.0.0 requires c', 'c 1.0.0 requires b');
    expect(unblocks(wanting, null, round)).toEqual([
      'Activate a release of b, with all it requires, before it or in the same move.',
    ]);
    expect(unblocks(circle, null)).toEqual(['Release one of them without the required input that closes the circle.']);
  });

  it('leaves what is not about dependencies as it is', () => {
    const plan = given()
      .when(activate(release('z 1.0.0-rc.1'), release('a 1.0.0 requires b')))
      .plans();
    const [first, second] = adviseMove(plan, null, candidates('b 1.0.0')).blockers;
    expect(first).toEqual(plan.blockers[0]);
    expect(second?.code).toBe('DEPENDENCY_NOT_ACTIVE');
  });
});
