import DataLoader from 'dataloader';
import {
  type Application,
  type ArtifactAnswer,
  type DraftAnswer,
  type DraftClassification,
  type DraftReport,
} from '../application';
import { BadUserInput, type RecordedEvent } from '../domain';
import {
  type ActivationRow,
  type PackageRow,
  type PointerMap,
  type Projections,
  type ReleaseKey,
  type ReleaseRow,
  type ReportRow,
} from '../projections';

/** Validations and classifications of drafts that one operation may cause; those already known cost nothing. */
export const MAX_DRAFT_VALIDATIONS = 20;

/** Counts what one operation, or one event of a subscription, has caused. */
export interface OperationBudget {
  draftValidations: number;
  planTargets: number;
}

/** What nested fields ask for, gathered into one question per level of a query. A fresh set wherever the state may have moved on. */
export interface Loaders {
  readonly package: DataLoader<string, PackageRow | null>;
  readonly release: DataLoader<ReleaseKey, ReleaseRow | null, string>;
  readonly activeRelease: DataLoader<string, ReleaseRow | null>;
  readonly requiredInputs: DataLoader<string, readonly string[]>;
  readonly dependants: DataLoader<string, readonly string[]>;
  readonly releasesOfDraft: DataLoader<string, readonly ReleaseRow[]>;
  readonly draftsOfPackage: DataLoader<string, readonly DraftAnswer[]>;
  /** By the Git tree id of a release directory. */
  readonly artifacts: DataLoader<string, readonly ArtifactAnswer[]>;
  readonly report: DataLoader<string, ReportRow | null>;
  /** @throws BadUserInput beyond {@link MAX_DRAFT_VALIDATIONS}. */
  readonly draftReport: DataLoader<DraftAnswer, DraftReport, string>;
  /** @throws BadUserInput beyond {@link MAX_DRAFT_VALIDATIONS}. */
  readonly draftClassification: DataLoader<DraftAnswer, DraftClassification | null, string>;
  readonly activation: DataLoader<string, ActivationRow | null>;
  /** By the revision of a move: the whole map after it. */
  readonly pointerAt: DataLoader<number, PointerMap>;
  readonly event: DataLoader<string, RecordedEvent | null>;
}

export function createLoaders({
  application,
  projections,
  budget,
}: {
  readonly application: Application;
  readonly projections: Pick<Projections, 'readModel'>;
  readonly budget: OperationBudget;
}): Loaders {
  const { readModel } = projections;
  return {
    package: batched((ids) => readModel.packagesById(ids)),
    release: new DataLoader((keys) => Promise.resolve(readModel.releasesByKey(keys)), {
      cacheKeyFn: (key) => `${key.package}@${key.version}`,
    }),
    activeRelease: batched((ids) => readModel.activeReleaseOf(ids)),
    requiredInputs: batched((ids) => readModel.requiredInputs(ids)),
    dependants: batched((ids) => readModel.dependants(ids)),
    releasesOfDraft: batched((drafts) => readModel.releasesOfDraft(drafts)),
    draftsOfPackage: batched((ids) => draftsOf(application, ids)),
    artifacts: batched((trees) => Promise.all(trees.map((tree) => application.artifacts(tree)))),
    report: batched((ids) => readModel.reportsById(ids)),
    draftReport: ofDrafts(budget, {
      field: 'validation',
      isKnown: (draft) => application.isDraftValidated(draft),
      load: (draft) => application.validateDraft(draft),
    }),
    draftClassification: ofDrafts(budget, {
      field: 'classification',
      isKnown: (draft) => application.isDraftClassified(draft),
      load: (draft) => application.classifyDraft(draft),
    }),
    activation: batched((ids) => readModel.activationsById(ids)),
    pointerAt: batched((revisions) => readModel.pointersAt(revisions)),
    event: batched((ids) => readModel.loadEvents(ids)),
  };
}

function batched<K, V>(load: (keys: readonly K[]) => readonly V[] | Promise<readonly V[]>): DataLoader<K, V> {
  return new DataLoader(async (keys) => load(keys));
}

async function draftsOf(application: Application, ids: readonly string[]): Promise<readonly DraftAnswer[][]> {
  const [only] = ids;
  const drafts = await application.listDrafts(ids.length === 1 && only !== undefined ? only : null);
  return ids.map((id) => drafts.filter((draft) => draft.packageId === id));
}

/** What is computed of drafts, each at the cost of one validation unless it is known already. */
function ofDrafts<T>(
  budget: OperationBudget,
  source: {
    readonly field: string;
    readonly isKnown: (draft: DraftAnswer) => Promise<boolean>;
    readonly load: (draft: DraftAnswer) => Promise<T>;
  },
): DataLoader<DraftAnswer, T, string> {
  const { field, isKnown, load } = source;
  const charged = async (draft: DraftAnswer): Promise<T> => {
    if (!(await isKnown(draft)) && ++budget.draftValidations > MAX_DRAFT_VALIDATIONS) {
      const limit = String(MAX_DRAFT_VALIDATIONS);
      throw new BadUserInput(field, `one operation may validate at most ${limit} drafts. Ask for fewer.`);
    }
    return load(draft);
  };
  return new DataLoader(
    async (drafts) =>
      (await Promise.allSettled(drafts.map(charged))).map((result) =>
        result.status === 'fulfilled' ? result.value : toError(result.reason),
      ),
    { cacheKeyFn: (draft) => `${draft.id}@${draft.head}` },
  );
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('A validation failed without an error.', { cause: reason });
}
