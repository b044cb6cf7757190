// The entry of the child process. Everything that parses content runs here: no environment, no paths, killable.
import { createContext, Script } from 'node:vm';
import { classifyChange } from '../classification/classify-change';
import { createSchemaCompiler } from '../schema/compile-schema';
import { readPolicy } from '../policy/read-policy';
import { type ChildMessage, type JobMessage, type JobName, type Jobs } from './job';
import { readManifest } from './read-manifest';
import { readPins } from './read-pins';
import { readYaml } from './read-yaml';
import { rewriteVersion } from './rewrite-version';
import { validateRelease } from './validate-release';
import { encodeAnswer, jobReader } from './wire';

const compiler = createSchemaCompiler();
// The meta-schemas are compiled with their first use: not on the time of the first release.
for (const dialect of ['draft-07', '2020-12'] as const) compiler.metaErrors(true, dialect);

const handlers: { [N in JobName]: (input: Jobs[N]['input']) => Jobs[N]['answer'] } = {
  validate: (request) => validateRelease(request, compiler),
  classifyChange: (request) => classifyChange(request, compiler),
  readPins,
  readManifests: (manifests) => manifests.map(readManifest),
  rewriteVersion: (source) => {
    const rewritten = rewriteVersion(source);
    return rewritten.ok ? { ok: true, base64: Buffer.from(rewritten.bytes).toString('base64') } : rewritten;
  },
  readYaml,
  faultsOfPolicy: (bytes) => readPolicy(bytes).faults,
};

process.stdin.on('data', jobReader(answer));
// The parent is gone.
process.stdin.on('end', () => process.exit());
// A signal to the whole process group must not turn a validation under way into a failed one: the parent decides.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
send({ type: 'ready' });

function answer({ id, job, input, deadlineMs }: JobMessage): void {
  // The input was made by the parent for this very job.
  const handler = handlers[job] as (input: unknown) => unknown;
  try {
    send({ type: 'answer', id, answer: withDeadline(() => handler(input), deadlineMs) });
  } catch (error) {
    process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
    send({ type: 'failed', id });
  }
}

/** Runs synchronous work that V8 stops after a while: an orphan must not compute for ever. */
function withDeadline(work: () => unknown, timeout: number): unknown {
  const context = createContext({ work });
  return new Script('work()').runInContext(context, { timeout });
}

function send(message: ChildMessage): void {
  process.stdout.write(encodeAnswer(message));
}
