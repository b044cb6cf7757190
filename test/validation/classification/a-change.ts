import { type ChangeClassification } from '../../../src/domain';
import { classifyChange } from '../../../src/validation/classification/classify-change';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { type Changes, schemaIs } from '../support/a-release';
import { createChangeRequest } from './change-request';

const compiler = createSchemaCompiler();

/** What the step from one release to another needs; both are the usual release with changes. */
export function classify(before: Changes, after: Changes): ChangeClassification {
  return classifyChange(createChangeRequest(before, after), compiler);
}

/** The same for a release that differs in its schema alone. */
export function classifySchema(before: unknown, after: unknown): ChangeClassification {
  return classify(schemaIs(before), schemaIs(after));
}

/** As `major schema-property-removed /properties/a`, largest first. */
export function shortly({ reasons }: ChangeClassification): readonly string[] {
  return reasons.map(
    ({ changeType, rule, pointer }) => `${changeType} ${rule}${pointer === null ? '' : ` ${pointer}`}`,
  );
}
