import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { packageStream, type Staged } from '../../src/domain';
import { EMPTY_STREAM, sealEvents, type StreamHead } from '../../src/eventstore';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/sqlite-event-store';
import { EVENT_LOG_FILE } from '../../src/server/data-directory';
import { furtherReleases } from './support/further-release';
import { manifest } from './support/new-package';
import { type Answer } from './support/graphql-client';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { further, fresh } = furtherReleases(slipway);

const PLAN = `id ok blockers { code packageId message unblock }
  remedy { packageId version package { id } release { version state } } warnings { code packageId message unblock }`;
const input = (releases: Readonly<Record<string, string>>) =>
  Object.entries(releases).map(([id, version]) => ({ package: id, version }));
const planOf = async (releases: Readonly<Record<string, string>>): Promise<Answer['data']> =>
  (
    await slipway.ask(`query ($releases: [ReleaseInput!]!) { activationPlan(releases: $releases) { ${PLAN} } }`, {
      releases: input(releases),
    })
  ).activationPlan;

it('names the releases that make a blocked activation safe; the refused act names the same, and with them it passes', async () => {
  await fresh('hazards');
  await fresh('assessments', ['hazards']);
  await fresh('measures', ['assessments']);
  const plan = await planOf({ measures: '1.0.0' });
  expect(plan).toMatchObject({
    ok: false,
    blockers: [
      {
        code: 'DEPENDENCY_NOT_ACTIVE',
        packageId: 'measures',
        message: 'measures requires assessments, which has no active release.',
        unblock: 'Also activate assessments 1.0.0 and hazards 1.0.0 in the same move.',
      },
    ],
    remedy: [
      { packageId: 'assessments', package: { id: 'assessments' }, release: { version: '1.0.0', state: 'STAGED' } },
      { packageId: 'hazards', version: '1.0.0' },
    ],
  });
  const refused = await slipway.gql(
    'mutation ($input: ActivateReleasesInput!) { activateReleases(input: $input) { position } }',
    { input: { releases: input({ measures: '1.0.0' }), reason: 'Too early' } },
  );
  expect(refused.errors).toMatchObject([
    {
      message: expect.stringContaining('Also activate assessments 1.0.0 and hazards 1.0.0 in the same move.') as string,
      extensions: {
        code: 'DEPENDENCY_NOT_ACTIVE',
        blockers: plan.blockers,
        remedy: [
          { packageId: 'assessments', version: '1.0.0' },
          { packageId: 'hazards', version: '1.0.0' },
        ],
      },
    },
  ]);
  const remedy = plan.remedy as { packageId: string; version: string }[];
  const whole = { measures: '1.0.0', ...Object.fromEntries(remedy.map((each) => [each.packageId, each.version])) };
  const safe = await planOf(whole);
  expect(safe).toMatchObject({ ok: true, blockers: [], remedy: [] });
  const { pointer } = await slipway.commands.activate(whole, { plan: safe.id });
  expect(pointer).toMatchObject(whole);
});

it('names what to activate before a deactivation, which then passes', async () => {
  await fresh('costs');
  await fresh('budgets', ['costs']);
  await slipway.commands.activate({ costs: '1.0.0', budgets: '1.0.0' });
  const without = { 'package.yaml': manifest('budgets').replace('0.0.0', '1.0.0') };
  const version = await further('budgets', without);
  const { deactivationPlan } = await slipway.ask(`{ deactivationPlan(packages: ["costs"]) { ${PLAN} } }`);
  expect(deactivationPlan).toMatchObject({
    ok: false,
    blockers: [{ unblock: `Activate budgets ${version} first, or deactivate budgets together with it.` }],
    remedy: [{ packageId: 'budgets', version }],
  });
  await slipway.commands.activate({ budgets: version });
  await slipway.commands.deactivate(['costs']);
});

it('says what to stage where no staged release would help', async () => {
  const draft = await slipway.commands.start({ package: 'sources', create: true });
  await slipway.commands.save(draft.id, [
    { path: 'package.yaml', content: manifest('sources') },
    { path: 'schemas/output.schema.json', content: '{ "type": "object" }\n' },
    { path: 'prompts/task.prompt.txt', content: 'Write.\n' },
    { path: 'prompts/pgc_context.prompt.txt', content: 'Ask.\n' },
  ]);
  await slipway.commands.commit({ draft: draft.id, version: '1.0.0-rc.1' });
  await slipway.commands.stage({ package: 'sources', version: '1.0.0-rc.1' });
  await fresh('findings', ['sources']);
  expect(await planOf({ findings: '1.0.0' })).toMatchObject({
    ok: false,
    remedy: null,
    blockers: [
      {
        unblock: 'Stage a release of sources, which has none that can be activated, and activate it in the same move.',
      },
    ],
  });
});

it('warns of a release that was staged under other rules, and activates it all the same', async () => {
  await fresh('glossaries');
  const draft = await slipway.commands.start({ package: 'glossaries' });
  await slipway.commands.save(draft.id, [{ path: 'prompts/task.prompt.txt', content: 'Write it well.\n' }]);
  await slipway.commands.commit({ draft: draft.id, changeType: 'MINOR', version: '1.1.0' });
  // What a node with other rules writes into the log when it stages the release.
  await slipway.restart(() => stagedElsewhere('glossaries', '1.1.0', 'f'.repeat(64)));
  const plan = await planOf({ glossaries: '1.1.0' });
  expect(plan).toMatchObject({
    ok: true,
    blockers: [],
    remedy: [],
    warnings: [
      {
        code: 'RULES_CHANGED_SINCE_STAGING',
        packageId: 'glossaries',
        message: 'glossaries 1.1.0 was staged under other rules than those in force now.',
      },
    ],
  });
  expect((await planOf({ glossaries: '1.0.0' })).warnings).toEqual([]);
  await slipway.commands.activate({ glossaries: '1.1.0' }, { plan: plan.id });
  await slipway.commands.activate({ glossaries: '1.0.0' });
  const { rollbackPlan } = await slipway.ask(`{ rollbackPlan(package: "glossaries") { ${PLAN} } }`);
  expect(rollbackPlan).toMatchObject({ ok: true, warnings: [{ code: 'RULES_CHANGED_SINCE_STAGING' }] });
  await slipway.commands.rollback({ package: 'glossaries', plan: rollbackPlan.id });
});

/** Appends `Staged` behind the last `Committed` of a package, with a report of other rules. */
async function stagedElsewhere(id: string, version: string, rulesetDigest: string): Promise<void> {
  const store = openSqliteEventStore({ path: join(slipway.dataDirectory, EVENT_LOG_FILE) });
  let head: StreamHead = EMPTY_STREAM;
  let content: { commit: string; tree: string } | null = null;
  let report: Staged['data']['report'] | null = null;
  for await (const { type, data, revision, metadata } of store.readStream(packageStream(id))) {
    head = { revision, hash: metadata.hash, occurredAt: metadata.occurredAt };
    if (type === 'Committed') content = { commit: data.commit, tree: data.tree };
    if (type === 'Staged') report = data.report;
  }
  const facts = { package: id, version, ...content!, report: { ...report!, rulesetDigest } };
  const events: Staged[] = [{ type: 'Staged', data: facts }];
  const context = {
    actor: { id: 'elsewhere', name: 'Elsewhere' },
    correlationId: randomUUID(),
    commandId: randomUUID(),
    commandDigest: '',
    now: new Date().toISOString(),
    newEventId: () => randomUUID(),
  };
  await store.append(
    packageStream(id),
    head.revision,
    sealEvents({ stream: packageStream(id), head, events, context }),
  );
  await store.close();
}
