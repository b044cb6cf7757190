import { type Rule } from '../rule';
import { rule as artifactMissing } from './artifact-missing.rule';
import { rule as artifactOutsideRelease } from './artifact-outside-release.rule';
import { rule as fileNotNamed } from './file-not-named.rule';
import { rule as manifestIdMismatch } from './manifest-id-mismatch.rule';
import { rule as manifestKeyMissing } from './manifest-key-missing.rule';
import { rule as manifestMissing } from './manifest-missing.rule';
import { rule as manifestNotReadable } from './manifest-not-readable.rule';
import { rule as manifestValueType } from './manifest-value-type.rule';
import { rule as manifestValueUnknown } from './manifest-value-unknown.rule';
import { rule as manifestVersionMismatch } from './manifest-version-mismatch.rule';
import { rule as referenceMalformed } from './reference-malformed.rule';
import { rule as referenceUnresolved } from './reference-unresolved.rule';

/** A new rule is a new file and one line here. */
export const REFERENCE_RESOLUTION_RULES: readonly Rule[] = [
  artifactMissing,
  artifactOutsideRelease,
  fileNotNamed,
  manifestIdMismatch,
  manifestKeyMissing,
  manifestMissing,
  manifestNotReadable,
  manifestValueType,
  manifestValueUnknown,
  manifestVersionMismatch,
  referenceMalformed,
  referenceUnresolved,
];
