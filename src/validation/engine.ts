import { extname, join } from 'node:path';
import { type ValidationReport } from '../domain';
import { canonicalDigest } from './canonical-digest';
import { classificationRefused, classificationUnfinished } from './classification/unfinished-classification';
import { type ManifestSource } from './child/job';
import { LIMITS } from './limits';
import { createChildPool } from './pool/child-pool';
import { pinsVersions } from './references/pins';
import { buildReport } from './report/build-report';
import { type FindingSummary } from './report/finding-summary';
import { CHECKS } from './rules';
import { RULE_DESCRIPTIONS, rulesetDigest } from './ruleset';
import {
  type ManifestFacts,
  ManifestUnreadable,
  type ValidationEngine,
  type ValidationRequest,
} from './validation-engine';
import { refusedBeforeReading, unfinishedSummary } from './report/unfinished-summary';

export interface ValidationEngineOptions {
  /** At most this many child processes; 2 by default. */
  readonly processes?: number;
  /**
   * Time for one release, in milliseconds; 4,000 by default: several times what the largest content within the limits
   * takes (docs/validation.md), and short enough that an orphan is gone within five seconds.
   */
  readonly timeoutMs?: number;
  /** Heap of one child, in MiB; 256 by default. The whole process may hold twice as much and 256 more, where the system tells. */
  readonly memoryMb?: number;
  /** Arguments for the child's Node, for example a hook that loads sources that are not compiled. */
  readonly execArgv?: readonly string[];
}

const MANIFESTS_PER_JOB = 50;
const START_TIMEOUT_MS = 60_000;

/** The checks behind the port. Children are started with the first work; nothing of the content is parsed outside of them. */
export function createValidationEngine(options: ValidationEngineOptions = {}): ValidationEngine {
  const pool = createChildPool({
    // Compiled beside compiled, source beside source.
    entry: join(__dirname, 'child', `main${extname(__filename)}`),
    processes: options.processes ?? 2,
    timeoutMs: options.timeoutMs ?? 4_000,
    memoryMb: options.memoryMb ?? 256,
    execArgv: options.execArgv ?? [],
    startTimeoutMs: START_TIMEOUT_MS,
  });

  return {
    rulesetDigest,
    rules: RULE_DESCRIPTIONS,
    validate: async (request) => reportOf(request, await summaryOf(request)),
    async classifyChange(request) {
      const refused = classificationRefused(request);
      if (refused !== null) return refused;
      const outcome = await pool.run('classifyChange', request);
      return outcome.status === 'done' ? outcome.answer : classificationUnfinished(outcome.status);
    },
    async readPins(release) {
      if (!pinsVersions(release.kind)) return [];
      if (refusedBeforeReading(release.files) !== null) return null;
      const outcome = await pool.run('readPins', release);
      return outcome.status === 'done' ? outcome.answer : null;
    },
    readManifest: async (bytes, layout) => (await readManifests([{ bytes, layout }]))[0] ?? NOTHING_KNOWN,
    readManifests,
    async rewriteVersion(bytes, layout, version) {
      if (layout.version === null) return bytes;
      const outcome = await pool.run('rewriteVersion', { bytes, layout, version });
      if (outcome.status !== 'done') throw new ManifestUnreadable(layout.file, null, 'The manifest cannot be read.');
      if (!outcome.answer.ok) throw new ManifestUnreadable(layout.file, outcome.answer.line, outcome.answer.why);
      return Buffer.from(outcome.answer.base64, 'base64');
    },
    async readYaml(bytes) {
      const outcome = await pool.run('readYaml', bytes);
      return outcome.status === 'done'
        ? outcome.answer
        : { ok: false, line: null, message: 'The file cannot be read.' };
    },
    async faultsOfPolicy(policy) {
      const unread = [
        { line: null, message: `The file cannot be read. Keep it below ${LIMITS.yamlBytes / 1024} KiB.` },
      ];
      if (policy.byteLength > LIMITS.fileBytes) return unread;
      const outcome = await pool.run('faultsOfPolicy', policy);
      return outcome.status === 'done' ? outcome.answer : unread;
    },
    close: () => pool.close(),
  };

  async function summaryOf(request: ValidationRequest): Promise<FindingSummary> {
    const refused = refusedBeforeReading(request.files);
    if (refused !== null) return refused;
    const outcome = await pool.run('validate', request);
    return outcome.status === 'done' ? outcome.answer : unfinishedSummary(outcome.status);
  }

  function reportOf({ tree, validatedAt, map, policy }: ValidationRequest, summary: FindingSummary): ValidationReport {
    const digests = { rulesetDigest: rulesetDigest(policy), mapDigest: canonicalDigest(map) };
    return buildReport({ checks: CHECKS, summary, tree, validatedAt, ...digests });
  }

  async function readManifests(manifests: readonly ManifestSource[]): Promise<readonly ManifestFacts[]> {
    const batches: (readonly ManifestSource[])[] = [];
    for (let at = 0; at < manifests.length; at += MANIFESTS_PER_JOB)
      batches.push(manifests.slice(at, at + MANIFESTS_PER_JOB));
    return (await Promise.all(batches.map(readBatch))).flat();
  }

  async function readBatch(batch: readonly ManifestSource[]): Promise<readonly ManifestFacts[]> {
    // What is never read need not travel.
    const readable = batch.map(({ bytes, layout }) =>
      bytes.byteLength > LIMITS.fileBytes ? { bytes: new Uint8Array(), layout } : { bytes, layout },
    );
    const outcome = await pool.run('readManifests', readable);
    if (outcome.status === 'done')
      return outcome.answer.map((facts, at) => (readable[at]?.bytes === batch[at]?.bytes ? facts : TOO_LARGE));
    if (batch.length === 1) return [NOTHING_KNOWN];
    // One manifest that breaks its reader takes no other with it.
    return (await Promise.all(readable.map((manifest) => readBatch([manifest])))).flat();
  }
}

function nothingKnown(why: string): ManifestFacts {
  return { displayName: null, requires: [], unreadable: { line: null, why } };
}

const NOTHING_KNOWN = nothingKnown('The manifest cannot be read.');
const TOO_LARGE = nothingKnown(`The manifest is larger than ${LIMITS.fileBytes / 1024} KiB.`);
