import * as fc from 'fast-check';
import {
  type CandidatesOf,
  type PlannedMove,
  type PointerEvent,
  type PointerState,
  type RemedyCandidate,
  type RemedyRelease,
  smallestRemedy,
} from '../../../src/domain';
import {
  activate,
  activated,
  change,
  deactivate,
  fold,
  given,
  pointerAdopted,
  release,
  revert,
  rollBack,
} from './pointer-story';

/** Releases that could be activated, `a 1.1.0 requires b`; in the order given. */
function candidates(...releases: readonly string[]): CandidatesOf {
  const all = releases.map((text) => change(text.replace(' ', ' none -> ')));
  return (id) =>
    all
      .filter((each) => each.package === id)
      .map(({ toVersion, requires }) => ({ version: toVersion!, requires, content: 'ok' }));
}

const inShort = (remedy: readonly RemedyRelease[] | null) =>
  remedy?.map((each) => `${each.packageId} ${each.version}`) ?? null;

/** What would make a move of a story safe. */
function remedyOf(
  story: readonly PointerEvent[],
  planning: Parameters<ReturnType<typeof given>['when']>[0],
  of: CandidatesOf,
) {
  return inShort(
    smallestRemedy(
      fold(story),
      given(...story)
        .when(planning)
        .plans(),
      of,
    ),
  );
}

describe('the smallest set that makes an activation safe', () => {
  const wanting = activate(release('a 1.0.0 requires b'));

  it('is what is missing, in its highest version', () => {
    expect(remedyOf([], wanting, candidates('b 1.0.0', 'b 1.10.0', 'b 1.9.0'))).toEqual(['b 1.10.0']);
  });

  it('is all that is missing in turn, sorted by package', () => {
    const staged = candidates('b 1.0.0 requires d, c', 'd 2.0.0', 'c 1.0.0 requires e', 'e 1.0.0', 'f 1.0.0');
    expect(remedyOf([], wanting, staged)).toEqual(['b 1.0.0', 'c 1.0.0', 'd 2.0.0', 'e 1.0.0']);
    expect(remedyOf([activated('c none -> 1.0.0')], wanting, staged)).toEqual(['b 1.0.0', 'd 2.0.0']);
  });

  it('prefers a lower version that needs less', () => {
    expect(remedyOf([], wanting, candidates('b 1.0.0', 'b 2.0.0 requires c', 'c 1.0.0'))).toEqual(['b 1.0.0']);
    expect(remedyOf([activated('c none -> 1.0.0')], wanting, candidates('b 1.0.0', 'b 2.0.0 requires c'))).toEqual([
      'b 2.0.0',
    ]);
  });

  it('finds what two of the missing have in common', () => {
    const both = activate(release('a 1.0.0 requires b, c'));
    const staged = candidates(
      'b 1.0.0 requires x',
      'b 2.0.0 requires z',
      'c 1.0.0 requires y',
      'c 2.0.0 requires z',
      'x 1.0.0',
      'y 1.0.0',
      'z 1.0.0',
    );
    expect(remedyOf([], both, staged)).toEqual(['b 2.0.0', 'c 2.0.0', 'z 1.0.0']);
  });

  it('takes the first by package id where sets are of one size', () => {
    const staged = candidates('b 1.0.0 requires y', 'b 2.0.0 requires x', 'x 1.0.0', 'y 1.0.0');
    expect(remedyOf([], wanting, staged)).toEqual(['b 2.0.0', 'x 1.0.0']);
  });

  it('opens a circle with another release of a member that is not part of the move', () => {
    const story = [activated('c none -> 1.0.0'), activated('b none -> 1.0.0 requires c')];
    const closing = activate(release('c 1.1.0 requires b', '1.0.0'));
    expect(remedyOf(story, closing, candidates('b 1.1.0 requires c', 'b 1.2.0', 'b 1.0.1'))).toEqual(['b 1.2.0']);
    expect(remedyOf(story, closing, candidates('b 1.1.0 requires c', 'c 1.2.0'))).toBeNull();
  });

  it('takes along what the release that opens the circle requires', () => {
    const story = [activated('c none -> 1.0.0'), activated('b none -> 1.0.0 requires c')];
    const closing = activate(release('c 1.1.0 requires b', '1.0.0'));
    expect(remedyOf(story, closing, candidates('b 1.1.0 requires x', 'x 1.0.0'))).toEqual(['b 1.1.0', 'x 1.0.0']);
  });

  it('rather brings in something new than replaces what is active', () => {
    const story = [activated('d none -> 1.0.0 requires b0'), activated('b0 none -> 1.0.0')];
    const staged = candidates('b 1.0.0 requires d', 'b 2.0.0 requires e', 'd 1.1.0', 'e 1.0.0', 'd 1.0.0 requires b0');
    const closing = activate(release('b0 1.1.0 requires b', '1.0.0'));
    // With b 1.0.0 a circle is left that only another d opens; with b 2.0.0 only e is missing.
    expect(remedyOf(story, closing, staged)).toEqual(['b 2.0.0', 'e 1.0.0']);
  });

  it('is none where a release is missing, is a pre-release, cannot be read, or closes a circle', () => {
    expect(remedyOf([], wanting, candidates('c 1.0.0'))).toBeNull();
    expect(remedyOf([], wanting, candidates('b 1.0.0-rc.1'))).toBeNull();
    expect(remedyOf([], wanting, candidates('b 1.0.0 requires c'))).toBeNull();
    expect(remedyOf([], wanting, candidates('b 1.0.0 requires b'))).toBeNull();
    expect(remedyOf([], wanting, candidates('b 1.0.0 requires a'))).toBeNull();
    const damaged = (id: string) => candidates('b 1.0.0')(id).map((each) => ({ ...each, content: 'changed' as const }));
    expect(remedyOf([], wanting, damaged)).toBeNull();
  });

  it('is none where something else than dependencies stands against the move, and nothing where nothing does', () => {
    const refused = activate(release('a 1.0.0 requires b'), release('c 1.0.0-rc.1'));
    expect(remedyOf([], refused, candidates('b 1.0.0'))).toBeNull();
    expect(remedyOf([], activate(release('a 1.0.0')), candidates('b 1.0.0'))).toEqual([]);
  });

  it('leaves old faults alone that the move does not touch', () => {
    const story = [
      pointerAdopted('x none -> 1.0.0 requires gone', 'y none -> 1.0.0 requires z', 'z none -> 1 requires y'),
    ];
    expect(remedyOf(story, wanting, candidates('b 1.0.0 requires x, y'))).toEqual(['b 1.0.0']);
  });
});

describe('the smallest set to activate before packages leave or go back', () => {
  const story = [activated('b none -> 1.0.0', 'c none -> 1.0.0 requires b', 'd none -> 1.0.0 requires b')];

  it('moves every dependant to a release that does not require what leaves', () => {
    const staged = candidates('c 1.1.0', 'c 1.2.0 requires b', 'd 1.1.0', 'd 2.0.0');
    expect(remedyOf(story, deactivate('b'), staged)).toEqual(['c 1.1.0', 'd 2.0.0']);
    expect(remedyOf(story, deactivate('b', 'd'), staged)).toEqual(['c 1.1.0']);
    expect(remedyOf(story, deactivate('b'), candidates('c 1.1.0', 'd 1.1.0 requires b'))).toBeNull();
  });

  it('brings in what these then require', () => {
    const staged = candidates('c 1.1.0 requires e', 'd 1.1.0 requires e', 'e 1.0.0 requires f', 'f 1.0.0');
    expect(remedyOf(story, deactivate('b'), staged)).toEqual(['c 1.1.0', 'd 1.1.0', 'e 1.0.0', 'f 1.0.0']);
  });

  it('brings in what the version requires that a rollback goes to', () => {
    const gone = [activated('a none -> 1.0.0 requires x'), activated('a 1.0.0 -> 1.1.0')];
    expect(remedyOf(gone, rollBack('a'), candidates('x 1.0.0'))).toEqual(['x 1.0.0']);
    expect(remedyOf(gone, rollBack('a'), candidates('x 1.0.0 requires y'))).toBeNull();
  });

  it('cannot change a member of the move itself', () => {
    const set = [pointerAdopted('a none -> 1.0.0 requires b'), activated('a 1.0.0 -> 1.1.0', 'b none -> 1.0.0')];
    expect(remedyOf(set, revert(1), candidates('a 1.2.0', 'b 1.1.0'))).toBeNull();
  });

  it('is safe by itself: it is activated on the map of today', () => {
    // x could only live beside a 1.0.0, which is not back yet: with a 1.1.0 it would close a circle.
    const gone = [
      activated('a none -> 1.0.0 requires x'),
      activated('a 1.0.0 -> 1.1.0 requires w'),
      activated('w none -> 1.0.0'),
    ];
    const staged = candidates('x 1.0.0 requires w', 'w 1.1.0 requires a');
    expect(remedyOf(gone, rollBack('a'), staged)).toEqual(['x 1.0.0']);
    const circle = [
      activated('a none -> 1.0.0 requires x'),
      activated('a 1.0.0 -> 1.1.0 requires w', 'w none -> 1.0.0 requires v', 'v none -> 1.0.0'),
    ];
    expect(remedyOf(circle, rollBack('a'), candidates('x 1.0.0 requires a', 'x 2.0.0'))).toEqual(['x 2.0.0']);
  });
});

describe('on large repositories', () => {
  const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'];
  const chain = (length: number, requires: (n: number, version: number) => readonly string[]): CandidatesOf => {
    const known = new Map<string, readonly RemedyCandidate[]>();
    for (let n = 1; n < length; n += 1) {
      const next = n + 1 < length ? [`p${n + 1}`] : [];
      const of = versions.map((version, v) => ({
        version,
        requires: [...next, ...requires(n, v)],
        content: 'ok' as const,
      }));
      known.set(`p${n}`, of);
    }
    return (id) => known.get(id) ?? [];
  };

  it('finds a chain of 1,000 releases, each package staged in several versions that differ in what they require', () => {
    const story = [activated(...versions.map((_, v) => `base${v} none -> 1.0.0`))];
    const wanting = activate(release('p0 1.0.0 requires p1'));
    const plain = remedyOf(
      story,
      wanting,
      chain(1000, () => []),
    );
    expect(plain).toHaveLength(999);
    expect(plain).toContain('p999 1.3.0');
    expect(
      remedyOf(
        story,
        wanting,
        chain(1000, (_, v) => [`base${v}`]),
      ),
    ).toHaveLength(999);
    expect(
      remedyOf(
        story,
        wanting,
        chain(1001, () => []),
      ),
    ).toBeNull();
  });

  it('gives up at its bound, always at the same place, and says nothing that is not so', () => {
    const wanting = activate(release('p0 1.0.0 requires p1'));
    const plan = given().when(wanting).plans();
    const staged = chain(20, () => []);
    const answers = Array.from({ length: 400 }, (_, steps) => inShort(smallestRemedy(fold([]), plan, staged, steps)));
    const found = answers.findIndex((answer) => answer !== null);
    expect(found).toBeGreaterThan(20);
    for (const answer of answers.slice(found)) expect(answer).toHaveLength(19);
    expect(smallestRemedy(fold([]), plan, staged, found - 1)).toBeNull();
  });
});

describe('against trying every set', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const VERSIONS = ['1.0.0', '1.1.0', '1.2.0'];
  const requires = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 });
  const world = fc.record({
    /** What each release of each package requires. */
    releases: fc.array(fc.array(requires, { minLength: 0, maxLength: 3 }), { minLength: 5, maxLength: 5 }),
    /** Version that was active first, and the one that is active now; no such release is none. */
    former: fc.array(fc.nat({ max: 3 }), { minLength: 5, maxLength: 5 }),
    active: fc.array(fc.nat({ max: 3 }), { minLength: 5, maxLength: 5 }),
    type: fc.constantFrom('Activate' as const, 'RollBack' as const, 'Deactivate' as const),
    moved: fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 2 }),
    target: fc.nat({ max: 2 }),
  });
  type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

  const text = ({ releases }: World, n: number, version: number): string => {
    const required = releases[n]?.[version] ?? [];
    return `${ids[n]!} ${VERSIONS[version]!}${required.length === 0 ? '' : ` requires ${required.join(', ')}`}`;
  };
  const known = ({ releases }: World, n: number, version: number | undefined): version is number =>
    version !== undefined && releases[n]?.[version] !== undefined;
  const moveTo = (of: World, n: number, from: number | undefined, to: number | undefined): string | null => {
    const fromVersion = known(of, n, from) ? VERSIONS[from]! : 'none';
    if (known(of, n, to)) return text(of, n, to).replace(' ', ` ${fromVersion} -> `);
    return fromVersion === 'none' ? null : `${ids[n]!} ${fromVersion} -> none`;
  };

  function storyOf(of: World) {
    const steps = (from: (n: number) => number | undefined, to: (n: number) => number | undefined) =>
      ids.flatMap((_, n) => {
        const step = from(n) === to(n) ? null : moveTo(of, n, from(n), to(n));
        return step === null ? [] : [step];
      });
    const first = steps(
      () => undefined,
      (n) => of.former[n],
    );
    const then = steps(
      (n) => of.former[n],
      (n) => of.active[n],
    );
    return [pointerAdopted(...first), pointerAdopted(...then)];
  }

  function planningOf(of: World) {
    const names = of.moved.map((n) => ids[n]!);
    if (of.type === 'Deactivate') return deactivate(...names);
    if (of.type === 'RollBack') return rollBack(names[0]!, { toVersion: VERSIONS[of.target]! });
    const targets = of.moved.filter((n) => known(of, n, of.target));
    return targets.length === 0 ? null : activate(...targets.map((n) => release(text(of, n, of.target))));
  }

  const candidatesIn = (of: World): CandidatesOf =>
    candidates(...ids.flatMap((_, n) => VERSIONS.flatMap((__, v) => (known(of, n, v) ? [text(of, n, v)] : []))));

  /** Every choice of at most one release of each of the packages that the move does not change and that are not active. */
  function sets(of: World, state: PointerState, { changes }: PlannedMove): string[][] {
    let all: string[][] = [[]];
    ids.forEach((id, n) => {
      if (changes.some((each) => each.package === id)) return;
      const active = state.entries.get(id)?.active?.version;
      const options = VERSIONS.flatMap((version, v) => (known(of, n, v) && version !== active ? [text(of, n, v)] : []));
      all = [...all, ...all.flatMap((set) => options.map((option) => [...set, option]))];
    });
    return all;
  }

  /** Carries the set and the move out, by the code that plans and decides them. */
  function isSafe(of: World, set: readonly string[]): boolean {
    const story = storyOf(of);
    const further = set.map((each) => release(each));
    if (of.type === 'Activate') {
      const members = of.moved.filter((n) => known(of, n, of.target)).map((n) => release(text(of, n, of.target)));
      return (
        given(...story)
          .when(activate(...members, ...further))
          .plans().blockers.length === 0
      );
    }
    const first = given(...story)
      .when(activate(...further))
      .plans();
    if (set.length > 0 && first.blockers.length > 0) return false;
    const after = {
      type: 'Activated' as const,
      data: { changes: first.changes, reason: '', planDigest: null, overrides: [] },
    };
    return (
      given(...story, after)
        .when(planningOf(of)!)
        .plans().blockers.length === 0
    );
  }

  it('finds one of the smallest that there are, the first of those that replace the least, and none only where there is none', () => {
    let found = 0;
    let none = 0;
    fc.assert(
      fc.property(world, (of) => {
        const planning = planningOf(of);
        if (planning === null) return;
        const story = storyOf(of);
        const state = fold(story);
        const plan = given(...story)
          .when(planning)
          .plans();
        fc.pre(plan.violations.length > 0 && plan.violations.length === plan.blockers.length);
        const remedy = inShort(smallestRemedy(state, plan, candidatesIn(of)));
        const replaced = (set: readonly string[]): number =>
          set.filter((each) => state.entries.get(each.split(' ')[0]!)?.active != null).length;
        const packages = (set: readonly string[]): string =>
          set
            .map((each) => each.split(' ')[0]!)
            .sort()
            .join();
        const safe = sets(of, state, plan)
          .filter((set) => isSafe(of, set))
          .sort(
            (a, b) =>
              a.length - b.length ||
              replaced(a) - replaced(b) ||
              (packages(a) < packages(b) ? -1 : packages(a) > packages(b) ? 1 : 0),
          );
        const [best] = safe;
        if (remedy === null) {
          none += 1;
          expect(best).toBeUndefined();
          return;
        }
        found += 1;
        const whole = remedy.map((each) => safe.flat().find((option) => option.startsWith(each))!);
        expect(isSafe(of, whole)).toBe(true);
        expect(remedy).toHaveLength(best!.length);
        expect(replaced(remedy)).toBe(replaced(best!));
        expect(packages(remedy)).toBe(packages(best!));
      }),
      { numRuns: 400 },
    );
    expect(found).toBeGreaterThan(20);
    expect(none).toBeGreaterThan(20);
  });
});
