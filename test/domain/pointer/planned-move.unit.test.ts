import { activate, activated, deactivate, given, pointerAdopted, release, rollBack, rolledBack } from './pointer-story';

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
