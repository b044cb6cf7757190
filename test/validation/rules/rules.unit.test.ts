import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { VALIDATION_CHECKS } from '../../../src/domain';
import { RULES, RULES_BY_CHECK } from '../../../src/validation/rules';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { validateRelease } from '../../../src/validation/child/validate-release';
import { aRelease } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

/** Every `*.cases.ts` beside this file exports `cases` and `silent`. */
const CASE_FILES = readdirSync(__dirname)
  .filter((file) => file.endsWith('.cases.ts'))
  .map(
    (file) =>
      createRequire(__filename)(`./${file}`) as {
        readonly cases: readonly RuleCase[];
        readonly silent: readonly SilentCase[];
      },
  );

const compiler = createSchemaCompiler();
const CASES = CASE_FILES.flatMap(({ cases }) => cases);
const SILENT = CASE_FILES.flatMap(({ silent }) => silent);

const seen = (request: ReturnType<typeof aRelease>): readonly string[] =>
  validateRelease(request, compiler).findings.map(({ rule, path, line, column, pointer }) =>
    [rule, `${String(path)}:${String(line)}:${String(column)} ${String(pointer)}`].join(' at '),
  );

describe('the rules', () => {
  it('find nothing in a release that is right', () => {
    expect(seen(aRelease())).toEqual([]);
  });

  it.each(CASES.map((each) => [`${each.rule}: ${each.when}`, each] as const))(
    '%s',
    (_, { rule, request, at, says }) => {
      const { findings, unfinished } = validateRelease(request, compiler);

      expect(seen(request)).toEqual([`${rule} at ${at}`]);
      expect(findings[0]?.message).toContain(says);
      expect(unfinished).toEqual([]);
    },
  );

  it.each(SILENT.map(({ when, request }) => [when, request] as const))('are silent when %s', (_, request) => {
    expect(seen(request)).toEqual([]);
  });

  it('each have a case', () => {
    expect(RULES.map(({ id }) => id).filter((id) => !CASES.some(({ rule }) => rule === id))).toEqual([]);
  });

  it('have unique ids, one line of description, and stand under their own check', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const [check, rules] of RULES_BY_CHECK)
      for (const rule of rules) {
        expect(rule.check).toBe(check);
        expect(VALIDATION_CHECKS).toContain(rule.check);
        expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(rule.description).toMatch(/^[^\n]{10,140}\.$/);
      }
  });
});
