import { COMPILING_MS, slipway as command } from '../cli/support/run-slipway';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();

it(
  'the query and the command list the same rules',
  async () => {
    const { validationRules } = await slipway.ask('{ validationRules { id check severity description } }');
    const { rules } = JSON.parse((await command(['rules', '--json'])).stdout) as { rules: object[] };
    expect(rules.length).toBeGreaterThan(30);
    expect(validationRules).toEqual(rules);
  },
  COMPILING_MS,
);

it('a finding names a rule of the list', async () => {
  const answer: { validationRules: { id: string; check: string; severity: string }[] } = await slipway.ask(
    '{ validationRules { id check severity } }',
  );
  const drafted = await slipway.ask(
    'mutation { startDraft(input: { package: "project_discovery" }) { draft { id head } } }',
  );
  const { id } = (drafted as { startDraft: { draft: { id: string } } }).startDraft.draft;
  await slipway.ask(
    `mutation { saveArtifacts(input: { draft: "${id}", changes: [{ path: "package.yaml", content: "[" }] }) { draft { id } } }`,
  );
  const { draft }: { draft: { validation: { findings: { rule: string; check: string; severity: string }[] } } } =
    await slipway.ask(`{ draft(id: "${id}") { validation { findings { rule check severity } } } }`);
  const { findings } = draft.validation;
  expect(findings).not.toEqual([]);
  for (const { rule, check, severity } of findings)
    expect(answer.validationRules).toContainEqual({ id: rule, check, severity });
});
