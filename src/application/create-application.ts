import {
  emptyPointer,
  evolvePackage,
  evolvePointer,
  evolveRepository,
  NOT_ADOPTED,
  type PackageEvent,
  type PackageState,
  type PointerEvent,
  type PointerState,
  type RepositoryEvent,
  type RepositoryState,
  UNKNOWN_PACKAGE,
} from '../domain';
import { type EventStore } from '../eventstore';
import { type DraftRepository, type DriftWatch, type GitRepository } from '../git';
import { type ValidationEngine } from '../validation';
import { createAdoptedPolicy } from './adoption/adopted-policy';
import { createRequireAdopted } from './adoption/require-adopted';
import { type Application } from './application';
import { availableDrafts, availableRepository } from './content/available-git';
import { createContentLock, createContentUseCases } from './content/content-use-cases';
import { createClassifyDraft } from './drafts/classify-draft';
import { createDraftUseCases } from './drafts/draft-use-cases';
import { createEndStagedDrafts } from './drafts/end-staged-drafts';
import { createValidateDraft } from './drafts/validate-draft';
import { createDriftUseCases } from './drift/drift-use-cases';
import { createPointerUseCases } from './pointer/pointer-use-cases';
import { createPinReader } from './pointer/read-pins';
import { type Clock, type Ids, type Projected, type ShareContent, type StepHook } from './ports';
import { availableValidation } from './releases/available-validation';
import { createChangeClassifier } from './releases/change-classifier';
import { createCatalog } from './releases/catalog';
import { createCommitDraft } from './releases/commit-draft';
import { createStageRelease } from './releases/stage-release';
import { createTagRelease } from './releases/tag-release';
import { createStreamHandler } from './streams/stream-handler';

/** What the use cases stand on. */
export interface ApplicationDependencies {
  readonly store: EventStore;
  readonly repository: GitRepository;
  readonly drafts: DraftRepository;
  readonly driftWatch: DriftWatch;
  readonly validation: ValidationEngine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly projected: Projected;
  readonly shareContent: ShareContent;
  readonly step: StepHook;
}

/** Puts the use cases together. */
export function createApplication(
  dependencies: ApplicationDependencies,
): Application & { readonly endStagedDrafts: () => Promise<void> } {
  const packages = createStreamHandler<PackageState, PackageEvent>({
    ...dependencies,
    initial: () => UNKNOWN_PACKAGE,
    evolve: evolvePackage,
  });
  const pointer = createStreamHandler<PointerState, PointerEvent>({
    ...dependencies,
    initial: emptyPointer,
    evolve: evolvePointer,
  });
  const repositoryStream = createStreamHandler<RepositoryState, RepositoryEvent>({
    ...dependencies,
    initial: () => NOT_ADOPTED,
    evolve: evolveRepository,
  });
  const requireAdopted = createRequireAdopted(repositoryStream);
  const adoptedPolicy = createAdoptedPolicy({ ...dependencies, requireAdopted });
  const catalog = createCatalog(dependencies);
  const validation = availableValidation(dependencies.validation);
  const repository = availableRepository(dependencies.repository);
  const drafts = availableDrafts(dependencies.drafts);
  const shared = {
    ...dependencies,
    repository,
    drafts,
    validation,
    packages,
    pointer,
    requireAdopted,
    adoptedPolicy,
    catalog,
  };
  const classifier = createChangeClassifier(shared);
  const contentLock = createContentLock(shared);
  return {
    ...createDraftUseCases(shared),
    ...createValidateDraft(shared),
    ...createClassifyDraft({ ...shared, classifier }),
    ...createContentUseCases(shared),
    ...createDriftUseCases(dependencies),
    ...createPointerUseCases({
      ...shared,
      contentLock,
      readPins: createPinReader(shared),
      rulesetInForce: async () => validation.rulesetDigest(await adoptedPolicy()),
    }),
    commitDraft: createCommitDraft({ ...shared, classifier }),
    stageRelease: createStageRelease({ ...shared, contentLock }),
    tagRelease: createTagRelease(shared),
    validationRules: () => validation.rules,
    endStagedDrafts: createEndStagedDrafts(shared),
  };
}
