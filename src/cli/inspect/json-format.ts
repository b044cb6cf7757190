import { type HistoryCommit, type LiveInterval, type RepositoryHistory } from '../../git';
import { jsonFormat as jsonOfTree } from '../validate/json-format';
import { type InspectedRepository } from './inspected-repository';

/** Raised when something is taken away or means something else; what is added does not raise it. */
const FORMAT = 1;

/** Everything that is known, for programs. Commits are named by id; what they are stands once, in `commits`. */
export function jsonFormat(inspected: InspectedRepository): object {
  const { name, commit, source, tip, history, edits, irregularities, isSound } = inspected;
  const { root: _root, ...atTip } = jsonOfTree(tip) as Readonly<Record<string, unknown>>;
  return {
    format: FORMAT,
    sound: isSound,
    repository: name,
    commit,
    layout: source?.layout ?? null,
    pointerFile: source === null || !source.hasPointerFile ? null : source.layout.pointer.path,
    active: source === null ? {} : Object.fromEntries(source.pointer),
    tip: atTip,
    commits: history?.steps.map((step) => step.commit) ?? [],
    live: history?.live.map(interval) ?? [],
    moves: history === null ? [] : moves(history),
    releases: history === null ? [] : releases(history),
    edits: edits.map(({ commit: made, ...edit }) => ({ ...edit, commit: made.id })),
    irregularities,
  };
}

function interval({ package: id, version, from, until, hadContent }: LiveInterval): object {
  return {
    package: id,
    version,
    from: { commit: from.id, at: from.inForceFrom },
    until: until === null ? null : { commit: until.id, at: until.inForceFrom },
    hadContent,
  };
}

function moves({ steps }: RepositoryHistory): readonly object[] {
  return steps.flatMap(({ commit, pointerChanges }) =>
    pointerChanges.length === 0 ? [] : [{ commit: commit.id, changes: pointerChanges }],
  );
}

function releases({ releases: all }: RepositoryHistory): readonly object[] {
  const idOf = (commit: HistoryCommit | null): string | null => commit?.id ?? null;
  return all.map(({ appeared, firstActive, removals, edits, ...release }) => ({
    ...release,
    appeared: idOf(appeared),
    firstActive: idOf(firstActive),
    removals: removals.map(idOf),
    edits: edits.map((edit) => idOf(edit.commit)),
  }));
}
