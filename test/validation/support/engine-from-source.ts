import { join } from 'node:path';
import { createValidationEngine, type ValidationEngine, type ValidationEngineOptions } from '../../../src/validation';

const REGISTER = join(__dirname, '..', '..', 'support', 'register-packed-ts.cjs');

/** An engine whose children run the sources as they are; what compiles them is native code. */
export function engineFromSource(options: ValidationEngineOptions = {}): ValidationEngine {
  return createValidationEngine({
    ...options,
    execArgv: ['--allow-addons', '-r', REGISTER, ...(options.execArgv ?? [])],
  });
}
