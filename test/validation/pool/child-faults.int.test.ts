import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ValidatorUnavailable } from '../../../src/validation';
import { aRelease, MANIFEST } from '../support/a-release';
import { fault, faultsHarmNoOther, faultyEngine } from '../support/child-faults';
import { engineFromSource } from '../support/engine-from-source';

describe('a child process of the validation engine', () => {
  // One of each kind; all of them are among the faults.
  faultsHarmNoOther([
    ['fault-killed', 'validator-crashed'],
    ['fault-prototype', 'validator-crashed'],
    ['fault-hang', 'validator-timeout'],
    ['fault-memory', 'validator-out-of-memory'],
  ]);

  it.each([
    ['fault-stale', false],
    ['fault-twice', true],
  ])('with %s passes nothing by the answer to another', async (name, isRight) => {
    const engine = faultyEngine();
    try {
      const broken = aRelease({ 'schemas/output.schema.json': 'not JSON' });
      const reports = [
        await engine.validate(aRelease()),
        await engine.validate(isRight ? aRelease({ 'package.yaml': MANIFEST, [name]: '' }) : fault(name)),
        await wait(50).then(() => engine.validate(broken)),
        await engine.validate(aRelease()),
      ];

      expect(reports.map(({ valid }) => valid)).toEqual([true, isRight, false, true]);
      expect(reports[2]?.findings[0]?.rule).toBe('file-not-readable');
    } finally {
      await engine.close();
    }
  });

  it('whose rule breaks has not passed the check of that rule, and says what the others found', async () => {
    const engine = engineFromSource({ processes: 1, execArgv: ['-r', require.resolve('../support/broken-rule.cjs')] });
    try {
      const broken = await engine.validate(aRelease({ 'fault-rule': '', 'schemas/output.schema.json': 'not JSON' }));
      const right = await engine.validate(aRelease({ 'fault-rule': '' }));

      expect(broken.findings.map(({ rule }) => rule).sort()).toEqual(['file-not-readable', 'validator-crashed']);
      expect(right).toMatchObject({ valid: false, errorCount: 1, findings: [{ rule: 'validator-crashed' }] });
      expect(right.findings[0]?.message).toContain('file-not-named');
      expect(right.checks.filter(({ passed }) => !passed).map(({ check }) => check)).toEqual(
        expect.arrayContaining(['SCHEMA_VALIDITY', 'REFERENCE_RESOLUTION']),
      );
      expect(right.checks.find(({ check }) => check === 'CROSS_PACKAGE_DEPENDENCIES')).toMatchObject({ passed: true });
      expect((await engine.validate(aRelease())).valid).toBe(true);
    } finally {
      await engine.close();
    }
  });

  it.each(['write', 'spawn', 'thread'])('may not %s, and is ended when it tries', async (deed) => {
    const engine = faultyEngine({ execArgv: ['-r', require.resolve('../support/misdeeds.cjs')] });
    try {
      const report = await engine.validate(aRelease({ [`misdeed-${deed}`]: '' }));

      expect(report.findings.map(({ rule }) => rule)).toEqual(['validator-crashed']);
      expect(existsSync(join(tmpdir(), 'slipway-misdeed'))).toBe(false);
    } finally {
      await engine.close();
    }
  });

  it('that cannot start is no verdict', async () => {
    const engine = engineFromSource({ execArgv: ['-r', '/nowhere/hook.cjs'] });

    await expect(engine.validate(aRelease())).rejects.toBeInstanceOf(ValidatorUnavailable);
    await engine.close();
  });

  it('is refused after closing, also to those who wait', async () => {
    const engine = faultyEngine();
    const underWay = [engine.validate(fault('fault-hang')), engine.validate(aRelease())];
    const outcomes = Promise.allSettled(underWay);
    await engine.close();

    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(engine.readYaml(Buffer.from('a: 1'))).rejects.toBeInstanceOf(ValidatorUnavailable);
  });
});
