import { type ValidationCheck } from '../../domain';
import { type FindingSummary } from '../report/finding-summary';
import { type FoundByRule, summariseFindings } from '../report/summarise-findings';
import { RULES, UNFINISHED_RULES } from '../rules';
import { ofFile } from '../rules/finding';
import { type RuleContext } from '../rules/rule';
import { type SchemaCompiler } from '../schema/compile-schema';
import { type ValidationRequest } from '../validation-engine';
import { openRelease } from './open-release';

/** Runs every rule. A rule that breaks leaves its check unfinished, which is never a pass. */
export function validateRelease(request: ValidationRequest, compiler: SchemaCompiler): FindingSummary {
  const context = openRelease(request, compiler);
  const found: FoundByRule[] = [];
  const unfinished = new Set<ValidationCheck>();
  for (const rule of RULES) {
    const findings = runRule(rule, context);
    if (findings === null) {
      unfinished.add(rule.check);
      const message = `The rule ${rule.id} broke on this content, so nothing is known of it.`;
      found.push({ rule: UNFINISHED_RULES.crashed, finding: { ...ofFile('', message, rule.id), path: null } });
    } else {
      for (const finding of findings) found.push({ rule, finding });
    }
  }
  return summariseFindings(found, [...unfinished]);
}

function runRule(rule: (typeof RULES)[number], context: RuleContext) {
  try {
    return [...rule.run(context)];
  } catch (error) {
    process.stderr.write(`${rule.id}: ${String(error instanceof Error ? error.stack : error)}\n`);
    return null;
  }
}
