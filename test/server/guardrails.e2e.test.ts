import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createValidationEngine } from '../../src/validation';
import { gitIsThere } from '../git/real-git';
import { type RunningSlipway } from './support/running-slipway';
import { documentType, sourceRepository } from './support/source-repository';
import { takeOver } from './support/taken-over';

const POLICY = `# What our texts may not say.
guardrails:
  - id: no-internal-hosts
    pattern: 'corp\\.acme\\.io'
    message: Name no internal hosts.
    paths: ['prompts/**']
`;
const REPORT = 'valid digest rulesetDigest findings { rule severity message path line column }';
const NAMING = 'Ask at\nwiki.corp.acme.io.\n';

let scratch: string;
const opened: RunningSlipway[] = [];
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'slipway-guardrails-'));
});
afterEach(async () => {
  for (const slipway of opened.splice(0)) await slipway.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

async function importing(name: string, policy: string | null): Promise<RunningSlipway> {
  const files = { ...documentType('alpha', '1.0.0'), '_active/active_releases.json': '{ "alpha": "1.0.0" }\n' };
  const source = sourceRepository(join(scratch, name), [
    policy === null ? files : { ...files, 'slipway.yaml': policy },
  ]);
  const { slipway } = await takeOver(source);
  opened.push(slipway);
  return slipway;
}

async function draftSaying(slipway: RunningSlipway, content: string): Promise<string> {
  const { id } = await slipway.commands.start({ package: 'alpha' });
  await slipway.commands.save(id, [{ path: 'prompts/task.prompt.txt', content }]);
  return id;
}

async function validationOf(slipway: RunningSlipway, draft: string) {
  const data = await slipway.ask(`query ($id: ID!) { draft(id: $id) { validation { ${REPORT} } } }`, { id: draft });
  return data.draft.validation as Record<string, unknown>;
}

async function staging(slipway: RunningSlipway, draft: string) {
  const { release } = await slipway.commands.commit({ draft, changeType: 'MINOR' });
  const input = { package: 'alpha', version: release.version };
  const data = await slipway.ask(
    `mutation ($input: StageReleaseInput!) { stageRelease(input: $input) { staged report { ${REPORT} } } }`,
    { input },
  );
  return data.stageRelease as { readonly staged: boolean; readonly report: Record<string, unknown> };
}

const withGit = gitIsThere ? describe : describe.skip;

withGit('the guardrails of an imported repository (needs git)', () => {
  it('stop a staging with the place and the words of the repository, and a draft is told before', async () => {
    const slipway = await importing('forbidding', POLICY);
    const finding = {
      rule: 'guardrail-error',
      severity: 'ERROR',
      message: 'Name no internal hosts. (no-internal-hosts of slipway.yaml)',
      path: 'prompts/task.prompt.txt',
      line: 2,
      column: 6,
    };
    const draft = await draftSaying(slipway, NAMING);
    expect(await validationOf(slipway, draft)).toMatchObject({ valid: false, findings: [finding] });
    const blocked = await staging(slipway, draft);
    expect(blocked).toMatchObject({ staged: false, report: { valid: false, findings: [finding] } });

    const { staged, report } = await staging(slipway, await draftSaying(slipway, 'Ask who knows.\n'));
    expect({ staged, findings: report.findings }).toEqual({ staged: true, findings: [] });
    await slipway.published();
    // Publishing moved `main`; the policy is that of the adopted commit still.
    const after = await draftSaying(slipway, NAMING);
    expect(await validationOf(slipway, after)).toMatchObject({ findings: [finding] });
    expect(report.rulesetDigest).toBe(blocked.report.rulesetDigest);
  });

  it('are told apart by the ruleset digest of a report, and so by its own', async () => {
    const changed = POLICY.replace('paths', '# Everywhere soon.\n    paths');
    const engine = createValidationEngine();
    const reports = [];
    for (const [name, policy] of Object.entries({ none: null, one: POLICY, again: POLICY, changed })) {
      const slipway = await importing(name, policy);
      const report = await validationOf(slipway, await draftSaying(slipway, 'Ask who knows.\n'));
      expect(report.rulesetDigest).toBe(engine.rulesetDigest(policy === null ? null : Buffer.from(policy)));
      reports.push(report);
    }
    const [none, one, again, other] = reports.map(({ rulesetDigest, digest }) => ({ rulesetDigest, digest }));
    expect(again).toEqual(one);
    expect(new Set([none, one, other].map((each) => each?.rulesetDigest)).size).toBe(3);
    expect(new Set([none, one, other].map((each) => each?.digest)).size).toBe(3);
    await engine.close();
  }, 60_000);
});
