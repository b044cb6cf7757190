import { refusalOf } from '../specification';
import { decidePackage, nextVersion, stageable } from '../../../src/domain';
import {
  adopted,
  commit,
  committed,
  fold,
  given,
  reportThatIs,
  request,
  stage,
  staged,
  tag,
  tagged,
  validationFailed,
} from './package-story';

describe('committing', () => {
  it('states what was committed', () => {
    given(adopted('1.4.0')).when(commit('minor')).then(committed('1.5.0'));
  });

  it('commits again under the same version until it is staged', () => {
    given(adopted('1.4.0'), committed('1.5.0')).when(commit('minor')).then(committed('1.5.0'));
    given(adopted('1.4.0'), committed('1.5.0'), validationFailed('1.5.0'))
      .when(commit('minor'))
      .then(committed('1.5.0'));
    given(adopted('1.4.0'), committed('1.5.0'), staged('1.5.0')).when(commit('minor')).then(committed('1.6.0'));
  });

  it('commits the first release of a package', () => {
    given()
      .when(commit(null, { baseVersion: null }))
      .then(committed('1.0.0', { changeType: null, baseVersion: null }));
  });

  it('is refused when somebody took the version after it was decided', () => {
    const asked = request('minor');
    const { data } = committed(nextVersion(fold([adopted('1.4.0')]), asked));
    given(adopted('1.4.0'), committed('1.5.0', { draft: 'other' }))
      .when({ type: 'CommitRelease', data, request: asked })
      .refuses('VERSION_TAKEN');
    given(adopted('1.4.0'), committed('1.5.0', { draft: 'other' }), staged('1.5.0'))
      .when({ type: 'CommitRelease', data, request: asked })
      .refuses('RELEASE_LOCKED');
  });
});

describe('staging', () => {
  it('stages a release whose report is valid', () => {
    given(committed('1.5.0')).when(stage('1.5.0')).then(staged('1.5.0'));
  });

  it('states a failed validation, after which it may be staged again', () => {
    given(committed('1.5.0'))
      .when(stage('1.5.0', { report: reportThatIs(false) }))
      .then(validationFailed('1.5.0'));
    given(committed('1.5.0'), validationFailed('1.5.0')).when(stage('1.5.0')).then(staged('1.5.0'));
  });

  it('stages an adopted release that was never active', () => {
    given(adopted('1.5.0')).when(stage('1.5.0')).then(staged('1.5.0'));
  });

  it('is refused for a release that is staged already', () => {
    given(committed('1.5.0'), staged('1.5.0')).when(stage('1.5.0')).refuses('RELEASE_LOCKED');
  });

  it('is refused for a release that is or was in production', () => {
    given(adopted('1.4.0'))
      .when(stage('1.4.0', { wasActive: true }))
      .refuses('RELEASE_LOCKED');
  });

  it('is refused when the caller looked at another commit', () => {
    given(committed('1.5.0'), committed('1.5.0', { commit: 'second' }))
      .when(stage('1.5.0', { commit: 'second', expectedCommit: 'commit-1.5.0' }))
      .refuses('RELEASE_CHANGED');
    given(committed('1.5.0'))
      .when(stage('1.5.0', { expectedCommit: 'commit-1.5.0' }))
      .then(staged('1.5.0'));
  });

  it('is refused when the release was committed again while it was validated', () => {
    given(committed('1.5.0'), committed('1.5.0', { commit: 'second' }))
      .when(stage('1.5.0'))
      .refuses('RELEASE_CHANGED');
  });

  it('stores the tree that was committed last', () => {
    given(committed('1.5.0'), committed('1.5.0', { commit: 'second', tree: 'other-tree' }))
      .when(stage('1.5.0', { commit: 'second' }))
      .then(staged('1.5.0', { commit: 'second', tree: 'other-tree' }));
  });

  it('is refused for what does not exist', () => {
    given().when(stage('1.5.0')).refuses('PACKAGE_NOT_FOUND');
    given(adopted('1.4.0')).when(stage('1.5.0')).refuses('RELEASE_NOT_FOUND');
  });

  it('says before any validation whether there is something to validate', () => {
    const asked = { package: 'project_discovery', version: '1.5.0', expectedCommit: null, wasActive: false };
    expect(stageable(fold([committed('1.5.0')]), asked).tree).toBe('tree-1.5.0');
    expect(refusalOf(() => stageable(fold([committed('1.5.0'), staged('1.5.0')]), asked)).code).toBe('RELEASE_LOCKED');
  });
});

describe('tagging', () => {
  it('tags a staged or adopted release with its display name and version', () => {
    given(committed('1.5.0'), staged('1.5.0')).when(tag('1.5.0')).then(tagged('1.5.0', 'Project Discovery 1.5.0'));
    given(adopted('1.4.0')).when(tag('1.4.0')).then(tagged('1.4.0', 'Project Discovery 1.4.0'));
  });

  it('uses the package id where there is no display name, and the message where one is given', () => {
    given(adopted('1.4.0', { displayName: null }))
      .when(tag('1.4.0'))
      .then(tagged('1.4.0', 'project_discovery 1.4.0'));
    given(adopted('1.4.0')).when(tag('1.4.0', 'The big one')).then(tagged('1.4.0', 'The big one'));
  });

  it('does nothing the second time, whatever the message', () => {
    given(adopted('1.4.0'), tagged('1.4.0', 'first')).when(tag('1.4.0', 'second')).thenNothing();
  });

  it('is refused for a release that is only committed', () => {
    given(committed('1.5.0')).when(tag('1.5.0')).refuses('RELEASE_NOT_STAGED');
  });

  it('is refused for what does not exist', () => {
    given().when(tag('1.5.0')).refuses('PACKAGE_NOT_FOUND');
    given(adopted('1.4.0')).when(tag('1.5.0')).refuses('RELEASE_NOT_FOUND');
  });
});

it('decides the same again on the same state, and leaves the state alone', () => {
  const state = fold([committed('1.5.0')]);
  const first = decidePackage(stage('1.5.0'), state);
  expect(decidePackage(stage('1.5.0'), state)).toEqual(first);
  expect(state).toEqual(fold([committed('1.5.0')]));
});
