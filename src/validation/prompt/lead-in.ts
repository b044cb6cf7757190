import { isOfOtherSubject } from './other-subjects';

/** What the text below a heading or a line that ends in a colon is about. */
export type Topic = 'output' | 'input' | 'example' | 'exception' | 'prohibition' | 'other';

/** What a heading or lead-in announces. */
export interface LeadIn {
  readonly topic: Topic;
  /** True when it says outright that fields follow which the output has to have. */
  readonly isDemand: boolean;
  /** True when it calls what follows fields, keys or JSON: not topics of the text. */
  readonly isOfFields: boolean;
  /** True when those fields are of what the prompt is to write. */
  readonly isWritten: boolean;
  readonly isOptional: boolean;
  /** `somewhere` for "each item has". */
  readonly place: 'document' | 'somewhere';
  /** True for a prohibition of leaving something in, as against one of doing something. */
  readonly isOfContent: boolean;
  /** True for few words, in the manner of a heading. */
  readonly isShort: boolean;
}

const LONGEST = 400;
const SHORT = 6;
const PROHIBITION = /\b(?:not|don't|never|cannot|prohibited|forbidden|exclude[sd]?|omit)\b/;
const CONTENT = /\b(?:include|contain|output|add|emit|return)\b/;
const INPUT =
  /\binputs?\b|\byou (?:will|are|may|can|have)\b.{0,20}\b(?:given|receive|received|provided|supplied)\b|\bprovided with\b|\b(?:given|received|incoming)\b/;
const EXAMPLE = /\b(?:examples?|samples?|for instance|e\.g)\b/;
/** Another answer than the document: on a condition, in a failure, or to a tool. */
const EXCEPTION =
  /^(?:if|when|whenever|unless|otherwise|in case|on|for)\b.*\b(?:respond|return|output|answer|reply|produce|emit)\b|\b(?:errors?|failures?|fails?|fallback|refusals?|exceptions?|edge cases?|tools?|functions?|calls?|requests?|query|queries|payloads?|webhooks?)\b/;
const OUTPUT = /\b(?:outputs?|respond|response|responses|return|returns|answer|deliverable|reply)\b/;
const WRITES =
  /\b(?:outputs?|respond|response|return|returns|answer|reply|produce|generate|write|create|emit|provide|deliver|compose|fill)\b/;
const MUST_HAVE =
  /\b(?:must|shall|should|will|has to|have to|needs? to)(?: also| only| always| at least)? (?:include|contain|have|consist of)\b/;
const BEGINS_WITH_FIELDS =
  /^(?:the )?(?:required|optional|mandatory|top-level|additional)\b.*\b(?:fields?|keys|properties|sections?)\b/;
const FIELDS = /\b(?:fields?|keys|properties)\b/;
const JSON_FORM = /\b(?:json|objects?)\b/;
const FORM =
  /\b(?:containing|contains?|with|including|includes?|having|has|as|form|structure|format|shape|matching|exactly|only)\b/;
const EACH = /\b(?:each|every|per)\b|\b(?:items?|entry|entries|elements?)\b/;
/** What the prompt checks or tells about, as against what it asks for. */
const OTHER = /\b(?:checks?|changelog|history|quality|criteria|guidelines?|conventions?|previous|prior|existing)\b/;

export function readLeadIn(line: string): LeadIn {
  const text = announcement(line);
  const topic = topicOf(text, line);
  const isOfFields = FIELDS.test(text) || (JSON_FORM.test(text) && FORM.test(text));
  const isWritten = isOfFields && WRITES.test(text);
  const isDemand = MUST_HAVE.test(text) || BEGINS_WITH_FIELDS.test(text) || isWritten;
  return {
    topic,
    isDemand: isDemand && (topic === 'output' || topic === 'other') && !OTHER.test(text),
    isOfFields,
    isWritten,
    isOptional: /\boptional\b/.test(text),
    place: EACH.test(text) ? 'somewhere' : 'document',
    isOfContent: topic === 'prohibition' && CONTENT.test(text),
    isShort: text.split(/\s+/).length <= SHORT,
  };
}

/** The last sentence, without remarks in parentheses: it announces what follows. */
function announcement(line: string): string {
  const text = line
    .slice(-LONGEST)
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\([^()]*\)/g, ' ');
  return (
    text
      .split(/[.!?]\s+/)
      .findLast((part) => part.trim() !== '')
      ?.replace(/^[^a-z]+/, '')
      .trim() ?? ''
  );
}

function topicOf(text: string, line: string): Topic {
  if (INPUT.test(text)) return 'input';
  if (PROHIBITION.test(text)) return 'prohibition';
  if (EXCEPTION.test(text) || isOfOtherSubject(line)) return 'exception';
  if (EXAMPLE.test(text)) return 'example';
  return OUTPUT.test(text) ? 'output' : 'other';
}

/** True when a heading or lead-in calls the example below it complete. */
export function isOfCompleteExample(line: string): boolean {
  const text = line.slice(-LONGEST).toLowerCase();
  return (
    EXAMPLE.test(text) &&
    !isOfOtherSubject(line) &&
    /\b(?:complete|full|valid|entire|whole)\b/.test(text) &&
    !/\b(?:not|no|never|wrong|bad|partial|excerpt|part|fragment|section|inputs?|prompt|request)\b/.test(text)
  );
}
