import { LIMITS, ManifestUnreadable, type ValidationEngine } from '../../src/validation';
import { aRelease, DOCUMENT_TYPE, MANIFEST, manifestWith } from './support/a-release';
import { engineFromSource } from './support/engine-from-source';

describe('the validation engine', () => {
  let engine: ValidationEngine;
  beforeAll(() => (engine = engineFromSource()));
  afterAll(() => engine.close());

  it('passes a release that is right', async () => {
    const report = await engine.validate(aRelease());

    expect(report).toMatchObject({ valid: true, findings: [], omitted: 0, rulesetDigest: engine.rulesetDigest(null) });
    expect(report.checks.map(({ check }) => check)).toEqual([
      'SCHEMA_VALIDITY',
      'REFERENCE_RESOLUTION',
      'CROSS_PACKAGE_DEPENDENCIES',
      'PROMPT_SCHEMA_ALIGNMENT',
      'AUTHORITY_LEVEL',
      'GOVERNANCE_GUARDRAILS',
    ]);
  });

  it('finds an error, says where, and lists its rule', async () => {
    const report = await engine.validate(aRelease(manifestWith('role:analyst', 'role:poet')));

    expect(report).toMatchObject({ valid: false, errorCount: 1 });
    expect(report.findings).toMatchObject([
      { rule: 'reference-unresolved', path: 'package.yaml', line: 10, column: 18 },
    ]);
    expect(engine.rules.map(({ id }) => id)).toContain('reference-unresolved');
  });

  it('says the same of the same, again, elsewhere, and in any order of files', async () => {
    const request = aRelease({ 'old.txt': 'x', ...manifestWith('role:analyst', 'role:poet') });
    const other = engineFromSource({ processes: 1 });
    try {
      const digests = await Promise.all([
        ...Array.from({ length: 10 }, () => engine.validate(request)),
        other.validate({ ...request, files: [...request.files].reverse(), validatedAt: '2027-01-01T00:00:00.000Z' }),
      ]);

      expect(new Set(digests.map(({ digest }) => digest)).size).toBe(1);
      expect(other.rulesetDigest(null)).toBe(engine.rulesetDigest(null));
    } finally {
      await other.close();
    }
  });

  it('has a ruleset digest that is a function of the rules and of every byte of the policy', async () => {
    const policies = [null, '', 'guardrails: []\n', 'guardrails: [ ]\n'].map((text) =>
      text === null ? null : Buffer.from(text),
    );
    const digests = policies.map((policy) => engine.rulesetDigest(policy));
    const reports = await Promise.all(policies.map((policy) => engine.validate(aRelease({}, { policy }))));

    expect(new Set(digests).size).toBe(policies.length);
    expect(reports.map(({ rulesetDigest }) => rulesetDigest)).toEqual(digests);
    expect(new Set(reports.map(({ digest }) => digest)).size).toBe(policies.length);
  });

  it('says what is wrong with a policy, also with one that is too large to be read', async () => {
    const faults = (text: string) => engine.faultsOfPolicy(Buffer.from(text));

    expect(await faults('layout: {}\nguardrails: []\n')).toEqual([]);
    expect(await faults('layout: {}\nguardrail: []\n')).toMatchObject([{ line: 2 }]);
    expect(await faults(`# ${'x'.repeat(LIMITS.fileBytes)}`)).toMatchObject([{ line: null }]);
  });

  it('refuses a release with too many files or bytes without reading it', async () => {
    const many = Array.from({ length: LIMITS.files + 1 }, (_, at) => ({ path: `${at}.txt`, bytes: new Uint8Array(1) }));
    const large = Array.from({ length: 17 }, (_, at) => ({
      path: `${at}.txt`,
      bytes: new Uint8Array(LIMITS.fileBytes),
    }));

    for (const files of [many, large]) {
      const report = await engine.validate({ ...aRelease(), files });
      expect(report).toMatchObject({ valid: false, findings: [{ rule: 'limit-exceeded', path: null }] });
      expect(report.checks.every(({ passed }) => !passed)).toBe(true);
    }
  });

  it('reads manifests in order, the broken ones too', async () => {
    const sources = Array.from({ length: 120 }, (_, at) => (at % 7 === 0 ? '[' : `display_name: N${at}`));
    const facts = await engine.readManifests(
      sources.map((text) => ({ bytes: Buffer.from(text), layout: DOCUMENT_TYPE })),
    );

    expect(facts.map(({ displayName }) => displayName)).toEqual(
      sources.map((_, at) => (at % 7 === 0 ? null : `N${at}`)),
    );
    expect(facts.map(({ unreadable }) => unreadable !== null)).toEqual(sources.map((_, at) => at % 7 === 0));
    const huge = Buffer.alloc(1024 * 1024 + 1, 'a');
    expect((await engine.readManifest(huge, DOCUMENT_TYPE)).unreadable).toMatchObject({ line: null });
    expect(await engine.readManifests([])).toEqual([]);
    expect(await engine.readManifest(Buffer.from(MANIFEST), DOCUMENT_TYPE)).toEqual({
      displayName: 'Project Brief',
      requires: ['intake'],
      unreadable: null,
    });
  });

  it('rewrites a version, or says where it cannot', async () => {
    const bytes = await engine.rewriteVersion(Buffer.from(MANIFEST), DOCUMENT_TYPE, '1.5.0');
    expect(Buffer.from(bytes).toString()).toBe(MANIFEST.replace('version: 1.4.0', 'version: 1.5.0'));

    const refused = engine.rewriteVersion(Buffer.from('a: 1\nversion: [\n'), DOCUMENT_TYPE, '1.5.0');
    await expect(refused).rejects.toBeInstanceOf(ManifestUnreadable);
    await expect(refused).rejects.toMatchObject({ file: 'package.yaml', line: 3 });
  });

  it('reads YAML as a plain value, or says where it cannot', async () => {
    expect(await engine.readYaml(Buffer.from('layout:\n  kinds: [a, 1]\n'))).toEqual({
      ok: true,
      value: { layout: { kinds: ['a', 1] } },
    });
    expect(await engine.readYaml(Buffer.from('a: 1\nb: *x\n'))).toMatchObject({ ok: false, line: 2 });
    expect(await engine.readYaml(Buffer.from([0xff]))).toMatchObject({ ok: false, line: null });
  });
});
