import { activated, deactivated, given, overriding, pointerAdopted, rollBack, rolledBack } from './pointer-story';

const TWO = [activated('a none -> 1.0.0'), activated('a 1.0.0 -> 1.1.0')];
const THREE = [...TWO, activated('a 1.1.0 -> 1.2.0')];

describe('rolling back one package', () => {
  it('goes to what was active before', () => {
    given(...TWO)
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
  });

  it('goes two versions back in two steps, never forward again', () => {
    given(...THREE, rolledBack('a 1.2.0 -> 1.1.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
    given(...THREE, rolledBack('a 1.2.0 -> 1.1.0'), rolledBack('a 1.1.0 -> 1.0.0'))
      .when(rollBack('a'))
      .refuses('NOT_PREVIOUSLY_ACTIVE');
  });

  it('goes below a version that was activated again after a rollback', () => {
    given(...TWO, rolledBack('a 1.1.0 -> 1.0.0'), activated('a 1.0.0 -> 1.1.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
  });

  it('goes to a given version, however far back, and goes on from there', () => {
    given(...THREE)
      .when(rollBack('a', { toVersion: '1.0.0' }))
      .then(rolledBack('a 1.2.0 -> 1.0.0'));
    given(...THREE, rolledBack('a 1.2.0 -> 1.0.0'))
      .when(rollBack('a'))
      .refuses('NOT_PREVIOUSLY_ACTIVE');
  });

  it('goes to a given version that was rolled back before; from there it goes back again', () => {
    given(...TWO, rolledBack('a 1.1.0 -> 1.0.0'))
      .when(rollBack('a', { toVersion: '1.1.0' }))
      .then(rolledBack('a 1.0.0 -> 1.1.0'));
    given(...TWO, rolledBack('a 1.1.0 -> 1.0.0'), rolledBack('a 1.0.0 -> 1.1.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
  });

  it('knows what was active before a deactivation', () => {
    given(...TWO, deactivated('a 1.1.0 -> none'), activated('a none -> 1.1.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
    given(...TWO, deactivated('a 1.1.0 -> none'), activated('a none -> 1.2.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.2.0 -> 1.1.0'));
  });

  it('goes to what was active at adoption', () => {
    given(pointerAdopted('a none -> 1.0.0'), activated('a 1.0.0 -> 1.1.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
  });

  it('takes along what the target requires', () => {
    given(activated('b none -> 1.0.0'), activated('a none -> 1.0.0 requires b'), activated('a 1.0.0 -> 1.1.0'))
      .when(rollBack('a'))
      .then(rolledBack('a 1.1.0 -> 1.0.0 requires b'));
  });
});

describe('a rollback that is refused', () => {
  it('names a version that was never active, and gets the list of those that were', () => {
    const story = given(...THREE).when(rollBack('a', { toVersion: '9.9.9' }));
    story.refuses('NOT_PREVIOUSLY_ACTIVE');
    expect(story.plans().blockers[0]?.unblock).toBe('Name one of: 1.0.0, 1.1.0.');
  });

  it('has nothing below the top, and gets the list of what it could name', () => {
    const story = given(...TWO, rolledBack('a 1.1.0 -> 1.0.0')).when(rollBack('a'));
    story.refuses('NOT_PREVIOUSLY_ACTIVE');
    expect(story.plans().blockers[0]?.unblock).toBe('Name one of: 1.1.0.');
    const first = given(activated('a none -> 1.0.0')).when(rollBack('a'));
    expect(first.plans().blockers[0]?.unblock).toBe('Deactivate it instead.');
  });

  it('is about a package that is not active, or that does not exist', () => {
    given(...TWO, deactivated('a 1.1.0 -> none'))
      .when(rollBack('a'))
      .refuses('NOT_ACTIVE');
    given()
      .when(rollBack('a', { packageExists: false }))
      .refuses('PACKAGE_NOT_FOUND');
  });

  it('names what is active as its target', () => {
    given(...TWO)
      .when(rollBack('a', { toVersion: '1.1.0' }))
      .refuses('ALREADY_ACTIVE');
  });

  it('starts from another version than what is active: a double click moves once', () => {
    given(...THREE)
      .when(rollBack('a', { fromVersion: '1.2.0' }))
      .then(rolledBack('a 1.2.0 -> 1.1.0'));
    given(...THREE, rolledBack('a 1.2.0 -> 1.1.0'))
      .when(rollBack('a', { fromVersion: '1.2.0' }))
      .refuses('PLAN_OUTDATED');
  });

  it('would go to content that cannot be read, override or not', () => {
    given(...TWO)
      .when(rollBack('a', { content: 'missing', override: ['CONTENT_CHANGED', 'DEPENDENCY_NOT_ACTIVE'] }))
      .refuses('CONTENT_CHANGED');
  });

  it('would go to an adopted entry that never had a directory', () => {
    const adopted = pointerAdopted('a none -> 1.0.0');
    const [entry] = adopted.data.changes;
    const bare = { ...adopted, data: { ...adopted.data, changes: [{ ...entry!, tree: null }] } };
    given(bare, activated('a 1.0.0 -> 1.1.0')).when(rollBack('a')).refuses('CONTENT_CHANGED');
  });
});

describe('overriding the blockers of a rollback', () => {
  const gone = [activated('a none -> 1.0.0 requires b'), activated('a 1.0.0 -> 1.1.0')];

  it('lifts a dependency that is not active, and records it', () => {
    given(...gone)
      .when(rollBack('a'))
      .refuses('DEPENDENCY_NOT_ACTIVE');
    given(...gone)
      .when(rollBack('a', { override: ['DEPENDENCY_NOT_ACTIVE'] }))
      .then(overriding(rolledBack('a 1.1.0 -> 1.0.0 requires b'), 'DEPENDENCY_NOT_ACTIVE'));
  });

  it('lifts only what was named', () => {
    given(...gone)
      .when(rollBack('a', { override: ['REQUIRED_BY_ACTIVE_RELEASE'] }))
      .refuses('DEPENDENCY_NOT_ACTIVE');
  });

  it('records only what it lifted', () => {
    given(...TWO)
      .when(rollBack('a', { override: ['DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE'] }))
      .then(rolledBack('a 1.1.0 -> 1.0.0'));
  });

  it('is still refused for everything else', () => {
    given(...gone)
      .when(rollBack('a', { content: 'changed', override: ['DEPENDENCY_NOT_ACTIVE'] }))
      .refuses('CONTENT_CHANGED');
  });
});
