import { type Rule } from '../rule';
import { rule as byteOrderMark } from './byte-order-mark.rule';
import { rule as duplicateKey } from './duplicate-key.rule';
import { rule as fileNotReadable } from './file-not-readable.rule';
import { rule as limitExceeded } from './limit-exceeded.rule';
import { rule as reservedKey } from './reserved-key.rule';
import { rule as schemaDialectUnknown } from './schema-dialect-unknown.rule';
import { rule as schemaDoesNotCompile } from './schema-does-not-compile.rule';
import { rule as schemaNotValid } from './schema-not-valid.rule';
import { rule as schemaPatternInvalid } from './schema-pattern-invalid.rule';
import { rule as schemaPatternNotLinear } from './schema-pattern-not-linear.rule';
import { rule as schemaReferenceUnresolved } from './schema-reference-unresolved.rule';
import { rule as schemaRequiredUndefined } from './schema-required-undefined.rule';
import { rule as textNotUtf8 } from './text-not-utf8.rule';

/** A new rule is a new file and one line here. */
export const SCHEMA_VALIDITY_RULES: readonly Rule[] = [
  byteOrderMark,
  duplicateKey,
  fileNotReadable,
  limitExceeded,
  reservedKey,
  schemaDialectUnknown,
  schemaDoesNotCompile,
  schemaNotValid,
  schemaPatternInvalid,
  schemaPatternNotLinear,
  schemaReferenceUnresolved,
  schemaRequiredUndefined,
  textNotUtf8,
];
