import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TEXT_WITH_ERROR, wordsOf } from '../operation';
import { manifest as manifestText, newPackageFiles } from '../../server/support/new-package';
import { MADE_UP } from '../../validation/support/made-up-secrets';
import { type Content, setRelease, type World } from '../world/world';

/** Packages that operations speak of; the last two do not exist in the beginning. */
export const PACKAGES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'] as const;

/** The file that most saves write. */
export const PROMPT = 'prompts/task.prompt.txt';
const BEGINNING: Readonly<Record<string, { readonly requires: readonly string[]; readonly isActive: boolean }>> = {
  alpha: { requires: [], isActive: true },
  beta: { requires: ['alpha'], isActive: true },
  gamma: { requires: [], isActive: false },
};

/** Files that a repository holds before it is adopted: three packages at 1.0.0, two of them active. */
export function writeStartingFiles(directory: string): void {
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  const active = Object.entries(BEGINNING).flatMap(([id, { isActive }]) => (isActive ? [[id, '1.0.0'] as const] : []));
  write('_active/active_releases.json', `${JSON.stringify(Object.fromEntries(active), null, 2)}\n`);
  for (const [id, { requires }] of Object.entries(BEGINNING))
    for (const { path, content } of filesOf(id, { text: 1, requires, version: '1.0.0' }))
      write(`document_types/${id}/releases/1.0.0/${path}`, content);
}

/** The world that adopting these files makes. */
export function startingWorld(): World {
  const world: World = {
    releases: new Map(),
    drafts: new Map(),
    lastOfDraft: new Map(),
    active: new Map(),
    stacks: new Map(),
    everActive: new Map(),
    moves: [],
    log: [],
    seen: new Map(),
  };
  for (const [id, { requires, isActive }] of Object.entries(BEGINNING)) {
    const content: Content = { manifest: { version: '1.0.0', requires }, text: 1 };
    setRelease(world, id, '1.0.0', { status: 'adopted', content, base: null, draft: null, tagged: false });
    if (!isActive) continue;
    world.active.set(id, '1.0.0');
    world.stacks.set(id, ['1.0.0']);
    world.everActive.set(id, new Set(['1.0.0']));
  }
  const changes = [...world.active].map(([id, to]) => ({ package: id, from: null, to }));
  world.moves.push({ type: 'PointerAdopted', changes, pointer: Object.fromEntries(world.active) });
  return world;
}

/** What a save writes: the prompt alone, or everything with it. */
export function filesOf(
  id: string,
  {
    text,
    requires,
    version = '0.0.0',
  }: { readonly text: number; readonly requires: readonly string[] | null; readonly version?: string },
): readonly { readonly path: string; readonly content: string }[] {
  const prompt = { path: PROMPT, content: promptOf(text) };
  if (requires === null) return [prompt];
  const others = newPackageFiles(id).filter(({ path }) => path !== PROMPT && path !== 'package.yaml');
  const manifest = manifestOf(id, { version, requires });
  return [
    prompt,
    { path: 'package.yaml', content: manifest },
    ...others.map(({ path, content = '' }) => ({ path, content })),
  ];
}

const WORDS = ['briefly', 'thoroughly', 'formally'];

/** The prompt of a text. */
export function promptOf(text: number): string {
  // A text that holds a secret may be committed, and does not pass validation.
  const how = text === TEXT_WITH_ERROR ? `as ${MADE_UP.githubToken}` : (WORDS[wordsOf(text)] ?? '');
  return `Write a summary of the project ${how}${'!'.repeat(1 + Math.floor(text / 3))}\n`;
}

/** The manifest of a package. */
export function manifestOf(
  id: string,
  { version, requires }: { readonly version: string; readonly requires: readonly string[] },
): string {
  return manifestText(id, requires).replace('version: 0.0.0', `version: ${version}`);
}
