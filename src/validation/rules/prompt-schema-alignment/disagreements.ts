import { type PromptInspection } from '../../prompt/prompt-inspection';
import { type DemandedObject } from '../../prompt/prompt-demands';
import { atOffset } from '../finding';
import { type RuleContext, type RuleFinding } from '../rule';
import { type Disagreement, type DisagreementRule, type PlacedObject } from './disagreement';
import { compareFields } from './compare-fields';
import { type Objects, type OutputSchema, outputSchema } from './output-schema';
import { missingFields } from './missing-fields';
import { prohibitedFields } from './prohibited-fields';

const MOST_FINDINGS = 200;

const known = new WeakMap<RuleContext, readonly RuleFinding[]>();
const rules = new WeakMap<RuleFinding, DisagreementRule>();

/** The findings of one rule. Prompts and schemas are compared once for all of them. */
export function* disagreements(context: RuleContext, rule: DisagreementRule): Generator<RuleFinding> {
  let found = known.get(context);
  if (found === undefined) known.set(context, (found = context.prompts.flatMap((prompt) => compare(context, prompt))));
  for (const finding of found) if (rules.get(finding) === rule) yield finding;
}

function compare(context: RuleContext, prompt: PromptInspection): readonly RuleFinding[] {
  const { file, demands } = prompt;
  if (demands.objects.length === 0 && demands.prohibitions.length === 0) return [];
  const schema = outputSchema(context, prompt);
  const placed = demands.objects.map((object) => place(object, schema));
  const seen = new Set<string>();
  return first(MOST_FINDINGS, all(placed, prompt, schema)).flatMap(({ rule, offset, message, value }) => {
    // A name that is unknown once is unknown wherever the prompt repeats it.
    const key = rule.startsWith('demanded-field') ? message : `${rule} ${String(offset)} ${value}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const finding = atOffset(file, { start: offset, pointer: null }, message, value);
    rules.set(finding, rule);
    return [finding];
  });
}

function* all(
  placed: readonly PlacedObject[],
  { demands }: PromptInspection,
  schema: OutputSchema,
): Generator<Disagreement> {
  for (const each of placed) yield* compareFields(each, demands, schema);
  yield* missingFields(placed, demands, schema);
  yield* prohibitedFields(placed, demands, schema);
}

function first<T>(most: number, items: Iterable<T>): readonly T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) === most) break;
  return taken;
}

/** The output itself, unless the prompt says otherwise or the fields are clearly those of an object inside. */
function place(object: DemandedObject, schema: OutputSchema): PlacedObject {
  const inside = { object, objects: schema.anywhere, isDocument: false };
  if (object.place === 'somewhere') return inside;
  const isLoose = object.form === 'list';
  const matches = (objects: Objects): number =>
    object.fields.filter(({ name }) => schema.property(objects, name, isLoose).length > 0).length;
  const atRoot = matches(schema.root);
  const best = Math.max(0, ...schema.anywhere.views.map((view) => matches({ views: [view], isOpen: false })));
  return best > atRoot && best > 1 ? inside : { object, objects: schema.root, isDocument: true };
}
