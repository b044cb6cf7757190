// The operations of the tour, in the words of the API. The documentation shows the same ones.

export const ACTIVE = '{ activeReleases { revision commit pointer } }';

export const PACKAGES = `query ($first: ID!, $second: ID!) {
  first: package(id: $first) { id }
  second: package(id: $second) { id }
}`;

export const START_DRAFT = `mutation ($input: StartDraftInput!) {
  startDraft(input: $input) { draft { id branch head baseVersion } }
}`;

export const SAVE = `mutation ($input: SaveArtifactsInput!) {
  saveArtifacts(input: $input) { draft { head dirty } }
}`;

export const DIFF = `query ($id: ID!) {
  draft(id: $id) { changes { path change added removed unified } }
}`;

export const COMMIT = `mutation ($input: CommitDraftInput!) {
  commitDraft(input: $input) { position release { version state commit tree branch } }
}`;

export const STAGE = `mutation ($input: StageReleaseInput!) {
  stageRelease(input: $input) {
    staged position
    report { valid checks { check passed errorCount } findings { severity rule path line column message } }
  }
}`;

export const PLAN = `query ($releases: [ReleaseInput!]!) {
  activationPlan(releases: $releases) { id ok blockers { code message unblock } warnings { code message } affected pointer }
}`;

export const ACTIVATE = `mutation ($input: ActivateReleasesInput!) {
  activateReleases(input: $input) { position activation { id at changes { packageId fromVersion toVersion } } }
}`;

export const ROLL_BACK_SET = `mutation ($input: RollbackActivationInput!) {
  rollbackActivation(input: $input) { position activation { id at changes { packageId fromVersion toVersion } } }
}`;

export const TAG = `mutation ($input: TagReleaseInput!) {
  tagRelease(input: $input) { tag position }
}`;

export const ACTIVATION = `query ($id: ID!) {
  activation(id: $id) { commit pointer }
}`;

export const LAST_EVENT = `query ($package: ID!) {
  auditLog(package: $package, first: 1) { nodes { commit event { type stream revision } } }
}`;

export const AUDIT = `query ($package: ID!) {
  auditLog(package: $package, first: 12) { nodes { at action packageId version actor { id } reason } }
}`;

export const ACTIVE_AT = `query ($at: DateTime!) {
  activeReleases(at: $at) { revision pointer }
}`;
