import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { VALIDATION_CHECKS, type ValidationCheck } from '../../domain';
import { type Rule } from './rule';

const load = createRequire(__filename);

/** The folder of a check's rules: `SCHEMA_VALIDITY` stands in `schema-validity/`. */
export function folderOf(check: ValidationCheck): string {
  return check.toLowerCase().replaceAll('_', '-');
}

/**
 * Every rule there is, by check in the order of reports, then by id: a rule is a file `CHECK/ID.rule.ts` that exports
 * `rule`, and needs no line anywhere else.
 * @throws TypeError when a file holds no rule, or one of another id or check than its place says.
 */
export function discoverRules(): ReadonlyMap<ValidationCheck, readonly Rule[]> {
  const checks = VALIDATION_CHECKS.filter((check) => existsSync(join(__dirname, folderOf(check))));
  return new Map(checks.map((check) => [check, rulesOf(check)]));
}

function rulesOf(check: ValidationCheck): readonly Rule[] {
  const folder = join(__dirname, folderOf(check));
  // Compiled beside compiled, source beside source.
  const ending = `.rule${extname(__filename)}`;
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.map((file) => ruleIn(join(folder, file), check, file.slice(0, -ending.length))).sort(byId);
}

function ruleIn(path: string, check: ValidationCheck, id: string): Rule {
  const { rule } = load(path) as { readonly rule?: Rule };
  if (rule?.check !== check || rule.id !== id) throw new TypeError(`${path} holds no rule ${id} of ${check}.`);
  return rule;
}

function byId(a: Rule, b: Rule): number {
  return a.id < b.id ? -1 : 1;
}
