import { manifestOf, PROMPT, promptOf } from '../node/starting-repository';
import { type TestedNode } from '../node/tested-node';
import { draftFacts } from '../world/drafts';
import { pointerOf } from '../world/pointer';
import { releaseStates, type World } from '../world/world';

/** Files that differ between drafts. */
const COMPARED = [PROMPT, 'package.yaml'];

/** Every row is on the first page. */
const ALL = { first: 1_000 };

/** Expects that log, read models and drafts of a running node are what the model says; cheap enough for every command. */
export async function expectAgreement(world: World, real: TestedNode): Promise<void> {
  await real.readLog();
  expect(real.events().map(({ text }) => text)).toEqual(world.log);

  const { readModel } = real.node().projections;
  expect(readModel.activeNow()?.pointer).toEqual(pointerOf(world));
  const rows = readModel.releases({}, ALL).edges.map(({ node }) => [`${node.package} ${node.version}`, node.state]);
  expect(Object.fromEntries(rows)).toEqual(releaseStates(world));

  expect(await draftsOf(real)).toEqual(draftsIn(world));
}

/** Whether the drafts of a node hold what the model says. */
export async function draftsAgree(world: World, real: TestedNode): Promise<boolean> {
  return JSON.stringify(await draftsOf(real)) === JSON.stringify(draftsIn(world));
}

async function draftsOf(real: TestedNode) {
  const { application } = real.node();
  const drafts = [...(await application.listDrafts(null))].sort((a, b) => (a.id < b.id ? -1 : 1));
  return Promise.all(
    drafts.map(async ({ id, packageId, baseVersion, dirty, tree }) => {
      const [prompt, manifest] = await Promise.all(COMPARED.map((path) => application.artifact(tree, path)));
      const files = { prompt: prompt?.content ?? null, manifest: manifest?.content ?? null };
      return { draft: id, package: packageId, base: baseVersion, dirty, ...files };
    }),
  );
}

function draftsIn(world: World) {
  return [...world.drafts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { package: id, content }]) => {
      const { text, manifest } = content;
      return {
        ...draftFacts(world, name),
        prompt: text === null ? null : promptOf(text),
        manifest: manifest === null ? null : manifestOf(id, manifest),
      };
    });
}
