import { discoveryDrafts, DISCOVERY } from './support/discovery-drafts';
import { furtherReleases } from './support/further-release';
import { manifest } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited } = discoveryDrafts(slipway);
const { fresh } = furtherReleases(slipway);

interface Report {
  readonly id: string;
  readonly valid: boolean;
  readonly digest: string;
  readonly findings: readonly {
    readonly check: string;
    readonly rule: string;
    readonly severity: string;
    readonly path: string;
    readonly line: number | null;
  }[];
}
const FIELDS = 'id valid digest findings { check rule severity path line }';

async function reportOf(draft: string): Promise<Report> {
  const data = await slipway.ask(`query ($id: ID!) { draft(id: $id) { validation { ${FIELDS} } } }`, { id: draft });
  return data.draft.validation as Report;
}

it('says of a draft as it stands what staging would say, and stores nothing', async () => {
  const draft = await edited();
  expect(await reportOf(draft)).toMatchObject({ valid: true, findings: [] });
  await slipway.commands.save(draft, [{ path: 'schemas/output.schema.json', content: '{\n  "type": 5\n}\n' }]);
  const report = await reportOf(draft);
  expect(report).toMatchObject({ valid: false });
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      check: 'SCHEMA_VALIDITY',
      severity: 'ERROR',
      path: 'schemas/output.schema.json',
      line: 2,
    }),
  );
  expect(await reportOf(draft)).toEqual(report);
  expect(await slipway.ask('query ($id: ID!) { validationReport(id: $id) { id } }', { id: report.id })).toEqual({
    validationReport: null,
  });
  const { release } = await slipway.commands.commit({ draft, changeType: 'MAJOR' });
  const staged = await slipway.commands.stage({ package: DISCOVERY, version: release.version });
  const rules = (findings: readonly { rule: string }[]) => findings.map(({ rule }) => rule);
  expect(rules(staged.report.findings)).toEqual(rules(report.findings));
});

it('looks at what is active now', async () => {
  await fresh('risks');
  const draft = await slipway.commands.start({ package: 'mitigations', create: true });
  await slipway.commands.save(draft.id, [
    { path: 'package.yaml', content: manifest('mitigations', ['risks']) },
    { path: 'schemas/output.schema.json', content: '{ "type": "object" }\n' },
    { path: 'prompts/task.prompt.txt', content: 'Mitigate.\n' },
    { path: 'prompts/pgc_context.prompt.txt', content: 'Ask.\n' },
  ]);
  const dependencies = async () =>
    (await reportOf(draft.id)).findings.filter(({ check }) => check === 'CROSS_PACKAGE_DEPENDENCIES');
  expect(await dependencies()).toMatchObject([{ rule: 'required-input-not-active', severity: 'WARNING' }]);
  await slipway.commands.activate({ risks: '1.0.0' });
  expect(await dependencies()).toEqual([]);
});

it('filters findings by severity and check', async () => {
  const draft = await edited();
  await slipway.commands.save(draft, [
    { path: 'schemas/output.schema.json', content: '{' },
    { path: 'notes.txt', content: 'Nothing names this file.\n' },
  ]);
  const { draft: seen } = await slipway.ask(
    `query ($id: ID!) { draft(id: $id) { validation { errorCount warningCount
      errors: findings(severity: ERROR) { severity }
      warnings: findings(severity: WARNING) { severity check }
      references: findings(check: REFERENCE_RESOLUTION) { check }
      none: findings(severity: ERROR, check: CROSS_PACKAGE_DEPENDENCIES) { check }
      checks { check passed errorCount warningCount } } } }`,
    { id: draft },
  );
  const { errorCount, warningCount, errors, warnings, references, none, checks } = seen.validation;
  expect(errors).toEqual(Array(errorCount as number).fill({ severity: 'ERROR' }));
  expect(errorCount).toBeGreaterThan(0);
  expect(warnings).toHaveLength(warningCount as number);
  expect(references).toContainEqual({ check: 'REFERENCE_RESOLUTION' });
  expect(none).toEqual([]);
  const sum = (counts: { errorCount: number }[]) => counts.reduce((total, each) => total + each.errorCount, 0);
  expect(sum(checks as { errorCount: number }[])).toBe(errorCount);
});

it('is done for at most twenty drafts that are new to it in one operation', async () => {
  for (const { id } of (await slipway.ask('{ drafts(first: 200) { nodes { id } } }')).drafts.nodes as { id: string }[])
    await slipway.commands.abandon(id);
  await Promise.all(Array.from({ length: 23 }, () => edited()));
  const all = () => slipway.gql('{ drafts(first: 50) { nodes { id validation { valid } } } }');
  const first = await all();
  // A report cannot be null: the first refusal takes the answer with it.
  expect(first.errors).toHaveLength(1);
  expect(first.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'validation' });
  expect(await all()).toMatchObject({ errors: [] });
});
