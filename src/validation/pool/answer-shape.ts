import { CHANGE_TYPES } from '../../domain';
import { type JobName, type Jobs } from '../child/job';
import { parseReference } from '../references/reference-form';

/** True when a value has the shape that the job is declared to answer with. A child that was broken by content may send anything. */
export function isAnswerTo<N extends JobName>(
  job: N,
  input: Jobs[N]['input'],
  value: unknown,
): value is Jobs[N]['answer'] {
  return SHAPES[job](value, input);
}

const SHAPES: Record<JobName, (value: unknown, input: unknown) => boolean> = {
  validate: isSummary,
  classifyChange: (value) => has(value, { required: orNull(isChangeType), reasons: listOf(isReason) }),
  readPins: orNull(listOf(isPin)),
  readManifests: (value, input) =>
    Array.isArray(value) && Array.isArray(input) && value.length === input.length && value.every(isFacts),
  rewriteVersion: (value) => has(value, { ok: isTrue, base64: isText }) || isRefusal(value, 'why'),
  faultsOfPolicy: listOf((fault) => has(fault, { line: orNull(isCount), message: isText })),
  readYaml: (value) => (has(value, { ok: isTrue }) && 'value' in value) || isRefusal(value, 'message'),
};

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

function has(value: unknown, shape: Shape): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(shape).every(([key, fits]) => Object.hasOwn(value, key) && fits(Reflect.get(value, key)));
}

function isSummary(value: unknown): boolean {
  return (
    has(value, {
      findings: listOf(isFinding),
      total: isCount,
      counts: recordOf(isCounts),
      unfinished: listOf(isText),
    }) && Number(value.total) >= (value.findings as readonly unknown[]).length
  );
}

function isFinding(value: unknown): boolean {
  const [text, textOrNull, countOrNull] = [isText, orNull(isText), orNull(isCount)];
  return has(value, {
    ...{ fingerprint: text, check: text, rule: text, severity: text, message: text },
    ...{ path: textOrNull, pointer: textOrNull, line: countOrNull, column: countOrNull },
  });
}

function isReason(value: unknown): boolean {
  const textOrNull = orNull(isText);
  return has(value, { changeType: isChangeType, rule: isText, path: textOrNull, pointer: textOrNull, message: isText });
}

function isPin(value: unknown): boolean {
  return has(value, { reference: isReference, path: isText, line: orNull(isCount), places: isCount });
}

function isReference(value: unknown): boolean {
  const parsed = typeof value === 'string' ? parseReference(value) : null;
  return parsed !== null && parsed !== 'malformed';
}

function isChangeType(value: unknown): boolean {
  return CHANGE_TYPES.some((changeType) => changeType === value);
}

function isCounts(value: unknown): boolean {
  return has(value, { errors: isCount, warnings: isCount });
}

function isFacts(value: unknown): boolean {
  const isUnreadable = (fault: unknown): boolean => has(fault, { line: orNull(isCount), why: isText });
  return has(value, { displayName: orNull(isText), requires: listOf(isText), unreadable: orNull(isUnreadable) });
}

function isRefusal(value: unknown, why: string): boolean {
  return has(value, { ok: (ok) => ok === false, line: orNull(isCount), [why]: isText });
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function orNull(fits: (value: unknown) => boolean) {
  return (value: unknown): boolean => value === null || fits(value);
}

function listOf(fits: (value: unknown) => boolean) {
  return (value: unknown): boolean => Array.isArray(value) && value.every(fits);
}

function recordOf(fits: (value: unknown) => boolean) {
  return (value: unknown): boolean => typeof value === 'object' && value !== null && Object.values(value).every(fits);
}
