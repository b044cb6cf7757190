import { join, relative } from 'node:path';
import { inOneLine } from '../../domain';
import { summaryOf } from './summary';
import { type LocatedFinding, type ReleaseFindings, type ValidatedTree } from './validated-tree';

/**
 * For people and editors: `path:line:column severity rule message`, findings below the release they belong to. Paths are
 * relative to the directory the command runs in.
 */
export function humanFormat(tree: ValidatedTree, workingDirectory: string): readonly string[] {
  const shown = (path: string): string => {
    const full = inOneLine(relative(workingDirectory, join(tree.root, path)));
    return full.startsWith(':') ? `./${full}` : full; // `::` begins a command in the logs of some CI systems
  };
  const { releases, remarks } = tree;
  return [
    ...releases.flatMap((each) => linesOf(each, shown)),
    ...remarks.map(
      ({ path, line, severity, message }) =>
        `${shown(line === null ? path : `${path}:${String(line)}`)} ${severity.toLowerCase()} ${inOneLine(message)}`,
    ),
    summaryOf(tree),
  ];
}

function linesOf({ release, findings }: ReleaseFindings, shown: (path: string) => string): readonly string[] {
  if (findings.length === 0) return [];
  const { omitted } = release.report;
  return [
    `${release.package} ${release.version}${release.isActive ? ' (active)' : ''}`,
    ...findings.map(
      (finding) => `${shown(placeOf(finding))} ${finding.severity.toLowerCase()} ${finding.rule} ${finding.message}`,
    ),
    ...(omitted > 0 ? [`and ${String(omitted)} more, not shown`] : []),
    '',
  ];
}

function placeOf({ path, line, column }: LocatedFinding): string {
  return [path, ...(line === null ? [] : [line, ...(column === null ? [] : [column])])].join(':');
}
