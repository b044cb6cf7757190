import { type Finding, type ValidationCheck } from '../../../src/domain';
import { canonicalDigest, canonicalText } from '../../../src/validation/canonical-digest';
import { buildReport } from '../../../src/validation/report/build-report';
import { type FoundByRule, summariseFindings } from '../../../src/validation/report/summarise-findings';
import { quote } from '../../../src/validation/rules/finding';
import { type RuleFinding } from '../../../src/validation/rules/rule';
import { MADE_UP, madeUpPrivateKey } from '../support/made-up-secrets';

const CHECKS: readonly ValidationCheck[] = ['SCHEMA_VALIDITY', 'REFERENCE_RESOLUTION', 'CROSS_PACKAGE_DEPENDENCIES'];

function found(rule: Partial<FoundByRule['rule']> = {}, finding: Partial<RuleFinding> = {}): FoundByRule {
  return {
    rule: { id: 'a-rule', check: 'SCHEMA_VALIDITY', severity: 'ERROR', ...rule },
    finding: { message: 'Mend it.', path: 'a.json', pointer: '/a', line: 1, column: 1, value: null, ...finding },
  };
}

function reportOf(all: readonly FoundByRule[], over: Partial<Parameters<typeof buildReport>[0]> = {}) {
  return buildReport({
    checks: CHECKS,
    summary: summariseFindings(all),
    tree: 'a'.repeat(40),
    validatedAt: '2026-03-01T10:00:00.000Z',
    rulesetDigest: 'b'.repeat(64),
    mapDigest: 'c'.repeat(64),
    ...over,
  });
}

const fingerprint = (all: FoundByRule): string | undefined => summariseFindings([all]).findings[0]?.fingerprint;

describe('a report', () => {
  it('without findings is valid and every check passed', () => {
    expect(reportOf([])).toMatchObject({ valid: true, findings: [], errorCount: 0, warningCount: 0, omitted: 0 });
    expect(reportOf([]).checks).toEqual(
      CHECKS.map((check) => ({ check, passed: true, errorCount: 0, warningCount: 0 })),
    );
  });

  it('is valid with warnings and not with one error', () => {
    expect(reportOf([found({ severity: 'WARNING' })])).toMatchObject({ valid: true, warningCount: 1 });
    expect(reportOf([found()])).toMatchObject({ valid: false, errorCount: 1 });
  });

  it('lists errors first, then by check, path, line, column, rule and pointer', () => {
    const inOrder = [
      found({}, { path: null }),
      found({}, { line: 1, column: 1 }),
      found({}, { line: 1, column: 2 }),
      found({ id: 'b-rule' }, { line: 1, column: 2, pointer: null }),
      found({ id: 'b-rule' }, { line: 1, column: 2 }),
      found({}, { line: 2 }),
      found({}, { path: 'b.json' }),
      found({ check: 'REFERENCE_RESOLUTION' }, { path: 'a' }),
      found({ severity: 'WARNING' }, { path: 'a' }),
      found({ severity: 'INFO' }, { path: 'a' }),
    ];
    const listed = (all: readonly FoundByRule[]): readonly Finding[] => summariseFindings(all).findings;

    expect(listed([...inOrder].reverse())).toEqual(inOrder.flatMap((one) => listed([one])));
  });

  it('holds 500 findings at most and counts all', () => {
    const all = Array.from({ length: 700 }, (_, line) =>
      found({ severity: line < 600 ? 'ERROR' : 'WARNING' }, { line }),
    );
    const report = reportOf(all);

    expect(report).toMatchObject({ valid: false, errorCount: 600, warningCount: 100, omitted: 200 });
    expect(report.findings).toHaveLength(500);
    expect(report.checks[0]).toEqual({ check: 'SCHEMA_VALIDITY', passed: false, errorCount: 600, warningCount: 100 });
  });

  it('stays below 700,000 bytes of canonical JSON', () => {
    const pointer = `/${'\u{1F600}'.repeat(900)}`;
    const report = reportOf(
      Array.from({ length: 500 }, (_, line) => found({}, { line, pointer, message: 'é'.repeat(500) })),
    );

    expect(Buffer.byteLength(canonicalText(report))).toBeLessThanOrEqual(700_000);
    expect(Buffer.byteLength(canonicalText(report))).toBeGreaterThan(690_000);
    expect(report.omitted).toBe(500 - report.findings.length);
  });

  it('cuts messages at 500 characters, never inside of one', () => {
    const [finding] = reportOf([found({}, { message: `${'x'.repeat(498)}\u{1F600}${'y'.repeat(20)}` })]).findings;

    expect(finding?.message).toBe(`${'x'.repeat(498)}…`);
  });

  it('shows what is invisible in a message', () => {
    const [finding] = reportOf([found({}, { message: 'a\nb\u202Ec\uD800d' })]).findings;

    expect(finding?.message).toBe('a\\u{a}b\\u{202e}c\\u{d800}d');
  });

  it('drops a pointer that is too long and mends one that has no bytes', () => {
    const pointers = ['/' + 'x'.repeat(3_000), '/\uD800'].map(
      (pointer) => reportOf([found({}, { pointer })]).findings[0]?.pointer,
    );

    expect(pointers).toEqual([null, '/\uFFFD']);
  });

  it('has a digest over the tree and everything but itself and the time', () => {
    const report = reportOf([found()]);
    const { digest, validatedAt, ...rest } = report;

    expect(digest).toBe(canonicalDigest({ tree: 'a'.repeat(40), report: rest }));
    expect(reportOf([found()], { validatedAt: '2027-01-01T00:00:00.000Z' }).digest).toBe(digest);
    expect(validatedAt).toBe('2026-03-01T10:00:00.000Z');
  });

  it.each([
    ['tree', { tree: 'd'.repeat(40) }],
    ['ruleset', { rulesetDigest: 'd'.repeat(64) }],
    ['map', { mapDigest: 'd'.repeat(64) }],
  ])('has another digest for another %s', (_, over) => {
    expect(reportOf([found()], over).digest).not.toBe(reportOf([found()]).digest);
  });

  it('gives a finding a fingerprint that moves of the text do not change', () => {
    expect(fingerprint(found({}, { line: 9, column: 9, message: 'Other words.' }))).toBe(fingerprint(found()));
    for (const other of [{ path: 'b.json' }, { pointer: '/b' }, { value: 'other' }])
      expect(fingerprint(found({}, other))).not.toBe(fingerprint(found()));
  });

  it('passes no check that did not come to its end', () => {
    const summary = summariseFindings([], ['REFERENCE_RESOLUTION']);

    expect(reportOf([], { summary }).checks.map(({ passed }) => passed)).toEqual([true, false, true]);
    expect(reportOf([], { summary }).valid).toBe(false);
  });

  it('holds no secret, and no digest of one, whatever a rule was led to quote', () => {
    const about = (secret: string) =>
      reportOf([
        found(
          {},
          {
            message: `Write another key for ${secret}.`,
            path: `prompts/${secret}.txt`,
            pointer: `/keys/${secret}`,
            value: { key: secret },
          },
        ),
      ]);
    const report = about(MADE_UP.githubToken);

    expect(report.findings[0]).toMatchObject({
      message: 'Write another key for [secret].',
      path: 'prompts/[secret].txt',
      pointer: '/keys/[secret]',
    });
    expect(about(MADE_UP.npmToken)).toEqual(report);
  });

  it('shows nothing of a secret that is too long for a message', () => {
    const key = madeUpPrivateKey({ lines: 20 });
    expect(quote(key)).toBe('`[secret]`');
    expect(quote([`first\n${MADE_UP.npmToken}`])).not.toContain(MADE_UP.npmToken);
    expect(reportOf([found({}, { message: `It is ${key}` })]).findings[0]?.message).toBe('It is [secret]');
  });
});
