import { isName, isOneLine, SLIPWAY_FILE } from '../../domain';
import { readReleaseFile } from '../content/release-file';
import { entryOf, type MapEntry, type SourceNode, textOf } from '../content/source-node';
import { compileGuardrail } from './compile-guardrail';
import { quote } from '../rules/finding';
import { globFault } from './path-glob';
import { type Guardrail, type Policy, type PolicyFault } from './policy';

/** Keys of the file; `layout` is read when the repository is adopted. */
const KEYS = ['layout', 'guardrails'];
const GUARDRAIL_KEYS = ['id', 'pattern', 'message', 'severity', 'paths'];
const SEVERITIES = { error: 'ERROR', warning: 'WARNING' } as const;
const MOST_GUARDRAILS = 100;
const LONGEST_MESSAGE = 300;
const LONGEST_PATTERN = 1_000;

/** A fault at a node, while the file is read. */
interface FaultAt {
  readonly at: number;
  readonly message: string;
}

/** Reads the policy from the bytes of `slipway.yaml`; null where there is no such file. Never throws for content. */
export function readPolicy(bytes: Uint8Array | null): Policy {
  if (bytes === null) return { guardrails: [], faults: [] };
  const { root, problems, placeOf } = readReleaseFile({ path: SLIPWAY_FILE, bytes }, 'yaml');
  if (root === null) {
    const problem = problems.find(({ kind }) => kind !== 'byte-order-mark');
    const line = problem?.offset == null ? null : placeOf(problem.offset).line;
    return refused([{ line, message: problem?.message ?? 'The file cannot be read.' }]);
  }
  const faults: FaultAt[] = [];
  const guardrails = guardrailsIn(root, faults);
  if (faults.length === 0) return { guardrails, faults: [] };
  return refused(faults.map(({ at, message }) => ({ line: placeOf(at).line, message })));
}

function refused(faults: readonly PolicyFault[]): Policy {
  return { guardrails: [], faults };
}

function guardrailsIn(root: SourceNode, faults: FaultAt[]): readonly Guardrail[] {
  if (root.type !== 'map') {
    faults.push({ at: root.start, message: 'Write the file as a mapping of keys to values.' });
    return [];
  }
  refuseOtherKeys(root.entries, KEYS, faults);
  const list = entryOf(root, 'guardrails')?.value;
  if (list === undefined) return [];
  if (list.type !== 'list') {
    faults.push({ at: list.start, message: 'Write `guardrails` as a list; [] when there is nothing in it.' });
    return [];
  }
  if (list.items.length > MOST_GUARDRAILS)
    faults.push({ at: list.start, message: `Keep \`guardrails\` to ${MOST_GUARDRAILS}.` });
  const ids = new Set<string>();
  return list.items.slice(0, MOST_GUARDRAILS).flatMap((item) => guardrailAt(item, ids, faults) ?? []);
}

/** Null when something is wrong with it, which is added to the faults. */
function guardrailAt(item: SourceNode, ids: Set<string>, faults: FaultAt[]): Guardrail | null {
  const before = faults.length;
  if (item.type !== 'map') {
    faults.push({ at: item.start, message: 'Write a guardrail as a mapping with id, pattern and message.' });
    return null;
  }
  refuseOtherKeys(item.entries, GUARDRAIL_KEYS, faults);
  const refuse = (key: string, message: string): void => {
    faults.push({ at: entryOf(item, key)?.value.start ?? item.start, message });
  };
  const read = (key: string): string => textOf(entryOf(item, key)?.value) ?? '';

  const id = read('id');
  if (!isName(id)) refuse('id', 'Give each guardrail an `id`: lower-case letters, digits, "-", "_" and ".".');
  else if (ids.has(id)) refuse('id', `Two guardrails have the id \`${id}\`: rename one.`);
  ids.add(id);

  const message = read('message').trim();
  if (message === '' || message.length > LONGEST_MESSAGE || !isOneLine(message))
    refuse('message', `Write a \`message\` of one line, up to ${LONGEST_MESSAGE} characters, that says what to do.`);

  const severityNode = entryOf(item, 'severity')?.value;
  const severity = severityNode === undefined ? 'ERROR' : severityOf(textOf(severityNode) ?? '');
  if (severity === null) refuse('severity', 'Write `severity` as error or warning.');

  const paths = pathsOf(entryOf(item, 'paths')?.value, refuse);
  const pattern = read('pattern');
  if (pattern === '' || pattern.length > LONGEST_PATTERN)
    refuse('pattern', `Write a \`pattern\`: a regular expression in quotes, up to ${LONGEST_PATTERN} characters.`);
  if (faults.length > before || severity === null) return null;
  const compiled = compileGuardrail({ id, message, severity, pattern, paths });
  if ('refusal' in compiled) {
    refuse('pattern', compiled.refusal);
    return null;
  }
  return compiled;
}

/** Null for all files. */
function pathsOf(
  node: SourceNode | undefined,
  refuse: (key: string, message: string) => void,
): readonly string[] | null {
  if (node === undefined) return null;
  const paths = (node.type === 'list' ? node.items : []).map((item) => textOf(item) ?? '');
  if (paths.length === 0) refuse('paths', 'Write `paths` as a list of patterns, or leave it out for all files.');
  for (const path of paths) {
    const fault = globFault(path);
    if (fault !== null) refuse('paths', fault);
  }
  return paths;
}

function severityOf(written: string): Guardrail['severity'] | null {
  return written === 'error' || written === 'warning' ? SEVERITIES[written] : null;
}

function refuseOtherKeys(entries: readonly MapEntry[], known: readonly string[], faults: FaultAt[]): void {
  for (const { key, keyStart } of entries)
    if (!known.includes(key))
      faults.push({
        at: keyStart,
        message: `Remove or correct the key ${quote(key)}: known here are ${known.join(', ')}.`,
      });
}
