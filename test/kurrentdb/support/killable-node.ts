import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Answer, post } from '../../server/support/graphql-client';
import { type NodeArguments } from './serve-node';

const REGISTER = join(__dirname, '..', '..', 'support', 'register-packed-ts.cjs');
const SCRIPT = join(__dirname, 'serve-node.ts');

/** A node in a process of its own that can be killed and started again on the same data. */
export interface KillableNode {
  readonly dataDirectory: string;
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Null when there was no answer. */
  run(query: string, variables?: object): Promise<Answer | null>;
}

export function killableNode(node: NodeArguments): KillableNode {
  let child: ChildProcess | null = null;
  const url = `http://127.0.0.1:${String(node.port)}/graphql`;
  const ended = async (): Promise<void> => {
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    child = null;
  };
  return {
    dataDirectory: node.dataDirectory,
    url,
    start: async () => {
      const started = spawn(process.execPath, ['-r', REGISTER, SCRIPT, JSON.stringify(node)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      started.stdin.on('error', () => undefined); // a process that was killed reads no more
      child = started;
      const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
      const { done, value } = await lines.next();
      if (done === true || value !== 'ready') throw new Error(`The node did not start: ${value ?? 'it ended'}`);
    },
    kill: async () => {
      child?.kill('SIGKILL');
      await ended();
    },
    stop: async () => {
      child?.stdin?.end();
      await ended();
    },
    run: async (query, variables) => {
      try {
        const token = readFileSync(join(node.dataDirectory, 'admin-token'), 'utf8').trim();
        return await post({ url, token }, query, variables);
      } catch {
        return null; // no answer, or half of one
      }
    },
  };
}
