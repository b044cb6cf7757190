import { FIRST_VERSION, type PointerEvent, type PointerState, type ValidationReport } from '../../domain';
import { digestOf } from '../../eventstore';
import { type GitRepository, readReleaseFiles } from '../../git';
import { type ValidationEngine } from '../../validation';
import { type AdoptedPolicy } from '../adoption/adopted-policy';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Application } from '../application';
import { type DraftAnswer } from '../answers';
import { LatestUsed } from '../latest-used';
import { type Clock } from '../ports';
import { type Catalog } from '../releases/catalog';
import { manifestOf, releaseRequest, surroundingsNow, type UndatedRequest } from '../releases/release-request';
import { type StreamHandler } from '../streams/stream-handler';

const MAX_CACHED = 500;

/** The checks on a draft as it stands, cached by everything the report depends on. Nothing is stored. */
export function createValidateDraft(dependencies: {
  readonly repository: GitRepository;
  readonly pointer: StreamHandler<PointerState, PointerEvent>;
  readonly catalog: Catalog;
  readonly validation: ValidationEngine;
  readonly requireAdopted: RequireAdopted;
  readonly adoptedPolicy: AdoptedPolicy;
  readonly clock: Clock;
}): Pick<Application, 'validateDraft' | 'isDraftValidated'> {
  const { repository, validation, clock } = dependencies;
  const cache = new LatestUsed<ValidationReport>(MAX_CACHED);

  const requestFor = async (draft: DraftAnswer): Promise<UndatedRequest> => {
    const { packageId: id, baseVersion, tree } = draft;
    const surroundings = await surroundingsNow(dependencies);
    const files = await readReleaseFiles(repository.objects, tree);
    const manifest = manifestOf(surroundings.layout, id);
    const bytes = files.find((file) => file.path === manifest?.file)?.bytes;
    const { requires } =
      manifest === null || bytes === undefined ? { requires: [] } : await validation.readManifest(bytes, manifest);
    const plannedVersion = baseVersion ?? FIRST_VERSION;
    return releaseRequest(surroundings, { package: id, version: null, plannedVersion, tree, requires, files });
  };

  const keyOf = ({ package: id, tree, map, policy }: UndatedRequest): string =>
    digestOf([id, tree, map, validation.rulesetDigest(policy)]);

  return {
    validateDraft: async (draft) => {
      const request = await requestFor(draft);
      const validate = (): Promise<ValidationReport> => validation.validate({ ...request, validatedAt: clock.now() });
      const report = await cache.get(keyOf(request), validate);
      return { packageId: draft.packageId, tree: draft.tree, report };
    },
    isDraftValidated: async (draft) => cache.has(keyOf(await requestFor(draft))),
  };
}
