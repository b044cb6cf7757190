import { activated, deactivated, given, overriding, pointerAdopted, revert, rolledBack } from './pointer-story';

const SET = [activated('a none -> 1.0.0'), activated('a 1.0.0 -> 1.1.0', 'b none -> 1.0.0')];

describe('reverting a whole activation', () => {
  it('sends every member back to where it came from, and takes a new one out of the map', () => {
    given(...SET)
      .when(revert(1))
      .then(rolledBack('a 1.1.0 -> 1.0.0', 'b 1.0.0 -> none'));
  });

  it('reverts an older activation whose members have not moved since', () => {
    given(...SET, activated('c none -> 1.0.0'))
      .when(revert(1))
      .then(rolledBack('a 1.1.0 -> 1.0.0', 'b 1.0.0 -> none'));
  });

  it('is refused with the list of the members that have moved on', () => {
    const moved = [activated('b 1.0.0 -> 1.1.0'), deactivated('a 1.1.0 -> none')];
    given(...SET, ...moved)
      .when(revert(1))
      .isBlockedBy('NOT_ACTIVE a', 'PLAN_OUTDATED b');
    given(...SET, activated('b 1.0.0 -> 1.1.0'))
      .when(revert(1))
      .refuses('PLAN_OUTDATED');
  });

  it('cannot be done twice', () => {
    given(...SET, rolledBack('a 1.1.0 -> 1.0.0', 'b 1.0.0 -> none'))
      .when(revert(1))
      .refuses('PLAN_OUTDATED');
  });

  it('is refused while an active release outside the set requires a member that would leave', () => {
    const story = given(...SET, activated('c none -> 1.0.0 requires b')).when(revert(1));
    story.isBlockedBy('REQUIRED_BY_ACTIVE_RELEASE b');
    story.affects('c');
  });

  it('can be done over that blocker, and says so', () => {
    given(...SET, activated('c none -> 1.0.0 requires b'))
      .when(revert(1, { override: ['REQUIRED_BY_ACTIVE_RELEASE'] }))
      .then(overriding(rolledBack('a 1.1.0 -> 1.0.0', 'b 1.0.0 -> none'), 'REQUIRED_BY_ACTIVE_RELEASE'));
  });

  it('is refused for a member that would go back to what required another that leaves', () => {
    given(pointerAdopted('a none -> 1.0.0 requires b'), activated('a 1.0.0 -> 1.1.0', 'b none -> 1.0.0'))
      .when(revert(1))
      .isBlockedBy('DEPENDENCY_NOT_ACTIVE a');
  });

  it('never goes to content that has changed', () => {
    given(...SET)
      .when(revert(1, { content: 'changed' }))
      .refuses('CONTENT_CHANGED');
  });
});
