import { type ValidationEngine, type ValidationEngineOptions } from '../../../src/validation';
import { aRelease, MANIFEST } from './a-release';
import { engineFromSource } from './engine-from-source';

const MISBEHAVE = ['-r', require.resolve('./misbehave.cjs')];

/** A release whose validation meets a fault of its child process. */
export const fault = (name: string) => aRelease({ 'package.yaml': `${MANIFEST}extra: ${name}\n`, [name]: '' });

export const faultyEngine = (options: ValidationEngineOptions = {}): ValidationEngine =>
  engineFromSource({ processes: 1, timeoutMs: 20_000, memoryMb: 48, execArgv: MISBEHAVE, ...options });

/**
 * Faults of a child process, each by name and with the rule that tells it. One after another in the same pool: what a fault leaves
 * behind would be seen by the next.
 */
export function faultsHarmNoOther(cases: readonly (readonly [name: string, rule: string])[]): void {
  const patient = faultyEngine();
  const strict = faultyEngine({ timeoutMs: 2_000 });
  afterAll(() => Promise.all([patient.close(), strict.close()]));

  it.each(cases)('with %s is told as %s, and harms no other', async (name, rule) => {
    const engine = rule === 'validator-timeout' ? strict : patient;
    const [before, faulty, after] = await Promise.all([
      engine.validate(aRelease()),
      engine.validate(fault(name)),
      engine.validate(aRelease()),
    ]);

    expect(faulty).toMatchObject({ valid: false, errorCount: 1, findings: [{ rule, check: 'SCHEMA_VALIDITY' }] });
    expect(faulty.checks.every(({ passed }) => !passed)).toBe(true);
    expect([before.valid, after.valid]).toEqual([true, true]);
    expect(after.digest).toBe(before.digest);
    expect(engine.rules.map(({ id }) => id)).toContain(rule);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
}
