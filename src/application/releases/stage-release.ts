import {
  contentBlockers,
  decidePackage,
  MoveBlocked,
  type PackageEvent,
  type PackageState,
  packageStream,
  type PointerEvent,
  type PointerState,
  type Release,
  stageable,
  type ValidationReport,
} from '../../domain';
import { type DraftRepository, type GitRepository, ObjectMissing, readReleaseFiles } from '../../git';
import { type ContentFile, type ValidationEngine } from '../../validation';
import { type AdoptedPolicy } from '../adoption/adopted-policy';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Application } from '../application';
import { type ContentLock } from '../content/content-lock';
import { requirePackageId, requireVersion } from '../input/require-fields';
import { type Clock, type Projected, type StepHook } from '../ports';
import { commandIdentity } from '../streams/command-identity';
import { type StreamHandler } from '../streams/stream-handler';
import { type Catalog } from './catalog';
import { pointerView, releaseIn, releaseState } from './release-answer';
import { releaseRequest, surroundingsNow } from './release-request';

interface Dependencies {
  readonly repository: GitRepository;
  readonly drafts: DraftRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly pointer: StreamHandler<PointerState, PointerEvent>;
  readonly catalog: Catalog;
  readonly contentLock: ContentLock;
  readonly validation: ValidationEngine;
  readonly requireAdopted: RequireAdopted;
  readonly adoptedPolicy: AdoptedPolicy;
  readonly clock: Clock;
  readonly step: StepHook;
  readonly projected: Projected;
}

/** Validates a committed release and stores the report with `Staged` or `ValidationFailed`; a staged release is locked. */
export function createStageRelease(dependencies: Dependencies): Application['stageRelease'] {
  const { drafts, packages, pointer, requireAdopted, projected, step } = dependencies;
  return async (input, context) => {
    const { layout } = await requireAdopted();
    const id = requirePackageId('package', input.package, layout);
    const version = requireVersion('version', input.version);
    const { expectedCommit = null } = input;
    const identity = commandIdentity('stageRelease', input, context);

    const { answer, position } = await packages.handle(packageStream(id), identity, {
      decide: async (state) => {
        const request = {
          package: id,
          version,
          expectedCommit,
          wasActive: (await pointerView(pointer, id, version)).wasActive,
        };
        const release = stageable(state, request);
        const report = await validate(dependencies, id, release);
        await step('validated');
        const data = { ...request, commit: release.commit, report };
        return decidePackage({ type: 'StageRelease', data }, state)[0] ?? null;
      },
      answer: (event, state) => {
        if (event?.type !== 'Staged' && event?.type !== 'ValidationFailed')
          throw new TypeError('stageRelease always appends an event');
        const release = releaseIn(state, id, version);
        return {
          staged: event.type === 'Staged',
          release,
          report: event.data.report,
          reportId: event.metadata.eventId,
        };
      },
    });
    if (answer.staged && answer.release.draft !== null) await drafts.end(answer.release.draft, answer.release.tree);
    await projected(position);
    const view = { isActive: false, wasActive: false }; // what was staged just now has not been active
    return { ...answer, packageId: id, state: releaseState(answer.release, view), position };
  };
}

async function validate(dependencies: Dependencies, id: string, release: Release): Promise<ValidationReport> {
  const { validation, clock } = dependencies;
  const { version, tree, requires } = release;
  await requireUnchanged(dependencies, id, release);
  const files = await lockedFiles(dependencies, id, release);
  const candidate = { package: id, version, plannedVersion: version, tree, requires, files };
  const request = releaseRequest(await surroundingsNow(dependencies), candidate);
  return validation.validate({ ...request, validatedAt: clock.now() });
}

/** What stands on `main` under the release's name is never written over. @throws MoveBlocked (CONTENT_CHANGED) */
async function requireUnchanged({ contentLock }: Dependencies, id: string, release: Release): Promise<void> {
  const { version, tree } = release;
  const [blocker] = contentBlockers(id, version, await contentLock(id, version, tree, 'whole'));
  if (blocker !== undefined) throw new MoveBlocked([blocker]);
}

/** @throws MoveBlocked (CONTENT_CHANGED) when the committed content cannot be read any more. */
async function lockedFiles(
  { repository }: Dependencies,
  id: string,
  release: Release,
): Promise<readonly ContentFile[]> {
  try {
    return await readReleaseFiles(repository.objects, release.tree);
  } catch (error) {
    const [blocker] = contentBlockers(id, release.version, 'missing');
    if (error instanceof ObjectMissing && blocker !== undefined) throw new MoveBlocked([blocker]);
    throw error;
  }
}
