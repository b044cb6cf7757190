import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { type Dialect } from '../../../src/validation/schema/schema-inspection';
import { runs } from '../../support/runs';
import { classifySchema } from './a-change';
import { SCHEMA_EDITS, type SchemaEdit, surrounded, SURROUNDINGS, type Surroundings } from './schema-edits';

const DIALECTS: readonly Dialect[] = ['draft-07', '2020-12'];
/** Of each kind of edit: places at any depth to make it in. */
const RUNS = runs(2, 30);

// One of each: every new one compiles its meta-schemas anew. The schemas bear no ids, so that none knows another.
const OLD = addFormats(new Ajv({ strict: false }));
const NEW = addFormats(new Ajv2020({ strict: false }));

/** Whether a schema accepts a document, said by ajv alone. */
function accepts(schema: object, document: unknown): boolean {
  const isOld = JSON.stringify(schema).includes('draft-07/schema');
  return (isOld ? OLD : NEW).validate(schema, document);
}

function check(edit: SchemaEdit, surroundings: readonly Surroundings[], dialect: Dialect): boolean {
  const [before, after] = [edit.before, edit.after].map((schema) => surrounded(schema, surroundings, dialect));
  if (before === undefined || after === undefined) throw new Error('unreachable');
  const { required, reasons } = classifySchema(before, after);

  const rules = reasons.map(({ rule }) => rule);
  expect([required, rules]).toEqual([edit.needs, expect.arrayContaining([said(edit, rules)])]);
  const examples = reasons.filter((reason) => 'example' in reason);
  for (const { example, changeType } of examples) {
    expect(changeType).toBe('major');
    expect(accepts(before, example)).toBe(true);
    expect(accepts(after, example)).toBe(false);
    expect(JSON.stringify(example).length).toBeLessThanOrEqual(4_096);
  }
  return examples.length > 0;
}

/** Where a schema means the same, the place that is named may be the definition it is written in. */
function said({ rule }: SchemaEdit, rules: readonly string[]): string {
  return rule === 'schema-rewritten' && !rules.includes(rule) ? 'schema-definition-changed' : rule;
}

const dialectsOf = ({ dialect }: SchemaEdit): readonly Dialect[] => (dialect === undefined ? DIALECTS : [dialect]);
const EDITS = SCHEMA_EDITS.map((edit) => [`${edit.needs}: ${edit.kind}`, edit] as const);

describe('an edit of a schema', () => {
  it('is of more than forty kinds', () => {
    expect(new Set(SCHEMA_EDITS.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(EDITS)('at the root needs what its kind needs, with an example where it breaks: %s', (_, edit) => {
    for (const dialect of dialectsOf(edit)) {
      const hasExample = check(edit, [], dialect);
      expect(hasExample).toBe(edit.needs === 'major' && edit.hasNoExample !== true);
    }
  });

  it.each(EDITS)('at any depth needs the same: %s', (_, edit) => {
    const surroundings = fc.array(fc.constantFrom(...SURROUNDINGS), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(surroundings, fc.constantFrom(...dialectsOf(edit)), (around, dialect) => {
        // A recursion stands at the root: it refers to it.
        const outside = around.filter(({ name }, index) => name !== 'recursion' || index === 0);
        check(edit, outside.length === 0 ? [] : outside, dialect);
      }),
      { numRuns: RUNS },
    );
  });
});
