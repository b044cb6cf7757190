import { danglingEntries } from '../../application';
import { inOneLine } from '../../domain';
import { type HistoryCommit, type LiveInterval } from '../../git';
import { humanFormat as linesOfTree } from '../validate/human-format';
import { type InspectedRepository } from './inspected-repository';
import { counted } from '../counted';

const SHORT_ID = 10;
const REASONS_SHOWN = 2;

/** For people: a summary first, then what stands behind each line of it. */
export function humanFormat(inspected: InspectedRepository): readonly string[] {
  return [
    ...summary(inspected),
    ...section('What was live when', inspected.history?.live.map(liveLine) ?? []),
    ...section('Content that changed under the same version', editLines(inspected)),
    ...section(
      'Irregular in the history',
      inspected.irregularities
        // The edits stand above, with the change type that each needed.
        .filter(({ rule }) => !rule.startsWith('release-edited'))
        .map(
          ({ severity, rule, message, commit, at }) =>
            `${at.slice(0, 10)} ${commit.slice(0, SHORT_ID)} ${severity.toLowerCase()} ${rule} ${message}`,
        ),
    ),
    ...section(`Findings of the checks at ${inspected.commit.slice(0, SHORT_ID)}`, linesOfTree(inspected.tip, '/')),
  ];
}

function summary({
  name,
  commit,
  source,
  tip,
  history,
  edits,
  irregularities,
}: InspectedRepository): readonly string[] {
  const commits = history?.steps.map((step) => step.commit) ?? [];
  const [first, last] = [commits.at(0), commits.at(-1)];
  const times = first === undefined || last === undefined ? '' : `, ${dayOf(first)} to ${dayOf(last)}`;
  const lines = [`${inOneLine(name)} at ${commit}: ${counted(commits.length, 'commit')}${times}`];
  if (source === null || history === null) return [...lines, 'Its releases cannot be told; see below.'];

  const kinds = Object.entries(source.layout.kinds);
  const dangling = danglingEntries(source);
  const afterActivation = edits.filter((edit) => edit.afterActivation).length;
  const errors = irregularities.filter(({ severity }) => severity === 'ERROR').length;
  const pointer = source.hasPointerFile
    ? `${inOneLine(source.layout.pointer.path)} (${source.layout.pointer.form}), ${counted(source.pointer.size - dangling.length, 'active release')}, ${counted(dangling.length, 'dangling entry', 'dangling entries')}`
    : `none at ${inOneLine(source.layout.pointer.path)}: nothing is active`;
  return [
    ...lines,
    ...kinds.map(([kind, { path }], at) => `${at === 0 ? 'Layout:   ' : '          '} ${kind}: ${inOneLine(path)}`),
    `Pointer:   ${pointer}`,
    `Releases:  ${counted(source.releases.length, 'release')} of ${counted(new Set(source.releases.map((release) => release.package)).size, 'package')} in ${counted(kinds.length, 'kind')}`,
    `History:   ${counted(movesIn(history.steps), 'commit')} moved the pointer; ${counted(edits.length, 'edit')} under the same version, ${String(afterActivation)} of them after activation`,
    `Irregular: ${counted(errors, 'error')}, ${counted(irregularities.length - errors, 'warning')} in the history`,
    `Checks:    ${counted(tip.errorCount, 'error')}, ${counted(tip.warningCount, 'warning')} at this commit`,
  ];
}

function movesIn(steps: readonly { readonly pointerChanges: readonly unknown[] }[]): number {
  return steps.filter(({ pointerChanges }) => pointerChanges.length > 0).length;
}

function liveLine({ package: id, version, from, until, hadContent }: LiveInterval): string {
  const end = until === null ? 'today     ' : dayOf(until);
  return `${dayOf(from)} to ${end} ${id} ${version}${hadContent ? '' : ' (no directory)'}`;
}

function editLines({ edits }: InspectedRepository): readonly string[] {
  return edits.flatMap(({ package: id, version, commit, afterActivation, classification: { required, reasons } }) => [
    `${dayOf(commit)} ${commit.id.slice(0, SHORT_ID)} ${id} ${version} ${afterActivation ? 'after it had been active' : 'before it was active'}: needed ${required?.toUpperCase() ?? 'no new version'}`,
    ...reasons
      .slice(0, REASONS_SHOWN)
      .map(
        ({ rule, path, message }) =>
          `             ${rule}${path === null ? '' : ` ${inOneLine(path)}`}: ${inOneLine(message)}`,
      ),
    ...(reasons.length > REASONS_SHOWN ? [`             and ${String(reasons.length - REASONS_SHOWN)} more`] : []),
  ]);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => (line === '' ? '' : `  ${line}`))];
}

function dayOf({ inForceFrom }: HistoryCommit): string {
  return inForceFrom.slice(0, 10);
}
