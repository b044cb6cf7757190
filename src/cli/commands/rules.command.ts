import { type Command } from 'commander';
import { createValidationEngine } from '../../validation';
import { type GlobalOptions, withGlobalOptions } from '../global-options';
import { print } from '../outcome';

/** `slipway rules`: what a staging checks. */
export function rulesCommand(program: Command): void {
  withGlobalOptions(program.command('rules'))
    .description('list the validation rules')
    .action(async (options: GlobalOptions) => {
      const engine = createValidationEngine();
      try {
        const lines = engine.rules.map(
          ({ check, severity, id, description }) => `${check}  ${severity.padEnd(7)}  ${id}  ${description}`,
        );
        print(options.json === true, { rulesetDigest: engine.rulesetDigest(null), rules: engine.rules }, lines);
      } finally {
        await engine.close();
      }
    });
}
