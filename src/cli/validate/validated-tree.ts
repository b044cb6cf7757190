import { posix, relative, sep } from 'node:path';
import { type Remark, type ValidatedRelease } from '../../application';
import { type Finding, type Severity } from '../../domain';
import { type RuleDescription, type ValidationEngine } from '../../validation';
import { type WorkingTreeValidation } from '../../server/validate-working-tree';

/** A finding of a release, with its path from the repository root. */
export interface LocatedFinding extends Finding {
  readonly path: string;
}

export interface ReleaseFindings {
  readonly release: ValidatedRelease;
  readonly findings: readonly LocatedFinding[];
}

/** What a run of `slipway validate` found, ready to be printed in any form. */
export interface ValidatedTree {
  /** Absolute path of the configuration repository. */
  readonly root: string;
  /** Where the root is in the Git working tree around it: empty, or a path that ends in `/`. */
  readonly inCheckout: string;
  readonly releases: readonly ReleaseFindings[];
  readonly remarks: readonly Remark[];
  /** No error, and every check of every release came to its end. */
  readonly isValid: boolean;
  /** With those of the remarks. */
  readonly errorCount: number;
  readonly warningCount: number;
  readonly rules: readonly RuleDescription[];
  readonly rulesetDigest: string;
  /** False for a repository that could not be read: then no release was validated. */
  readonly wasRead: boolean;
}

/** Gathers what was found. Paths are as they are: whoever prints them makes them safe for where they are read. */
export function validatedTree(
  {
    root,
    checkout,
    source,
    releases,
    remarks,
  }: Pick<WorkingTreeValidation, 'root' | 'checkout' | 'source' | 'releases' | 'remarks'>,
  { rules, rulesetDigest }: Pick<ValidationEngine, 'rules' | 'rulesetDigest'>,
): ValidatedTree {
  const way = relative(checkout, root).split(sep).join('/');
  const remarked = (severity: Severity): number => remarks.filter((remark) => remark.severity === severity).length;
  return {
    root,
    inCheckout: way === '' ? '' : `${way}/`,
    releases: releases.map((release) => ({ release, findings: release.report.findings.map(located(release)) })),
    remarks,
    isValid: releases.every(({ report }) => report.valid) && remarked('ERROR') === 0,
    errorCount: sum(releases.map(({ report }) => report.errorCount)) + remarked('ERROR'),
    warningCount: sum(releases.map(({ report }) => report.warningCount)) + remarked('WARNING'),
    rules,
    rulesetDigest: rulesetDigest(source?.policy ?? null),
    wasRead: source !== null,
  };
}

/** What has no file of its own is found in the directory of the release. */
function located(release: ValidatedRelease): (finding: Finding) => LocatedFinding {
  return (finding) => ({ ...finding, path: posix.join(release.path, finding.path ?? '') });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
