import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Refused } from '../outcome';
import { type GraphqlClient } from './graphql-client';
import { type Narrator } from './narrator';
import * as operations from './operations';
import { TourSteps } from './tour-steps';

const FIRST = 'project_discovery';
const SECOND = 'primary_implementation_plan';

const NEEDS_EXAMPLE = 'The tour needs the bundled example: start a server on a new data directory.';

const MANIFEST = 'package.yaml';
const PROMPT = 'prompts/task.prompt.txt';
const QUESTIONS = 'prompts/questions.prompt.txt';

/** From draft to production and back, on whatever the server holds of the example's packages. */
export async function tellStory(tools: {
  readonly client: GraphqlClient;
  readonly narrator: Narrator;
  /** The bare repository, where this machine has it. */
  readonly gitdir: string;
}): Promise<void> {
  const { client, narrator, gitdir } = tools;
  const steps = new TourSteps(client, narrator);
  await requireExample(client);
  const before = await client.send<{ activeReleases: { commit: string; pointer: object } }>(operations.ACTIVE);
  steps.tell('What production reads now', operations.ACTIVE, undefined, [
    JSON.stringify(before.activeReleases.pointer),
  ]);
  const startedAt = new Date().toISOString();

  const draft = await steps.startDraft(FIRST);
  const manifest = await content(client, draft, MANIFEST);
  await steps.save('Edit the prompt; the manifest names a questions prompt that is not there yet', draft, [
    { path: PROMPT, content: noted(await content(client, draft, PROMPT)) },
    ...(manifest.includes(QUESTIONS)
      ? [{ path: MANIFEST, content: manifest.replace(QUESTIONS, `${QUESTIONS}.missing`) }]
      : []),
    ...(manifest.includes(QUESTIONS) ? [] : [{ path: MANIFEST, content: withQuestions(manifest) }]),
  ]);
  await steps.showDiff(draft);
  await steps.commitWithoutMessage(draft);
  const version = await steps.commit(FIRST, draft, 'Ask the open questions first');
  await steps.stage(FIRST, version, 'refused');
  await steps.save('Fix it: the questions prompt the manifest names', draft, [
    { path: MANIFEST, content: (await content(client, draft, MANIFEST)).replace(`${QUESTIONS}.missing`, QUESTIONS) },
    { path: QUESTIONS, content: 'List the questions that must be answered before a project can be described.\n' },
  ]);
  await steps.commit(FIRST, draft, 'Ask the open questions first');
  await steps.stage(FIRST, version, 'staged');
  const release = { package: FIRST, version };
  await steps.activate(
    `Activate ${FIRST} ${version}`,
    [release],
    await steps.plan([release]),
    'Questions come first now',
  );
  await showGitLog(steps, gitdir);

  const set = [await editAndStage(steps, client, FIRST), await editAndStage(steps, client, SECOND)];
  const plan = await steps.plan(set);
  const move = await steps.activate(
    'Activate two packages together, in one commit',
    set,
    plan,
    'The plan relies on the new discovery',
  );
  await steps.rollBackSet(move.id, 'The new plan confuses readers');
  await steps.tag(FIRST, version);
  await showAudit(steps, client);
  await showPast(steps, client, startedAt);
}

async function editAndStage(
  steps: TourSteps,
  client: GraphqlClient,
  packageId: string,
): Promise<{ package: string; version: string }> {
  const draft = await steps.startDraft(packageId);
  await steps.save(`Edit the prompt of ${packageId}`, draft, [
    { path: PROMPT, content: noted(await content(client, draft, PROMPT)) },
  ]);
  const version = await steps.commit(packageId, draft, 'Say the same in fewer words');
  await steps.stage(packageId, version, 'staged');
  return { package: packageId, version };
}

async function content(client: GraphqlClient, draft: string, path: string): Promise<string> {
  const query = 'query ($id: ID!, $path: String!) { draft(id: $id) { artifact(path: $path) { content } } }';
  const answer = await client.send<{ draft: { artifact: { content: string } | null } }>(query, { id: draft, path });
  if (answer.draft.artifact === null) throw new Refused(NEEDS_EXAMPLE);
  return answer.draft.artifact.content;
}

/** @throws Refused where the packages that the story is about do not exist. */
async function requireExample(client: GraphqlClient): Promise<void> {
  const variables = { first: FIRST, second: SECOND };
  const { first, second } = await client.send<{ first: object | null; second: object | null }>(
    operations.PACKAGES,
    variables,
  );
  if (first === null || second === null) throw new Refused(NEEDS_EXAMPLE);
}

/** A line that no earlier tour wrote, so that every tour has something to commit. */
function noted(prompt: string): string {
  return `${prompt.trimEnd()}\n\nRevised on the tour of ${new Date().toISOString()}.\n`;
}

function withQuestions(manifest: string): string {
  return manifest.replace(/^artifacts:\n/m, `artifacts:\n  questions_prompt: ${QUESTIONS}\n`);
}

async function showGitLog(steps: TourSteps, gitdir: string): Promise<void> {
  const args = [
    '--git-dir',
    gitdir,
    'log',
    '--first-parent',
    '-3',
    '--format=%h %an: %s%n%(trailers:key=Slipway-Event,key=Slipway-Change)',
    'main',
  ];
  const facts = await promisify(execFile)('git', args).then(
    ({ stdout }) =>
      stdout
        .trim()
        .split('\n')
        .filter((line) => line !== ''),
    () => ['skipped: no git program on this machine, or the repository is on another'],
  );
  steps.tell('Look at it with plain git', `git ${args.join(' ')}`, undefined, facts);
}

async function showAudit(steps: TourSteps, client: GraphqlClient): Promise<void> {
  const variables = { package: FIRST };
  const { auditLog } = await client.send<{
    auditLog: {
      nodes: readonly {
        at: string;
        action: string;
        version: string | null;
        actor: { id: string };
        reason: string | null;
      }[];
    };
  }>(operations.AUDIT, variables);
  const facts = auditLog.nodes.map(
    ({ at, action, version, actor, reason }) =>
      `${at} ${action} ${version ?? ''} by ${actor.id}${reason === null ? '' : `: ${reason}`}`,
  );
  steps.tell(`The audit log of ${FIRST}, newest first`, operations.AUDIT, variables, facts);
}

async function showPast(steps: TourSteps, client: GraphqlClient, at: string): Promise<void> {
  const variables = { at };
  const { activeReleases } = await client.send<{ activeReleases: { pointer: object } }>(
    operations.ACTIVE_AT,
    variables,
  );
  steps.tell('What production read when this tour began', operations.ACTIVE_AT, variables, [
    JSON.stringify(activeReleases.pointer),
  ]);
}
