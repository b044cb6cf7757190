import {
  activate,
  activated,
  deactivate,
  given,
  pointerAdopted,
  release,
  revert,
  rollBack,
  rolledBack,
} from './pointer-story';

/** An adopted map with two old faults: a requires x, and b and c require each other. */
const FAULTY = pointerAdopted(
  'a none -> 1.0.0 requires x',
  'b none -> 1.0.0 requires c',
  'c none -> 1.0.0 requires b',
  'd none -> 1.0.0',
);

describe('the dependency check of a planned map', () => {
  it('blocks a release whose required package is not active', () => {
    given()
      .when(activate(release('a 1.0.0 requires b')))
      .refuses('DEPENDENCY_NOT_ACTIVE');
  });

  it('lets a package in together with the one it requires', () => {
    given()
      .when(activate(release('a 1.0.0 requires b'), release('b 1.0.0')))
      .then(activated('a none -> 1.0.0 requires b', 'b none -> 1.0.0'));
  });

  it('blocks packages that require each other in a circle, and one that requires itself', () => {
    given(activated('b none -> 1.0.0'))
      .when(activate(release('a 1.0.0 requires b'), release('b 1.1.0 requires a', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
    given()
      .when(activate(release('a 1.0.0 requires a')))
      .refuses('DEPENDENCY_NOT_ACTIVE');
  });

  it('warns of old faults that the move does not touch', () => {
    const story = given(FAULTY).when(activate(release('d 1.1.0', '1.0.0')));
    story.warns('DEPENDENCY_NOT_ACTIVE a', 'DEPENDENCY_NOT_ACTIVE b');
    story.then(activated('d 1.0.0 -> 1.1.0'));
  });

  it('blocks on an old fault that the move touches and leaves in place', () => {
    given(FAULTY)
      .when(activate(release('a 1.1.0 requires x', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
    given(FAULTY)
      .when(activate(release('c 1.1.0 requires b', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE c');
  });

  it('blocks on a new fault beside the old ones, and on a circle that grows', () => {
    given(FAULTY)
      .when(activate(release('d 1.1.0 requires y', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE d');
    given(FAULTY)
      .when(activate(release('c 1.1.0 requires d', '1.0.0'), release('d 1.1.0 requires b', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE c');
  });

  it('lets a faulty repository be mended step by step', () => {
    const mended = given(FAULTY).when(activate(release('x 1.0.0')));
    mended.warns('DEPENDENCY_NOT_ACTIVE b');
    mended.then(activated('x none -> 1.0.0'));
    given(FAULTY)
      .when(activate(release('c 1.1.0', '1.0.0')))
      .then(activated('c 1.0.0 -> 1.1.0'));
  });

  it('lets a package out of a circle that goes on without it', () => {
    const larger = pointerAdopted('a none -> 1 requires b', 'b none -> 1 requires a, d', 'd none -> 1.0.0 requires b');
    const story = given(larger).when(activate(release('d 1.1.0', '1.0.0')));
    story.warns('DEPENDENCY_NOT_ACTIVE a');
    story.then(activated('d 1.0.0 -> 1.1.0'));
  });

  it('lets both halves of a circle leave, and neither alone', () => {
    given(FAULTY).when(deactivate('b', 'c')).warns('DEPENDENCY_NOT_ACTIVE a');
    given(FAULTY).when(deactivate('b')).isBlockedBy('REQUIRED_BY_ACTIVE_RELEASE b');
  });

  it('blames the member, not the package it lacks, when both are moved', () => {
    const story = [
      activated('b none -> 1.0.0'),
      activated('a none -> 1.0.0 requires b'),
      activated('a 1.0.0 -> 1.1.0'),
    ];
    given(...story, rolledBack('b 1.0.0 -> none'))
      .when(rollBack('a'))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
  });
});

describe('an old fault of the map', () => {
  const story = (...text: string[]) => given(pointerAdopted(...text));

  it('blocks a release that goes live with it, though the former one had it too', () => {
    story('a none -> 1.0.0 requires x')
      .when(activate(release('a 1.0.1 requires x', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
    given(pointerAdopted('a none -> 1.0.0 requires x'), pointerAdopted('a 1.0.0 -> 1.1.0 requires x'))
      .when(rollBack('a'))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
  });

  it('blocks a release that mends one of two: what goes live has all it requires', () => {
    story('a none -> 1.0.0 requires x, y')
      .when(activate(release('a 1.1.0 requires x', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
    story('a none -> 1.0.0 requires b, c', 'b none -> 1.0.0 requires a', 'c none -> 1.0.0 requires a')
      .when(activate(release('a 1.1.0 requires b', '1.0.0')))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
  });

  it('does not block where the changed package is only required by the faulty one', () => {
    const faulty = ['a none -> 1.0.0 requires b, x', 'b none -> 1.0.0'] as const;
    const moved = story(...faulty).when(activate(release('b 1.1.0', '1.0.0')));
    moved.warns('DEPENDENCY_NOT_ACTIVE a');
    moved.then(activated('b 1.0.0 -> 1.1.0'));
    const left = story(...faulty).when(deactivate('b'));
    left.isBlockedBy('REQUIRED_BY_ACTIVE_RELEASE b');
    left.warns('DEPENDENCY_NOT_ACTIVE a');
  });

  it('does not block where the changed package only requires the faulty one', () => {
    const moved = story('a none -> 1.0.0 requires x', 'b none -> 1.0.0 requires a').when(
      activate(release('b 1.1.0 requires a', '1.0.0')),
    );
    moved.warns('DEPENDENCY_NOT_ACTIVE a');
    moved.then(activated('b 1.0.0 -> 1.1.0 requires a'));
  });

  it('does not block where half of what is missing comes, or the faulty package leaves', () => {
    const half = story('a none -> 1.0.0 requires x, y').when(activate(release('x 1.0.0')));
    half.warns('DEPENDENCY_NOT_ACTIVE a');
    half.then(activated('x none -> 1.0.0'));
    story('a none -> 1.0.0 requires x, y').when(deactivate('a')).warns();
  });

  it('does not hide a new one: a circle closed beside an old one blocks', () => {
    const moved = given(FAULTY).when(activate(release('d 1.1.0 requires e', '1.0.0'), release('e 1.0.0 requires d')));
    moved.isBlockedBy('DEPENDENCY_NOT_ACTIVE d');
    moved.warns('DEPENDENCY_NOT_ACTIVE a', 'DEPENDENCY_NOT_ACTIVE b');
  });

  it('says that it is old, and what would mend it', () => {
    const { warnings } = given(FAULTY)
      .when(activate(release('d 1.1.0', '1.0.0')))
      .plans();
    expect(warnings).toMatchObject([
      {
        message: 'a requires x, which has no active release. It is so already; this move does not change it.',
        unblock: 'Activate a release of x, or one of a that does not require it.',
      },
      { message: 'b requires c requires b: a circle.' },
    ]);
  });
});

describe('what a blocked move is told', () => {
  it('is the way round a circle, from the changed package on', () => {
    const round = given(activated('b none -> 1.0.0 requires c', 'c none -> 1.0.0')).when(
      activate(release('c 1.1.0 requires b', '1.0.0')),
    );
    expect(round.plans().blockers).toMatchObject([{ packageId: 'c', message: 'c requires b requires c: a circle.' }]);
    const self = given().when(activate(release('a 1.0.0 requires a')));
    expect(self.plans().blockers).toMatchObject([
      {
        message: 'a requires itself.',
        unblock: 'Release it without itself among its required inputs.',
      },
    ]);
  });

  it('is not a circle of a thousand steps', () => {
    const chain = Array.from({ length: 1000 }, (_, n) => `p${n} none -> 1 requires p${n + 1}`);
    const { blockers } = given(activated(...chain))
      .when(activate(release('p1000 1.0.0 requires p0')))
      .plans();
    expect(blockers).toHaveLength(1);
    expect(blockers[0]?.message).toMatch(/^p1000 requires p0 requires p1 .* requires … requires p1000: a circle\.$/);
    expect(blockers[0]?.message.length).toBeLessThan(200);
  });

  it('says how a rollback can go on, which takes no other package along', () => {
    const set = [activated('b none -> 1.0.0'), activated('c none -> 1.0.0 requires b')];
    expect(
      given(...set)
        .when(revert(0))
        .plans().blockers,
    ).toMatchObject([
      { unblock: 'Deactivate c first, or activate a release of c that does not require b.', packageId: 'b' },
    ]);
    expect(
      given(activated('a none -> 1.0.0 requires x'), activated('a 1.0.0 -> 1.1.0')).when(rollBack('a')).plans()
        .blockers,
    ).toMatchObject([{ unblock: 'Activate a release of x, with all it requires, first.' }]);
  });
});

describe('what a move affects', () => {
  const chain = [
    activated('a none -> 1.0.0', 'b none -> 1.0.0 requires a', 'c none -> 1.0.0 requires b', 'd none -> 1.0.0'),
  ];

  it('is every active package that requires a changed one, directly or through others', () => {
    given(...chain)
      .when(activate(release('a 1.1.0', '1.0.0')))
      .affects('b', 'c');
  });

  it('leaves out what is changed itself', () => {
    given(...chain)
      .when(activate(release('a 1.1.0', '1.0.0'), release('b 1.1.0 requires a', '1.0.0')))
      .affects('c');
  });

  it('is nothing when nobody requires it', () => {
    given(...chain)
      .when(deactivate('d'))
      .affects();
  });
});

it('shows the whole map after the move', () => {
  const story = given(activated('a none -> 1.0.0', 'b none -> 1.0.0')).when(deactivate('b'));
  expect([...story.plans().map]).toEqual([['a', { version: '1.0.0', tree: 'tree-a-1.0.0', requires: [] }]]);
});
