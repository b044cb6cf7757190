import Ajv, { type ErrorObject, type Options } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { type default as AjvCore } from 'ajv/dist/core';
import addFormats from 'ajv-formats';
import { canonicalText } from '../canonical-digest';
import { linearMatcher } from './linear-pattern';
import { type Dialect } from './schema-inspection';

export interface SchemaSource {
  readonly uri: string;
  readonly value: unknown;
  /** The schema files of the release it may refer to. */
  readonly others: readonly { readonly uri: string; readonly value: unknown }[];
}

export interface SchemaCompiler {
  /** Where a schema breaks the rules of its dialect; empty when it keeps them. One entry per place. */
  metaErrors(schema: unknown, dialect: Dialect): readonly { readonly pointer: string; readonly message: string }[];
  /** Why a schema does not compile; null when it does. Never loads anything. */
  compileError(schema: SchemaSource, dialect: Dialect): string | null;
  /** What tells why a schema refuses a document; null for one that does not compile. */
  judge(schema: SchemaSource, dialect: Dialect): DocumentJudge | null;
}

/**
 * Why a document is refused; empty when it is accepted. Throws a TypeError or RangeError for a document that cannot be
 * judged: a few combinations of keywords make the compiled code itself fail.
 */
export type DocumentJudge = (document: unknown) => readonly Refusal[];

export interface Refusal {
  /** JSON pointer to the part of the document. */
  readonly pointer: string;
  /** The property that is missing or too much, where that is why. */
  readonly property: string | null;
  /** What the part must be, in words that follow its name. */
  readonly message: string;
}

const META_SCHEMA: Record<Dialect, string> = {
  'draft-07': 'http://json-schema.org/draft-07/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

export function createSchemaCompiler(): SchemaCompiler {
  const judges = { 'draft-07': judgesOf('draft-07'), '2020-12': judgesOf('2020-12') };
  return {
    metaErrors(schema, dialect) {
      const judge = (errors: 'all' | 'first'): readonly ErrorObject[] => {
        const validate = judges[dialect][errors].getSchema(META_SCHEMA[dialect]);
        if (validate === undefined) throw new Error(`The meta-schema of ${dialect} is missing.`);
        return validate(schema) === true ? [] : (validate.errors ?? []);
      };
      // Collecting all errors is quadratic in their number.
      return onePerPlace(judge(countValues(schema) > MANY ? 'first' : 'all'));
    },
    compileError(schema, dialect) {
      try {
        compile(schema, dialect);
        return null;
      } catch (error) {
        if (error instanceof RangeError) return 'it branches too much, or is nothing but references to itself';
        if (error instanceof Error) return error.message;
        throw error;
      }
    },
    judge(schema, dialect) {
      try {
        const validate = compile(schema, dialect);
        if (validate === undefined) return null;
        return (document) => (validate(document) === true ? [] : (validate.errors ?? []).map(refusalOf));
      } catch (error) {
        if (error instanceof Error) return null;
        throw error;
      }
    },
  };
}

function compile({ uri, value, others }: SchemaSource, dialect: Dialect) {
  // One function per definition, and code without nested branches: neither grows out of proportion to the schema.
  const ajv = newAjv(dialect, { inlineRefs: false, allErrors: true });
  for (const other of others) ajv.addSchema(asSchema(other.value), other.uri);
  ajv.addSchema(asSchema(value), uri);
  return ajv.getSchema(uri);
}

function refusalOf(error: ErrorObject): Refusal {
  const params: Readonly<Record<string, unknown>> = error.params;
  const property = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  return {
    pointer: error.instancePath,
    property: typeof property === 'string' ? property : null,
    message: describe(error),
  };
}

/** Collecting all errors takes time that is quadratic in their number: a schema with more keys and values gets its first. */
const MANY = 5_000;

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((count: number, inner) => count + 1 + countValues(inner), 1);
}

function judgesOf(dialect: Dialect) {
  const judge = (options: Options): AjvCore => {
    const ajv = newAjv(dialect, options).removeKeyword('uniqueItems');
    return ajv.addKeyword({
      ...UNIQUE_ITEMS,
      validate: (isWanted: boolean, items: unknown[]) => !isWanted || areUnique(items),
    });
  };
  return { all: judge({ allErrors: true }), first: judge({}) };
}

/** The library compares each item with each. */
const UNIQUE_ITEMS = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: false,
} as const;

function areUnique(items: readonly unknown[]): boolean {
  return new Set(items.map(canonicalText)).size === items.length;
}

// A fresh one per schema: ajv keeps what it compiled, and one schema's `$id` must not be seen by the next.
function newAjv(dialect: Dialect, options: Options): AjvCore {
  const all: Options = {
    strict: false,
    logger: false,
    ownProperties: true,
    validateSchema: false,
    addUsedSchema: false,
    code: { optimize: false, regExp: Object.assign(linearMatcher, { code: 'linearMatcher' }) },
    ...options,
  };
  const ajv = dialect === 'draft-07' ? new Ajv(all) : new Ajv2020(all);
  addFormats(ajv);
  return ajv;
}

function asSchema(value: unknown): object | boolean {
  return typeof value === 'object' && value !== null ? value : value === true;
}

const APPLICATORS = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'if', 'not', 'oneOf'];

function onePerPlace(errors: readonly ErrorObject[]) {
  const messages = new Map<string, Set<string>>();
  for (const error of errors) {
    if (APPLICATORS.includes(error.keyword) && errors.length > 1) continue;
    const place = messages.get(error.instancePath) ?? new Set();
    messages.set(error.instancePath, place.add(describe(error)));
  }
  return [...messages].map(([pointer, texts]) => ({ pointer, message: [...texts].sort().join(' or ') }));
}

function describe(error: ErrorObject): string {
  const params: Readonly<Record<string, unknown>> = error.params;
  if (error.keyword === 'enum' && Array.isArray(params.allowedValues))
    return `must be one of ${params.allowedValues.map(String).join(', ')}`;
  return error.message ?? error.keyword;
}
