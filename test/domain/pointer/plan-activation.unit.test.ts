import { type StagedRelease } from '../../../src/domain';
import { activate, activated, deactivated, given, pointerAdopted, release, rolledBack } from './pointer-story';

describe('activating', () => {
  it('moves the pointer to a staged release', () => {
    given()
      .when(activate(release('a 1.0.0')))
      .then(activated('a none -> 1.0.0'));
    given(activated('a none -> 1.0.0'))
      .when(activate(release('a 1.1.0', '1.0.0')))
      .then(activated('a 1.0.0 -> 1.1.0'));
  });

  it('moves a set as one event, sorted by package id by UTF-16 code units', () => {
    given(activated('b none -> 1.0.0'))
      .when(activate(release('roles/x 1.0.0'), release('b 2.0.0', '1.0.0'), release('a_z 1.0.0'), release('a.z 1.0.0')))
      .then(activated('a.z none -> 1.0.0', 'a_z none -> 1.0.0', 'b 1.0.0 -> 2.0.0', 'roles/x none -> 1.0.0'));
  });

  it('records what the release requires', () => {
    given(activated('b none -> 1.0.0'))
      .when(activate(release('a 1.0.0 requires b')))
      .then(activated('a none -> 1.0.0 requires b'));
  });

  it('refuses the whole set for one member that is active already', () => {
    const story = given(activated('a none -> 1.0.0')).when(activate(release('b 1.0.0'), release('a 1.0.0')));
    story.isBlockedBy('ALREADY_ACTIVE a');
    story.refuses('ALREADY_ACTIVE');
  });

  it('refuses the whole set for a pre-release', () => {
    given()
      .when(activate(release('b 1.0.0'), release('a 1.0.0-rc.1')))
      .refuses('PRERELEASE_NOT_ACTIVATABLE');
  });

  it('refuses a release that is only committed, and an adopted one that was never active', () => {
    const { release: staged } = release('a 1.0.0');
    const committed = { ...staged!, status: 'committed' as const, draft: 'draft' };
    given()
      .when(activate(release('a 1.0.0', null, { release: committed })))
      .refuses('RELEASE_NOT_STAGED');
    given(pointerAdopted('a none -> 0.9.0'))
      .when(activate(release('a 1.0.0', null, { release: { ...committed, status: 'adopted' } })))
      .refuses('RELEASE_NOT_STAGED');
  });

  it('activates a formerly active release again, adopted or staged, without a warning', () => {
    const { release: staged } = release('a 1.0.0');
    const formerly = release('a 1.0.0', null, { release: { ...staged!, status: 'adopted' } });
    const story = given(pointerAdopted('a none -> 1.0.0'), activated('a 1.0.0 -> 1.1.0')).when(activate(formerly));
    story.then(activated('a 1.1.0 -> 1.0.0'));
    story.warns();
    given(activated('a none -> 1.0.0'), rolledBack('a 1.0.0 -> none'))
      .when(activate(release('a 1.0.0')))
      .then(activated('a none -> 1.0.0'));
  });

  it('activates a deactivated package again', () => {
    given(activated('a none -> 1.0.0'), deactivated('a 1.0.0 -> none'))
      .when(activate(release('a 1.0.0')))
      .then(activated('a none -> 1.0.0'));
  });

  it('names a package and a release that do not exist', () => {
    given()
      .when(activate(release('a 1.0.0', null, { packageExists: false, release: null })))
      .refuses('PACKAGE_NOT_FOUND');
    given()
      .when(activate(release('a 1.0.0', null, { release: null })))
      .refuses('RELEASE_NOT_FOUND');
  });

  it('never moves to content that is missing or changed', () => {
    given()
      .when(activate(release('a 1.0.0', null, { content: 'missing' })))
      .refuses('CONTENT_CHANGED');
    given()
      .when(activate(release('a 1.0.0', null, { content: 'changed' })))
      .refuses('CONTENT_CHANGED');
  });

  it('lists all that stands against a set, members first, in the order they were named', () => {
    given(activated('c none -> 1.0.0'))
      .when(activate(release('c 1.0.0'), release('b 1.0.0-rc.1'), release('a 1.0.0 requires x')))
      .isBlockedBy('ALREADY_ACTIVE c', 'PRERELEASE_NOT_ACTIVATABLE b', 'DEPENDENCY_NOT_ACTIVE a');
  });
});

describe('activating what is not based on the active release', () => {
  const active = activated('a none -> 1.1.0');

  it('warns that it undoes the active release, and does not block', () => {
    const story = given(active).when(activate(release('a 1.2.0', '1.0.0')));
    story.warns('NOT_BASED_ON_ACTIVE a');
    story.then(activated('a 1.1.0 -> 1.2.0'));
  });

  it('does not warn when the active release is the base, or the base of the base', () => {
    given(active)
      .when(activate(release('a 1.2.0', '1.1.0')))
      .warns();
    given(active)
      .when(activate(release('a 1.3.0', '1.2.0', { ancestors: ['1.2.0', '1.1.0'] })))
      .warns();
  });

  it('warns of a release that was started from nothing beside the active one', () => {
    given(active)
      .when(activate(release('a 2.0.0', null)))
      .warns('NOT_BASED_ON_ACTIVE a');
  });

  it('does not warn of an adopted release, whose base is not known', () => {
    const adopted = { ...release('a 1.2.0').release!, status: 'staged', adopted: true, draft: null };
    given(active)
      .when(activate(release('a 1.2.0', null, { release: adopted as StagedRelease })))
      .warns();
  });

  it('does not warn where nothing is active', () => {
    given()
      .when(activate(release('a 1.2.0', '1.0.0')))
      .warns();
  });
});
