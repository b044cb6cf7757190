import { type ValidatedTree } from './validated-tree';

/** Raised when something is taken away or means something else; what is added does not raise it. */
const FORMAT = 1;

/** Everything that is known, for programs. Paths of findings are relative to the release's `path`, as in every report. */
export function jsonFormat({
  root,
  releases,
  remarks,
  isValid,
  errorCount,
  warningCount,
  rulesetDigest,
}: ValidatedTree): object {
  return {
    format: FORMAT,
    valid: isValid,
    root,
    rulesetDigest,
    errorCount,
    warningCount,
    releases: releases.map(({ release: { package: id, kind, version, isActive, path, tree, report } }) => ({
      package: id,
      kind,
      version,
      active: isActive,
      path,
      tree,
      report,
    })),
    remarks,
  };
}
