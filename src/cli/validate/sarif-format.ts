import { type Severity } from '../../domain';
import { type RuleDescription } from '../../validation';
import { type LocatedFinding, type ReleaseFindings, type ValidatedTree } from './validated-tree';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  ERROR: 'error',
  WARNING: 'warning',
  INFO: 'note',
};

/** A SARIF 2.1.0 log, for what gathers the findings of many tools. Paths are relative to the Git checkout. */
export function sarifFormat(tree: ValidatedTree, version: string): object {
  const { rules, rulesetDigest, releases, remarks, inCheckout, wasRead } = tree;
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Slipway', semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: wasRead,
            toolExecutionNotifications: remarks.map(({ path, line, severity, message }) => ({
              level: LEVELS[severity],
              message: { text: message },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: artifact(inCheckout + path),
                    ...(line === null ? {} : { region: { startLine: line } }),
                  },
                },
              ],
            })),
          },
        ],
        results: releases.flatMap((each) => each.findings.map((finding) => result(each, finding))),
        properties: { rulesetDigest },
      },
    ],
  };

  function result({ release }: ReleaseFindings, finding: LocatedFinding): object {
    const { line, column, pointer, rule, severity, message, path, fingerprint } = finding;
    const region =
      line === null ? {} : { region: { startLine: line, ...(column === null ? {} : { startColumn: column }) } };
    const name = `${release.package}@${release.version}`;
    return {
      ruleId: rule,
      ruleIndex: places.get(rule) ?? -1,
      level: LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: { artifactLocation: artifact(inCheckout + path), ...region },
          logicalLocations: [
            {
              fullyQualifiedName: pointer === null ? name : `${name}#${pointer}`,
              kind: pointer === null ? 'module' : 'member',
            },
          ],
        },
      ],
      // The same content in two releases is two findings.
      partialFingerprints: { 'slipwayFinding/v1': `${name}:${fingerprint}` },
    };
  }
}

function descriptor({ id, check, severity, description }: RuleDescription): object {
  return {
    id,
    shortDescription: { text: description },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [check] },
  };
}

function artifact(path: string): object {
  return { uri: path.split('/').map(encoded).join('/'), uriBaseId: '%SRCROOT%' };
}

/** Bytes of a name that is not UTF-8 have no place in a URI. */
function encoded(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\uFFFD'));
}
