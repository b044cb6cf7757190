import {
  BadUserInput,
  baseOfDraft,
  type ChangeType,
  ChangeTypeTooSmall,
  type Committed,
  coversChange,
  decidePackage,
  DraftConflict,
  DraftNotFound,
  NothingToCommit,
  type PackageEvent,
  type PackageState,
  packageStream,
  nextVersion,
  splitPackageId,
  type Version,
  type VersionRequest,
} from '../../domain';
import {
  commitDraftContent,
  type Draft,
  type DraftRepository,
  type GitRepository,
  kindLayout,
  releasePath,
} from '../../git';
import { type ValidationEngine } from '../../validation';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Application, type CommitDraftInput } from '../application';
import { type CommandContext } from '../command-context';
import { optionalVersion, requireDraftId, requireMessage } from '../input/require-fields';
import { type Clock, type Projected, type ShareContent, type StepHook } from '../ports';
import { commandIdentity } from '../streams/command-identity';
import { type StreamHandler } from '../streams/stream-handler';
import { type Catalog } from './catalog';
import { type Change, type ChangeClassifier } from './change-classifier';
import { draftAsSeen } from './draft-as-seen';
import { releaseIn } from './release-answer';
import { prepareManifest } from './write-release';

interface Dependencies {
  readonly repository: GitRepository;
  readonly drafts: DraftRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly catalog: Catalog;
  readonly validation: ValidationEngine;
  readonly classifier: ChangeClassifier;
  readonly requireAdopted: RequireAdopted;
  readonly shareContent: ShareContent;
  readonly clock: Clock;
  readonly step: StepHook;
  readonly projected: Projected;
}

const CHANGE_TYPE = { MAJOR: 'major', MINOR: 'minor', PATCH: 'patch' } as const;

/** Commits a draft as a versioned release. Content is written and kept first; then the event that names it is appended. */
export function createCommitDraft(dependencies: Dependencies): Application['commitDraft'] {
  const { drafts, packages, catalog, requireAdopted, projected } = dependencies;
  return async (input, context) => {
    const id = requireDraftId('draft', input.draft);
    const message = requireMessage(input.message);
    const given = optionalVersion('version', input.version);
    const identity = commandIdentity('commitDraft', input, context);
    await requireAdopted();
    // A retry must be found even when the draft has ended since: its package then stands in the log.
    const packageId = (await drafts.get(id))?.package ?? (await catalog.packageOfDraft(id));
    if (packageId === null) throw new DraftNotFound(id);

    const { answer, position } = await packages.handle(packageStream(packageId), identity, {
      decide: (state) => decideOnDraft(dependencies, state, { input, message, given, context }),
      answer: (event, state) => {
        if (event?.type !== 'Committed') throw new TypeError('commitDraft always appends Committed');
        return { packageId, release: releaseIn(state, packageId, event.data.version), state: 'COMMITTED' as const };
      },
    });
    await projected(position);
    return { ...answer, position };
  };
}

interface Request {
  readonly input: CommitDraftInput;
  readonly message: string;
  readonly given: string | null;
  readonly context: CommandContext;
}

async function decideOnDraft(
  dependencies: Dependencies,
  state: PackageState,
  request: Request,
): Promise<PackageEvent | null> {
  const { expectedHead = null } = request.input;
  for (;;) {
    const draft = await draftAsSeen(dependencies, state, request.input, request.context.actor);
    try {
      return await commitOf(dependencies, state, draft, request);
    } catch (error) {
      // Somebody saved in between. A caller that did not say which head it saw commits what is there now.
      if (!(error instanceof DraftConflict) || expectedHead !== null) throw error;
    }
  }
}

async function commitOf(
  dependencies: Dependencies,
  state: PackageState,
  draft: Draft,
  { input, message, given, context: { actor } }: Request,
): Promise<PackageEvent | null> {
  const { repository, drafts, validation, requireAdopted, shareContent, clock, step } = dependencies;
  const { layout, serviceIdentity } = await requireAdopted();
  const kind = kindLayout(layout, splitPackageId(draft.package, layout.defaultKind).kind);
  const { baseVersion, baseTree } = baseOfDraft(state, draft);
  const changeType = requireChangeType(baseVersion, input);
  const living = await drafts.hold(draft.id);
  const versionRequest: VersionRequest = {
    package: draft.package,
    draft: draft.id,
    baseVersion,
    changeType,
    version: given,
    draftExists: (other) => living.has(other),
  };
  const version = nextVersion(state, versionRequest);
  const last = state.lastOfDraft.get(draft.id) ?? null;
  // The same content again is a release only where the draft's own, not yet staged, gets another version by it.
  const own = last === null || last.version === baseVersion ? null : last;
  if (draft.tree === (own?.tree ?? baseTree) && version === (own?.version ?? version))
    throw new NothingToCommit(draft.id);

  const manifest = await prepareManifest(
    { objects: repository.objects, validation },
    kind?.manifest ?? null,
    draft.tree,
    version,
  );
  await requireFitting(dependencies, { packageId: draft.package, baseTree, tree: draft.tree }, changeType);
  const now = clock.now();
  const { tree } = await drafts.save({
    draft: draft.id,
    expectedHead: draft.head,
    changes: manifest === null ? [] : [{ path: manifest.path, content: manifest.bytes }],
    lastCommit: last,
    actor,
    now,
  });
  const path = releasePath(layout, draft.package, version);
  if (path === null) throw new BadUserInput('draft', `the layout has no place for ${draft.package}.`);
  const facts = { package: draft.package, version, baseVersion, changeType, message };
  const content = await commitDraftContent(repository, {
    draft,
    lastCommit: last,
    releasePath: path,
    tree,
    facts: { ...facts, actor },
    occurredAt: now,
    serviceIdentity,
  });
  await step('kept');
  const { displayName = null, requires = [] } = manifest?.facts ?? {};
  const data: Committed['data'] = { ...facts, ...content, draft: draft.id, displayName, requires };
  const [decided = null] = decidePackage({ type: 'CommitRelease', data, request: versionRequest }, state);
  // What is refused needs no content anywhere else; what is appended must be there for the others.
  if (decided !== null) await shareContent(content.commit);
  return decided;
}

/** A first release changes nothing. @throws ChangeTypeTooSmall when the content needs a larger change type. */
async function requireFitting(
  { classifier }: Pick<Dependencies, 'classifier'>,
  change: Change,
  declared: ChangeType | null,
): Promise<void> {
  if (declared === null) return;
  const { required, reasons } = await classifier.classify(change);
  if (required !== null && !coversChange(declared, required)) throw new ChangeTypeTooSmall(declared, required, reasons);
}

/** Null for a first release, whatever the caller says. @throws BadUserInput when it is missing. */
function requireChangeType(baseVersion: Version | null, input: CommitDraftInput): ChangeType | null {
  if (baseVersion === null) return null;
  if (input.changeType == null) {
    throw new BadUserInput('changeType', 'is missing. Say whether the change is MAJOR, MINOR or PATCH.');
  }
  return CHANGE_TYPE[input.changeType];
}
