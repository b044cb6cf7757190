// A data directory as a server leaves it: events sealed, commits rendered and tables projected by the product's own code,
// only the objects are packed at once.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PackWriter } from './pack-writer.mjs';

const PACKAGES = 100;
const START = Date.parse('2026-03-01T00:00:00.000Z');
const SERVICE = { name: 'Slipway', email: 'service@slipway.invalid' };
const TOM = { id: 'tom.moseley', name: 'Tom Moseley' };
const APPENDS_AT_ONCE = 500;

export async function makeHistory({ root, dataDirectory, events: wanted }) {
  const product = load(createRequire(import.meta.url), join(root, 'dist'));
  const { domain, git } = product;
  mkdirSync(dataDirectory, { recursive: true });
  const gitdir = join(dataDirectory, 'repository.git');
  await product.initGitRepository({ gitdir });
  const objects = new PackWriter({ dist: product, gitdir });
  const store = product.openSqliteEventStore({ path: join(dataDirectory, 'events.db') });

  const heads = new Map();
  const refs = [];
  const publications = [];
  const appends = [];
  let count = 0;
  const append = async (stream, event) => {
    const head = heads.get(stream) ?? product.EMPTY_STREAM;
    const id = randomUUID();
    const now = new Date(START + count * 1_000).toISOString();
    const context = {
      actor: TOM,
      commandId: id,
      commandDigest: 'd'.repeat(64),
      correlationId: id,
      now,
      newEventId: () => id,
    };
    const [sealed] = product.sealEvents({ stream, head, events: [event], context });
    heads.set(stream, product.headAfter(sealed));
    count += 1;
    appends.push(store.append(stream, head.revision < 0 ? 'no_stream' : head.revision, [sealed]));
    if (appends.length === APPENDS_AT_ONCE) await Promise.all(appends.splice(0));
    return sealed;
  };

  const layout = domain.DEFAULT_LAYOUT;
  const start = await git.writeRootCommit(objects, {
    files: [],
    pointerPath: layout.pointer.path,
    serviceIdentity: SERVICE,
  });
  const adoption = { layout, serviceIdentity: SERVICE, commitForm: 1 };
  await append('repository', { type: 'Adopted', data: { commit: start, previousEventId: null, ...adoption } });

  let main = start;
  const publish = async (event) => {
    main = await product.writeEventCommit(objects, { event, adoption, firstParent: main });
    publications.push([event.metadata.eventId, main]);
  };
  const state = Array.from({ length: PACKAGES }, (_, index) => ({
    id: `package_${String(index).padStart(3, '0')}`,
    minor: 0,
    active: null,
    stack: [],
  }));
  const sameFiles = new Map();
  for (const name of ['docdef.md', 'schema.json', 'prompts/system.md']) {
    sameFiles.set(name, await objects.writeBlob(Buffer.from(`${name}\n${'The same in every release. '.repeat(60)}\n`)));
  }

  for (let turn = 0; count < wanted; turn += 1) {
    const each = state[turn % PACKAGES];
    const version = `1.${String(each.minor)}.0`;
    const previous = each.active;
    each.minor += 1;
    const release = await releaseTree(objects, git, each.id, version, sameFiles);
    const path = `document_types/${each.id}/releases/${version}`;
    const base = await objects.readCommit(main);
    const commit = await objects.writeCommit({
      tree: await git.withEntry(objects, base.tree, path, { mode: '040000', oid: release }),
      parents: [main],
      author: { ...SERVICE, seconds: Math.floor(START / 1000) + count },
      committer: { ...SERVICE, seconds: Math.floor(START / 1000) + count },
      message: `feat(${each.id}): Improve the prompt\n\nSlipway-Package: ${each.id}\nSlipway-Version: ${version}\n`,
    });
    refs.push(`${commit} ${git.keepingRef(commit)}`);
    const stream = domain.packageStream(each.id);
    const what = { package: each.id, version, commit, tree: release };
    await append(stream, {
      type: 'Committed',
      data: {
        ...what,
        changeType: previous === null ? null : 'minor',
        baseVersion: previous,
        draft: `draft-${String(turn)}`,
        message: 'Improve the prompt',
        displayName: each.id,
        requires: [],
      },
    });
    const staged = await append(stream, { type: 'Staged', data: { ...what, report: REPORT } });
    await publish(staged);
    const move = (type, from, to, reason) => ({
      type,
      data: {
        changes: [{ package: each.id, fromVersion: from, toVersion: to, tree: release, requires: [] }],
        reason,
        planDigest: null,
        overrides: [],
      },
    });
    await publish(
      await append(domain.POINTER_STREAM, move('Activated', previous, version, 'Better answers in the pilot')),
    );
    each.active = version;
    if (turn % 3 === 0) {
      const tagged = await append(stream, {
        type: 'Tagged',
        data: { package: each.id, version, commit, tag: `${each.id}/v${version}`, message: `${each.id} ${version}` },
      });
      refs.push(`${await objects.writeTag(product.renderTag(tagged))} refs/tags/${each.id}/v${version}`);
    }
    if (turn % 5 === 0 && previous !== null) {
      await publish(await append(domain.POINTER_STREAM, move('RolledBack', version, previous, 'Answers were worse')));
      each.active = previous;
    }
  }
  await Promise.all(appends);
  refs.push(`${main} refs/heads/main`);
  refs.sort((a, b) => (a.slice(41) < b.slice(41) ? -1 : 1));
  writeFileSync(join(gitdir, 'packed-refs'), `# pack-refs with: peeled fully-peeled sorted \n${refs.join('\n')}\n`);
  const packBytes = objects.finish();
  await project(product, { dataDirectory, store, publications });
  await store.close();
  return { events: count, objects: objects.count, packBytes };
}

async function project({ createProjections }, { dataDirectory, store, publications }) {
  const projections = createProjections({ path: join(dataDirectory, 'read-model.db'), store });
  await projections.start();
  for (const [event, commit] of publications) projections.publications.record(event, commit);
  await projections.close();
}

async function releaseTree(objects, git, id, version, sameFiles) {
  const manifest = `doc_type_id: ${id}\nversion: ${version}\ndisplay_name: ${id}\n`;
  const task = `Write the document ${id} ${version}.\n${'Name what is open, and ask. '.repeat(40)}\n`;
  const files = [...sameFiles].map(([path, oid]) => ({ path, mode: '100644', oid }));
  files.push({ path: 'package.yaml', mode: '100644', oid: await objects.writeBlob(Buffer.from(manifest)) });
  files.push({ path: 'prompts/task.md', mode: '100644', oid: await objects.writeBlob(Buffer.from(task)) });
  return git.treeFromFiles(objects, files);
}

const CHECKS = [
  'REFERENCE_RESOLUTION',
  'SCHEMA_VALIDITY',
  'PROMPT_SCHEMA_ALIGNMENT',
  'CROSS_PACKAGE_DEPENDENCIES',
  'AUTHORITY_LEVEL',
  'GOVERNANCE_GUARDRAILS',
];
const REPORT = {
  valid: true,
  validatedAt: '2026-03-01T00:00:00.000Z',
  digest: 'e'.repeat(64),
  rulesetDigest: 'e'.repeat(64),
  mapDigest: 'e'.repeat(64),
  checks: CHECKS.map((check) => ({ check, passed: true, errorCount: 0, warningCount: 0 })),
  findings: [],
  errorCount: 0,
  warningCount: 0,
  omitted: 0,
};

function load(require, dist) {
  const from = (path) => require(join(dist, path));
  return {
    domain: from('domain'),
    git: from('git'),
    ...from('eventstore'),
    ...from('eventstore/sqlite/sqlite-event-store'),
    ...from('git/isomorphic/isomorphic-repository'),
    ...from('git/object-form/object-bytes'),
    ...from('git/object-form/tree-form'),
    ...from('git/object-form/commit-bytes'),
    ...from('git/commit-form/materialise'),
    ...from('git/commit-form/render-tag'),
    ...from('git/verifier/recently-used'),
    ...from('projections'),
  };
}
