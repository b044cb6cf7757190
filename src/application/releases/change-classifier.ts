import { type ChangeClassification, type PackageId, splitPackageId } from '../../domain';
import { digestOf } from '../../eventstore';
import { type GitRepository, readReleaseFiles } from '../../git';
import { NOT_COMPARED, type ValidationEngine } from '../../validation';
import { type RequireAdopted } from '../adoption/require-adopted';
import { LatestUsed } from '../latest-used';
import { manifestOf } from './release-request';

/** A change of a package: two Git tree ids of its release directory. */
export interface Change {
  readonly packageId: PackageId;
  readonly baseTree: string;
  readonly tree: string;
}

/** The change type that a change needs, kept by what it depends on: both trees, the layout and the rules. */
export interface ChangeClassifier {
  classify(change: Change): Promise<ChangeClassification>;
  /** True when {@link classify} would answer without reading anything. */
  isKnown(change: Change): Promise<boolean>;
}

const MAX_CACHED = 500;

export function createChangeClassifier(dependencies: {
  readonly repository: GitRepository;
  readonly validation: ValidationEngine;
  readonly requireAdopted: RequireAdopted;
}): ChangeClassifier {
  const { repository, validation, requireAdopted } = dependencies;
  const cache = new LatestUsed<ChangeClassification>(MAX_CACHED);

  const kindOf = async (packageId: PackageId) => {
    const { layout } = await requireAdopted();
    return { kind: splitPackageId(packageId, layout.defaultKind).kind, manifest: manifestOf(layout, packageId) };
  };
  const keyOf = async ({ packageId, baseTree, tree }: Change): Promise<string> =>
    digestOf([await kindOf(packageId), baseTree, tree]);

  const compute = async ({ packageId, baseTree, tree }: Change): Promise<ChangeClassification> => {
    const [before, after] = await Promise.all(
      [baseTree, tree].map((each) => readReleaseFiles(repository.objects, each)),
    );
    return validation.classifyChange({ ...(await kindOf(packageId)), before: before ?? [], after: after ?? [] });
  };

  return {
    async classify(change) {
      if (change.baseTree === change.tree) return { required: null, reasons: [] };
      const key = await keyOf(change);
      const classification = await cache.get(key, () => compute(change));
      // Another try may get further.
      if (classification.reasons.some(({ rule }) => rule === NOT_COMPARED)) cache.forget(key);
      return classification;
    },
    isKnown: async (change) => change.baseTree === change.tree || cache.has(await keyOf(change)),
  };
}
