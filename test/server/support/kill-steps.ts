import { type Step } from '../../../src/application';
import { gitIsThere } from '../../git/real-git';
import { type KilledServer, startKilled } from './killed-commands';

/** At which steps of a command the server is killed. */
export interface KilledAt {
  readonly commit: readonly Step[];
  readonly stage: readonly Step[];
  /** Of an activation, and of its rollback. */
  readonly move: readonly Step[];
}

const ID = 'project_discovery';
const PROMPT = 'prompts/task.prompt.txt';

const killing = gitIsThere ? describe : describe.skip;

export function describeKills({ commit, stage, move }: KilledAt): void {
  killing('a server that is killed at a step of a command (needs git)', () => {
    let server: KilledServer;
    beforeAll(async () => {
      server = await startKilled();
    });
    afterAll(() => server.end());

    /** A draft with an edit. */
    async function draft(text: string): Promise<string> {
      const { draft } = await server.command<{ draft: { id: string } }>('startDraft', { package: ID }, 'draft { id }');
      await edit(draft.id, text);
      return draft.id;
    }

    /** Answers the new head. */
    async function edit(id: string, text: string): Promise<string> {
      const input = { draft: id, changes: [{ path: PROMPT, content: text }] };
      const { draft } = await server.command<{ draft: { head: string } }>('saveArtifacts', input, 'draft { head }');
      return draft.head;
    }

    async function committed(text: string): Promise<string> {
      const input = { draft: await draft(text), message: text, changeType: 'MINOR' };
      const { release } = await server.command<{ release: { version: string } }>(
        'commitDraft',
        input,
        'release { version }',
      );
      return release.version;
    }

    async function staged(text: string): Promise<string> {
      const version = await committed(text);
      const { staged } = await server.command<{ staged: boolean }>('stageRelease', { package: ID, version }, 'staged');
      expect(staged).toBe(true);
      return version;
    }

    it('has committed once, at whichever step', async () => {
      const id = await draft('Ask first.\n');
      for (const step of commit) {
        const expectedHead = await edit(id, `Ask before ${step}.\n`);
        const input = { draft: id, expectedHead, message: `Ask before ${step}`, changeType: 'MINOR' };
        const { release } = await server.kill<{ release: object }>(step, {
          mutation: 'commitDraft',
          selection: 'release { version artifact(path: "prompts/task.prompt.txt") { content } }',
          input,
          type: 'Committed',
        });
        expect(release).toEqual({ version: '1.5.0', artifact: { content: `Ask before ${step}.\n` } });
        const { draft: kept } = await server.ask<{ draft: object }>(`{ draft(id: "${id}") { dirty } }`);
        expect(kept).toEqual({ dirty: false });
      }
    }, 120_000);

    it('has staged once, at whichever step, and no draft is left', async () => {
      for (const step of stage) {
        const version = await committed(`Stage at ${step}`);
        const { staged } = await server.kill<{ staged: boolean }>(step, {
          mutation: 'stageRelease',
          selection: 'staged',
          input: { package: ID, version },
          type: 'Staged',
        });
        expect(staged).toBe(true);
      }
    }, 120_000);

    it('has activated and rolled back once, at whichever step', async () => {
      for (const step of move) {
        const version = await staged(`Activate at ${step}`);
        await server.kill(step, {
          mutation: 'activateReleases',
          input: { releases: [{ package: ID, version }], reason: 'Ready' },
          type: 'Activated',
        });
        await server.kill(step, {
          mutation: 'rollback',
          input: { package: ID, reason: 'Not ready' },
          type: 'RolledBack',
        });
      }
      const { activeReleases } = await server.ask<{ activeReleases: { pointer: Record<string, string> } }>(
        '{ activeReleases { pointer } }',
      );
      expect(activeReleases.pointer[ID]).toBe('1.4.0');
    }, 120_000);
  });
}
