import { existsSync, readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** What the tests read of a log. */
export interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly { readonly toolExecutionNotifications: readonly { readonly level: string }[] }[];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly partialFingerprints: object;
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        }[];
      }[];
    },
  ];
}

/**
 * What the standard (SARIF 2.1.0, section 3) says of the parts that we write; nothing else may be there. With
 * `SLIPWAY_SARIF_SCHEMA` the path of the standard's own schema, that one is asked as well.
 */
export function sarifFaults(log: unknown): readonly string[] {
  return validators.flatMap((validate) =>
    validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`),
  );
}

type Schema = Readonly<Record<string, unknown>>;
const text = { type: 'string', minLength: 1 };
const number = { type: 'integer', minimum: 1 };
const level = { enum: ['none', 'note', 'warning', 'error'] };
const message = shape({ text });
const listOf = (items: Schema): Schema => ({ type: 'array', items });

const location = shape(
  {
    physicalLocation: shape(
      {
        artifactLocation: shape({ uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text }),
        region: shape({ startLine: number, startColumn: number }, ['startLine']),
      },
      ['artifactLocation'],
    ),
    logicalLocations: listOf(shape({ fullyQualifiedName: text, kind: text })),
  },
  ['physicalLocation'],
);
const rule = shape({
  id: text,
  shortDescription: message,
  defaultConfiguration: shape({ level }),
  properties: shape({ tags: { type: 'array', items: text, uniqueItems: true } }),
});
const result = shape({
  ruleId: text,
  ruleIndex: { type: 'integer', minimum: 0 },
  level,
  message,
  locations: { type: 'array', items: location, minItems: 1, maxItems: 1 },
  partialFingerprints: { type: 'object', additionalProperties: text, minProperties: 1 },
});
const run = shape({
  tool: shape({
    driver: shape({ name: text, semanticVersion: text, rules: { type: 'array', items: rule, uniqueItems: true } }),
  }),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  invocations: listOf(
    shape({
      executionSuccessful: { type: 'boolean' },
      toolExecutionNotifications: listOf(shape({ level, message, locations: listOf(location) })),
    }),
  ),
  results: listOf(result),
  properties: { type: 'object' },
});
const OURS = shape({
  $schema: { type: 'string', format: 'uri' },
  version: { const: '2.1.0' },
  runs: { type: 'array', items: run, minItems: 1, maxItems: 1 },
});

const validators = [OURS, ...theStandards()].map(compile);

function shape(properties: Schema, required: readonly string[] = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Draft-04, but for `id` what draft-07 reads. */
function theStandards(): readonly Schema[] {
  const path = process.env['SLIPWAY_SARIF_SCHEMA'] ?? '';
  if (!existsSync(path)) return [];
  const { id: _id, $schema: _dialect, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Schema;
  return [schema];
}

function compile(schema: Schema): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(schema);
}
