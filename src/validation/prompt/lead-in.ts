/** What the text below a heading or a line that ends in a colon is about. */
export type Topic = 'output' | 'input' | 'example' | 'prohibition' | 'other';

/** What a heading or lead-in announces. */
export interface LeadIn {
  readonly topic: Topic;
  /** True when it says outright that fields follow which the output has to have. */
  readonly isDemand: boolean;
  /** True when it calls what follows fields, keys or JSON: not topics of the text. */
  readonly isOfFields: boolean;
  readonly isOptional: boolean;
  /** `somewhere` for "each item has". */
  readonly place: 'document' | 'somewhere';
  /** True for a prohibition of leaving something in, as against one of doing something. */
  readonly isOfContent: boolean;
}

const LONGEST = 400;
const PROHIBITION = /\b(?:not|don't|never|cannot|prohibited|forbidden|exclude[sd]?|omit|avoid)\b/;
const CONTENT = /\b(?:include|contain|output|add|emit|return)\b/;
const INPUT =
  /\binputs?\b|\byou (?:will|are|may|can|have)\b.{0,20}\b(?:given|receive|received|provided|supplied)\b|\bprovided with\b|\b(?:given|received|incoming)\b/;
const EXAMPLE = /\b(?:examples?|samples?|for instance|e\.g)\b/;
const OUTPUT = /\b(?:outputs?|respond|response|responses|return|returns|answer|deliverable|reply)\b/;
const MUST_HAVE =
  /\b(?:must|shall|should|will|has to|have to|needs? to)(?: also| only| always| at least)? (?:include|contain|have|consist of)\b/;
const NAMED_FIELDS = /\b(?:fields?|keys|properties|attributes)\b/;
const NAMED_SECTIONS = /\b(?:required|optional|mandatory|following|these) (?:\w+ )?sections?\b/;
const JSON_FORM = /\b(?:json|object)\b/;
const FORM =
  /\b(?:containing|contains?|with|including|includes?|having|has|as|form|structure|format|shape|matching|exactly|only)\b/;
const EACH = /\b(?:each|every|per)\b|\b(?:items?|entry|entries|elements?)\b/;
/** What the prompt is about, says or checks, as against what it asks for. */
const OTHER =
  /\b(?:check|checks|changelog|history|quality|criteria|guidelines?|conventions?|previous|prior|existing)\b/;

export function readLeadIn(line: string): LeadIn {
  // The last sentence announces what follows.
  const text = (
    line
      .slice(-LONGEST)
      .split(/[.!?]\s+/)
      .findLast((part) => part !== '') ?? ''
  )
    .toLowerCase()
    .replaceAll('’', "'");
  const isOfFields = NAMED_FIELDS.test(text) || (JSON_FORM.test(text) && FORM.test(text));
  const topic = topicOf(text);
  const demands = MUST_HAVE.test(text) || NAMED_SECTIONS.test(text) || isOfFields;
  return {
    topic,
    isDemand: demands && (topic === 'output' || topic === 'other') && !OTHER.test(text),
    isOfFields,
    isOptional: /\boptional\b/.test(text),
    place: EACH.test(text) ? 'somewhere' : 'document',
    isOfContent: topic === 'prohibition' && CONTENT.test(text),
  };
}

function topicOf(text: string): Topic {
  if (INPUT.test(text)) return 'input';
  if (PROHIBITION.test(text)) return 'prohibition';
  if (EXAMPLE.test(text)) return 'example';
  return OUTPUT.test(text) ? 'output' : 'other';
}

/** True when a heading or lead-in calls the example below it complete. */
export function isOfCompleteExample(line: string): boolean {
  const text = line.slice(0, LONGEST).toLowerCase();
  return (
    EXAMPLE.test(text) &&
    /\b(?:complete|full|valid|entire|whole)\b/.test(text) &&
    !/\b(?:not|no|never|wrong|bad|partial|excerpt|part|fragment|section|input|prompt|request)\b/.test(text)
  );
}
