import { type CodeBlock, bareBlock, beginsJson, fencedBlock, jsonStart } from './json-blocks';
import { completeExampleIn } from './complete-example';
import { readFieldItem } from './field-item';
import { type FieldList, openFieldList } from './field-list';
import { readLeadIn, type Topic } from './lead-in';
import { mentionsIn } from './mentions';
import { prohibitionsIn } from './prohibitions';
import {
  type CompleteExample,
  type DemandedField,
  type DemandedObject,
  type Prohibition,
  type PromptDemands,
} from './prompt-demands';
import { followSections, type Section } from './sections';
import { readSkeleton, type Skeleton } from './skeleton';
import { fieldsOf, isWhole } from './skeleton-fields';
import { readLine, type TextLine } from './text-lines';

/** What stands under these is not the output. */
const ELSEWHERE: ReadonlySet<Topic> = new Set(['input', 'prohibition', 'exception']);

const MOST_LINES = 5_000;
const MOST_FIELDS = 2_000;
const DEFERENCE = /\bschemas?\b|\$\$[A-Z_]*SCHEMA/i;

/** Reads what a prompt demands of its output. A prompt beyond all measure demands nothing. */
export function readPrompt(text: string): PromptDemands {
  const sections = followSections();
  const skeletons: DemandedObject[] = [];
  const lists: FieldList[] = [];
  const prohibitions: Prohibition[] = [];
  const completeExamples: CompleteExample[] = [];
  const said: string[] = [];
  const given: string[] = [];
  let defers = false;
  let list: FieldList | null = null;
  let previous: TextLine | null = null;
  let looksForJson = true;
  let afterBlank = true;
  let lines = 0;

  for (let at = 0; at < text.length;) {
    const { line, next } = readLine(text, at, afterBlank);
    at = next;
    afterBlank = line === null;
    if (line === null) continue;
    if ((lines += 1) > MOST_LINES) return NOTHING;
    const block = blockAt(line, next);
    if (block === null) takeLine(line);
    else takeBlock(block, sections.atBlock());
    at = block?.next ?? next;
    previous = block === null ? line : null;
  }
  const objects = [...skeletons, ...lists.flatMap((each) => each.objects)];
  if (objects.reduce((sum, { fields }) => sum + countOf(fields), 0) > MOST_FIELDS) return NOTHING;
  return {
    objects,
    prohibitions,
    completeExamples,
    defers,
    mentions: mentionsIn(said),
    isInput: mentionsIn(given),
  };

  function blockAt(line: TextLine, next: number): CodeBlock | null {
    if (line.kind === 'fence') return fencedBlock(text, line, next);
    if (!looksForJson || !beginsJson(line)) return null;
    const block = bareBlock(text, line);
    // Looking again at every line would take time quadratic to the length of the prompt.
    looksForJson = block !== null;
    return block;
  }

  function takeBlock(block: CodeBlock, section: Section): void {
    const { topic } = section;
    (topic === 'input' ? given : said).push(text.slice(block.start, block.end));
    if (topic === 'input') return;
    const start = jsonStart(text, block);
    if (start === null) return;
    const lead = readLeadIn(previous?.text ?? '');
    if (topic === 'example' || lead.topic === 'example') {
      const example = completeExampleIn(text, block, [previous?.text, section.nearest?.text]);
      if (example !== null) completeExamples.push(example);
      return;
    }
    const isAsked = topic === 'output' || lead.isDemand || lead.topic === 'output';
    if (!isAsked || ELSEWHERE.has(topic) || ELSEWHERE.has(lead.topic)) return;
    const root = readSkeleton(text, start, block.end)?.root;
    if (root === undefined) return;
    if (isJsonSchema(root)) {
      defers = true;
      return;
    }
    const place = lead.place;
    const fields = fieldsOf(root);
    const hasAllFields = root.type === 'object' && isWhole(root);
    if (fields.length > 0)
      skeletons.push({
        form: 'skeleton',
        isPartOfDocument: false,
        isOfFields: true,
        isDemanded: true,
        isInOutput: true,
        hasAllFields,
        offset: start,
        place,
        fields,
      });
  }

  function takeLine(line: TextLine): void {
    sections.endLeadIn(line);
    const opensSection = sections.enter(line);
    const section = sections.at();
    (section.topic === 'input' ? given : said).push(line.text);
    if (section.topic !== 'input') defers ||= DEFERENCE.test(line.text);
    if (opensSection) {
      list = openFieldList(section, line);
      if (list !== null) lists.push(list);
    } else if (list !== null && !list.take(line)) list = null;
    takeProhibitions(line, section, opensSection);
  }

  function takeProhibitions(line: TextLine, { topic, nearest }: Section, opensSection: boolean): void {
    if (topic === 'input' || topic === 'example') return;
    prohibitions.push(...prohibitionsIn(line.text, line.offset));
    if (opensSection || topic !== 'prohibition' || nearest?.isOfContent !== true || line.kind !== 'item') return;
    for (const { name, offset, isCode, fields } of readFieldItem(line.text, line.offset)?.fields ?? [])
      if (isCode && fields.length === 0) prohibitions.push({ path: [name], offset });
  }
}

function countOf(fields: readonly DemandedField[]): number {
  return fields.reduce((sum, field) => sum + 1 + countOf(field.fields), 0);
}

/** A schema written into the prompt describes the output in words of its own. */
function isJsonSchema(root: Skeleton): boolean {
  if (root.type !== 'object') return false;
  const keys = new Set(root.entries.map(({ key }) => key));
  return keys.has('$schema') || (keys.has('properties') && (keys.has('type') || keys.has('required')));
}

const NOTHING: PromptDemands = {
  objects: [],
  prohibitions: [],
  completeExamples: [],
  defers: true,
  mentions: () => true,
  isInput: () => false,
};
