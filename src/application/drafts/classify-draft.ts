import { nextVersion, type PackageEvent, type PackageState, packageStream } from '../../domain';
import { type DraftRepository } from '../../git';
import { type Application } from '../application';
import { type ChangeClassifier } from '../releases/change-classifier';
import { type StreamHandler } from '../streams/stream-handler';

/** What a draft as it stands needs as its change type, and the version it would get. Nothing is stored. */
export function createClassifyDraft(dependencies: {
  readonly drafts: DraftRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly classifier: ChangeClassifier;
}): Pick<Application, 'classifyDraft' | 'isDraftClassified'> {
  const { drafts, packages, classifier } = dependencies;
  return {
    classifyDraft: async (draft) => {
      const { id, packageId, baseVersion } = draft;
      if (baseVersion === null) return null;
      const { required, reasons } = await classifier.classify(draft);
      if (required === null) return null;
      // A query does not wait for the remote that nodes share.
      const living = await drafts.knownIds();
      const request = {
        package: packageId,
        draft: id,
        baseVersion,
        changeType: required,
        version: null,
        draftExists: (other: string) => living.has(other),
      };
      const version = await packages.inspect(packageStream(packageId), (state) => nextVersion(state, request));
      return { required, nextVersion: version, reasons };
    },
    isDraftClassified: async (draft) => draft.baseVersion === null || classifier.isKnown(draft),
  };
}
