import { type Severity } from '../../domain';
import { type RuleDescription } from '../../validation';
import { type LocatedFinding, type ReleaseFindings, type ValidatedTree } from './validated-tree';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  ERROR: 'error',
  WARNING: 'warning',
  INFO: 'note',
};

/** Results that come from elsewhere than the checks, with the rules that they name. */
export interface FurtherResults {
  readonly rules: readonly Pick<RuleDescription, 'id' | 'severity' | 'description'>[];
  readonly results: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly message: string;
    /** Relative to the Git checkout. */
    readonly path: string;
    /** Stable name of the result; the same in the next run. */
    readonly fingerprint: string;
  }[];
}

/** A SARIF 2.1.0 log, for what gathers the findings of many tools. Paths are relative to the Git checkout. */
export function sarifFormat(
  tree: ValidatedTree,
  version: string,
  further: FurtherResults = { rules: [], results: [] },
): object {
  const { rules, rulesetDigest, releases, remarks, inCheckout, wasRead } = tree;
  const described = [
    ...rules.map((rule) => descriptor(rule, [rule.check])),
    ...further.rules.map((rule) => descriptor(rule, [])),
  ];
  const places = new Map([...rules, ...further.rules].map(({ id }, at) => [id, at]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Slipway', semanticVersion: version, rules: described } },
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
        results: [
          ...releases.flatMap((each) => each.findings.map((finding) => result(each, finding))),
          ...further.results.map(({ rule, severity, message, path, fingerprint }) => ({
            ruleId: rule,
            ruleIndex: places.get(rule) ?? -1,
            level: LEVELS[severity],
            message: { text: message },
            locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            partialFingerprints: { 'slipwayFinding/v1': fingerprint },
          })),
        ],
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

function descriptor(
  { id, severity, description }: Pick<RuleDescription, 'id' | 'severity' | 'description'>,
  tags: readonly string[],
): object {
  return {
    id,
    shortDescription: { text: description },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags },
  };
}

function artifact(path: string): object {
  return { uri: path.split('/').map(encoded).join('/'), uriBaseId: '%SRCROOT%' };
}

/** Bytes of a name that is not UTF-8 have no place in a URI. */
function encoded(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\uFFFD'));
}
