import {
  BadUserInput,
  DraftNotFound,
  type PackageEvent,
  type PackageState,
  packageStream,
  POINTER_STREAM,
  type PointerEvent,
  type PointerState,
  splitPackageId,
  Unavailable,
} from '../../domain';
import {
  type ArtifactEdit,
  type Draft,
  type DraftRepository,
  type GitRepository,
  kindLayout,
  MAIN_REF,
} from '../../git';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type DraftAnswer } from '../answers';
import { type Application, type ArtifactChange } from '../application';
import { optionalVersion, requireDraftId, requirePackageId } from '../input/require-fields';
import { type Clock, type Ids } from '../ports';
import { type Catalog } from '../releases/catalog';
import { type StreamHandler } from '../streams/stream-handler';
import { baseRelease } from './base-release';
import { draftAnswer, standingOf } from './draft-answer';
import { createDraftIds } from './draft-ids';

type DraftUseCases = Pick<
  Application,
  'startDraft' | 'saveArtifacts' | 'discardChanges' | 'abandonDraft' | 'getDraft' | 'listDrafts'
>;

const MAX_CHANGES = 500;

/** Starting, editing and abandoning drafts: Git state and nothing else, no event is written. */
export function createDraftUseCases(dependencies: {
  readonly repository: GitRepository;
  readonly drafts: DraftRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly pointer: StreamHandler<PointerState, PointerEvent>;
  readonly catalog: Catalog;
  readonly requireAdopted: RequireAdopted;
  readonly clock: Clock;
  readonly ids: Ids;
}): DraftUseCases {
  const { repository, drafts, packages, pointer, requireAdopted, clock } = dependencies;
  const draftIds = createDraftIds(dependencies);

  const answer = async (draft: Draft): Promise<DraftAnswer> => draftAnswer(draft, await standingOf(packages, draft));

  const existing = async (id: string): Promise<Draft> => {
    const draft = await drafts.get(requireDraftId('draft', id));
    if (draft === null) throw new DraftNotFound(id);
    return draft;
  };

  return {
    startDraft: async (input, { actor }) => {
      const { layout } = await requireAdopted();
      const id = requirePackageId('package', input.package, layout);
      const { kind, name } = splitPackageId(id, layout.defaultKind);
      if (kindLayout(layout, kind) === null) {
        throw new BadUserInput(
          'package',
          `${kind} is not a kind of this repository. It has ${Object.keys(layout.kinds).join(', ')}.`,
        );
      }
      const given = optionalVersion('baseVersion', input.baseVersion);
      const wanted = input.name == null ? null : requireDraftId('name', input.name);
      const active = await pointer.inspect(POINTER_STREAM, (state) => state.entries.get(id)?.active?.version ?? null);
      const base = await packages.inspect(packageStream(id), (state) =>
        baseRelease(state, { package: id, given, active, create: input.create === true }),
      );
      const baseCommit = await repository.refs.read(MAIN_REF);
      if (baseCommit === null) throw new Unavailable('The repository has no branch main yet. Try again.');
      const start = (draftId: string): Promise<Draft> =>
        drafts.start({
          id: draftId,
          package: id,
          baseVersion: base?.version ?? null,
          baseCommit,
          baseTree: base?.tree ?? null,
          actor,
          now: clock.now(),
        });
      return answer(await draftIds.give(wanted ?? { like: name }, start));
    },

    saveArtifacts: async (input, { actor }) => {
      const changes = requireEdits(input.changes);
      const draft = await existing(input.draft);
      const { lastCommit } = await standingOf(packages, draft);
      const { expectedHead = null } = input;
      return answer(await drafts.save({ draft: draft.id, expectedHead, changes, lastCommit, actor, now: clock.now() }));
    },

    discardChanges: async (input, { actor }) => {
      const draft = await existing(input.draft);
      const { lastCommit } = await standingOf(packages, draft);
      const { expectedHead = null, paths = null } = input;
      return answer(
        await drafts.discard({ draft: draft.id, expectedHead, paths, lastCommit, actor, now: clock.now() }),
      );
    },

    abandonDraft: async ({ draft }) => {
      await drafts.abandon(requireDraftId('draft', draft));
      return draft;
    },

    getDraft: async (id) => {
      const draft = await drafts.get(id);
      return draft === null ? null : answer(draft);
    },

    listDrafts: async (packageId) => {
      const all = await drafts.list();
      const wanted = all.filter((draft) => packageId === null || draft.package === packageId);
      wanted.sort((a, b) =>
        a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1,
      );
      return Promise.all(wanted.map(answer));
    },
  };
}

function requireEdits(changes: readonly ArtifactChange[]): readonly ArtifactEdit[] {
  if (changes.length === 0) throw new BadUserInput('changes', 'is empty. Name at least one file.');
  if (changes.length > MAX_CHANGES) {
    throw new BadUserInput(
      'changes',
      `names ${String(changes.length)} files; at most ${String(MAX_CHANGES)} are allowed.`,
    );
  }
  return changes.map(({ path, content, delete: remove }, index) => {
    const field = `changes[${String(index)}]`;
    if (remove === true && content != null) throw new BadUserInput(field, 'has content and delete. Give one of them.');
    if (remove === true) return { path, content: null };
    if (content == null)
      throw new BadUserInput(`${field}.content`, 'is missing. Give the whole text of the file, or delete: true.');
    return { path, content };
  });
}
