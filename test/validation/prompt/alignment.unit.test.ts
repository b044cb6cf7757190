import fc from 'fast-check';
import { validateRelease } from '../../../src/validation/child/validate-release';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { runs } from '../../support/runs';
import { aRelease, schemaIs } from '../support/a-release';
import { type Model, type ModelField, models, promptOf, schemaOf, type Style, styles } from './arbitrary-prompts';

const compiler = createSchemaCompiler();
const RUNS = { numRuns: runs(25, 200) };

const found = (model: Model, prompt: string): readonly string[] =>
  validateRelease(aRelease({ ...schemaIs(schemaOf(model)), 'prompts/task.prompt.txt': prompt }), compiler).findings.map(
    ({ rule, message, line }) => `${rule} ${String(line)} ${/`([^`]*)`/.exec(message)?.[1] ?? ''}`,
  );
const lineOf = (prompt: string, text: string): number => prompt.slice(0, prompt.indexOf(text)).split('\n').length;

/** A model with a choice of one field of its document, in a style. */
const cases = (isWanted: (field: ModelField) => boolean): fc.Arbitrary<readonly [Model, ModelField, Style]> =>
  models
    .filter(({ fields }) => fields.some(isWanted))
    .chain((model) => fc.tuple(fc.constant(model), fc.constantFrom(...model.fields.filter(isWanted)), styles));

const replaced = (model: Model, field: ModelField, by: readonly ModelField[]): readonly ModelField[] =>
  model.fields.flatMap((each) => (each === field ? by : [each]));

describe('a prompt made from a schema', () => {
  it('agrees with it, in whatever form it is written', () => {
    fc.assert(
      fc.property(models, styles, (model, style) => {
        expect(found(model, promptOf(model.fields, style))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('disagrees in exactly the field that is renamed', () => {
    fc.assert(
      fc.property(
        cases(({ isRequired, fields }) => !isRequired && fields.length === 0),
        ([model, field, style]) => {
          const prompt = promptOf(replaced(model, field, [{ ...field, name: 'zonal_zebra' }]), style);
          const rule = model.isClosed ? 'demanded-field-forbidden' : 'demanded-field-undefined';
          const line = lineOf(prompt, 'zonal_zebra');

          expect(found(model, prompt)).toEqual([`${rule} ${String(line)} zonal_zebra`]);
        },
      ),
      RUNS,
    );
  });

  it('disagrees in exactly the required field that is left out', () => {
    fc.assert(
      fc.property(
        cases(({ isRequired }) => isRequired).filter(([model]) => model.fields.length > 2),
        ([model, field, style]) => {
          const prompt = promptOf(replaced(model, field, []), style);
          const isNamedElsewhere = prompt.includes(field.name);

          expect(found(model, prompt).map((each) => each.replace(/ \d+ /, ' '))).toEqual(
            isNamedElsewhere ? [] : [`required-field-not-named ${field.name}`],
          );
        },
      ),
      RUNS,
    );
  });

  it('disagrees in exactly the value that is changed', () => {
    fc.assert(
      fc.property(
        cases(({ kind }) => kind === 'choice'),
        ([model, field, style]) => {
          const changed = { ...field, values: [...field.values.slice(1), 'willow'] };
          const prompt = promptOf(replaced(model, field, [changed]), style);

          expect(found(model, prompt)).toEqual([
            `demanded-value-not-allowed ${String(lineOf(prompt, 'willow'))} willow`,
          ]);
        },
      ),
      RUNS,
    );
  });

  it('is silent where an optional field is left out', () => {
    fc.assert(
      fc.property(
        cases(({ isRequired }) => !isRequired),
        ([model, field, style]) => {
          expect(found(model, promptOf(replaced(model, field, []), style))).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});
