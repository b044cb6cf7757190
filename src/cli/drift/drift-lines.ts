import { inOneLine } from '../../domain';
import { type ShownDrift, type ShownResolution } from './drift-client';

/** Lines of a file's diff that are printed; `--json` has all. */
const MAX_DIFF_LINES = 40;

/** Drifts for people: where, who, what, and what to do. */
export function driftLines(drifts: readonly ShownDrift[]): readonly string[] {
  if (drifts.length === 0) return ['Every branch and tag is what the log predicts.'];
  return drifts.flatMap((drift, index) => [...(index === 0 ? [] : ['']), ...linesOf(drift)]).map(printable);
}

/** What was resolved, for people: where each ref stood, and where what was found can be had. `verb` is `Healed` or the like. */
export function resolutionLines(resolved: readonly ShownResolution[], verb: string): readonly string[] {
  return resolved
    .flatMap(({ place, ref, found, kept, branch }) => [
      `${verb} ${ref} (${place.toLowerCase()}): it was ${found === null ? 'gone' : `at ${found}`}.`,
      ...(kept === null ? [] : [`  What was found is kept as ${kept}.`]),
      ...(branch === null ? [] : [`  It can be fetched from ${branch}.`]),
    ])
    .map(printable);
}

function linesOf(drift: ShownDrift): readonly string[] {
  const { place, ref, kind, since, stopsPublishing, expected, found, commits, moreCommits, files, moreFiles } = drift;
  return [
    `${ref} (${place.toLowerCase()}): ${kind}, seen since ${since}${stopsPublishing ? '; publishing stands still' : ''}`,
    `  expected ${expected}, found ${found ?? 'nothing'}`,
    ...commits.flatMap(({ id, author, email, at, subject, changedPaths }) => [
      `  ${id.slice(0, 12)} ${author} <${email}> ${at}: ${subject}`,
      ...changedPaths.map((path) => `    ${path}`),
    ]),
    ...(moreCommits ? ['  and more commits'] : []),
    ...files.flatMap(({ path, change, unified }) => [
      `  ${change} ${path}`,
      ...(unified === null ? [] : cut(unified.trimEnd().split('\n').slice(2)).map((line) => `    ${line}`)),
    ]),
    ...(moreFiles ? ['  and more files'] : []),
    `  ${drift.advice}`,
  ];
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_DIFF_LINES) return lines;
  return [...lines.slice(0, MAX_DIFF_LINES), `and ${String(lines.length - MAX_DIFF_LINES)} lines more`];
}

/** Foreign texts must not steer the terminal. */
function printable(line: string): string {
  return inOneLine(line.replaceAll('\t', '  '));
}
