import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type ValidationReport } from '../../../src/domain';
import { type ValidationEngine } from '../../../src/validation';
import { aRelease } from '../support/a-release';
import { engineFromSource } from '../support/engine-from-source';
import { childUsage, resetPeak, type Usage } from './child-usage';
import { type Family } from './hostile-case';

/** Preloaded: ends a child that opens a connection, looks up a name, starts a process, or touches a file that is no module. */
const CONFINED = ['-r', require.resolve('../support/confined.cjs')];

/** A file to append the figures of each row to, one JSON value per line. */
const FIGURES = process.env.SLIPWAY_HOSTILE_FIGURES;

const OWN_OF_OBJECTS = Object.getOwnPropertyNames(Object.prototype);
/** One line without controls, invisible or bidirectional characters, not too long. */
const SHOWABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]{1,500}$/u;

/** An engine of one child that may do nothing but validate; `preloaded` is loaded into it besides. */
export function confinedEngine(...preloaded: readonly string[]): ValidationEngine {
  const execArgv = [...CONFINED, ...preloaded.flatMap((path) => ['-r', path])];
  // Far above the second that nothing may take: machines that run tests are busy. Only a hang is this long.
  return engineFromSource({ processes: 1, timeoutMs: 25_000, execArgv });
}

/** Tests that every case of the families ends in a report, harms nobody, and leaves nothing behind in the child. */
export function describeFamilies(families: readonly Family[]): void {
  const engine = confinedEngine();
  afterAll(() => engine.close());

  describe.each(families.map((family) => [family.row, family] as const))('hostile content, %s', (row, { cases }) => {
    const slowest: { name: string; ms: number; cpuMs: number }[] = [];
    let before: Usage;
    let right: ValidationReport;

    beforeAll(async () => {
      right = await engine.validate(aRelease());
      resetPeak();
      before = childUsage();
    });
    afterAll(() => {
      const [worst] = slowest.sort((a, b) => b.cpuMs - a.cpuMs);
      const { peakMb } = childUsage();
      if (FIGURES !== undefined)
        appendFileSync(FIGURES, `${JSON.stringify({ row, cases: cases.length, worst, peakMb })}\n`);
    });

    it.each(cases.map((each) => [each.name, each] as const))('%s', async (name, { make, expect: wanted }) => {
      const request = make();
      const started = performance.now();
      const report = await engine.validate(request);
      const ms = performance.now() - started;
      const after = childUsage();
      slowest.push({ name, ms: Math.round(ms), cpuMs: after.cpuMs - before.cpuMs });
      before = after;

      const rules = report.findings.map(({ rule }) => rule);
      if (wanted === 'accepted') expect(report.findings.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
      else if (wanted !== 'verdict') expect(rules).toContain(wanted);
      expect(rules.filter((rule) => rule.startsWith('validator-'))).toEqual([]);
      for (const finding of report.findings) expect(finding.message).toMatch(SHOWABLE);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(OWN_OF_OBJECTS);
      expect(JSON.stringify(report)).not.toContain('\u001b');
    });

    it('harms nothing that comes after it', async () => {
      const report = await engine.validate(aRelease());

      expect(report).toEqual(right);
      expect(report.valid).toBe(true);
    });
  });
}
