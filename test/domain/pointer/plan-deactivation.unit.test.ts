import { activated, deactivate, deactivated, given } from './pointer-story';

const CHAIN = [
  activated('a none -> 1.0.0'),
  activated('b none -> 1.0.0 requires a'),
  activated('c none -> 1.0.0 requires b'),
];

describe('deactivating', () => {
  it('takes a package out of the map', () => {
    given(...CHAIN)
      .when(deactivate('c'))
      .then(deactivated('c 1.0.0 -> none'));
  });

  it('is refused while an active release requires it', () => {
    const story = given(...CHAIN).when(deactivate('b'));
    story.isBlockedBy('REQUIRED_BY_ACTIVE_RELEASE b');
    expect(story.plans().blockers[0]).toMatchObject({ message: 'c is active and requires b.' });
  });

  it('takes packages out together with those that require them', () => {
    given(...CHAIN)
      .when(deactivate('c', 'a', 'b'))
      .then(deactivated('a 1.0.0 -> none', 'b 1.0.0 -> none', 'c 1.0.0 -> none'));
  });

  it('names every dependant that stays behind', () => {
    given(...CHAIN, activated('d none -> 1.0.0 requires b'))
      .when(deactivate('b'))
      .isBlockedBy('REQUIRED_BY_ACTIVE_RELEASE b', 'REQUIRED_BY_ACTIVE_RELEASE b');
  });

  it('is refused as a whole for a member that is not active, or that does not exist', () => {
    given(...CHAIN, deactivated('c 1.0.0 -> none'))
      .when(deactivate('b', 'c'))
      .refuses('NOT_ACTIVE');
    given(...CHAIN)
      .when(deactivate('c', 'unknown'))
      .refuses('PACKAGE_NOT_FOUND');
  });
});
