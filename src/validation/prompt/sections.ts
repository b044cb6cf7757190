import { type LeadIn, readLeadIn, type Topic } from './lead-in';
import { type TextLine } from './text-lines';

interface Open {
  readonly level: number;
  readonly leadIn: LeadIn;
  readonly text: string;
}

/** Where a line stands: under which headings, and under which lead-in. */
export interface Section {
  readonly topic: Topic;
  /** The nearest heading or lead-in; null at the beginning. */
  readonly nearest: (LeadIn & { readonly text: string }) | null;
}

/** A lead-in is a line of its own that ends in a colon; it holds until the next paragraph. */
const LEAD_IN = 8;
/** A lead-in that is an item of a list; it holds for the items indented below it. */
const ITEM = 9;

/** Follows headings and lead-ins through a prompt, in any style. */
export function followSections() {
  const open: Open[] = [];
  let itemIndent = 0;
  let hasFollowed = false;

  return {
    /** Takes note of a line and says whether it opens a section of its own. */
    enter(line: TextLine): boolean {
      const isColon = /:\**$/.test(line.text.slice(-4));
      if (line.kind === 'heading') return push(line.level, line.text);
      if (line.kind === 'item') {
        hasFollowed = true;
        if (open.at(-1)?.level === ITEM && line.indent <= itemIndent) open.pop();
        if (!isColon) return false;
        const leadIn = readLeadIn(line.text);
        if (!leadIn.isDemand && leadIn.topic === 'other') return false;
        itemIndent = line.indent;
        return push(ITEM, line.text, leadIn);
      }
      if (isColon && line.indent === 0) return push(LEAD_IN, line.text);
      return false;
    },
    /** Ends the lead-in under which a paragraph cannot stand. */
    endLeadIn(line: TextLine): void {
      if (line.kind !== 'text' || line.indent > 0 || (!line.afterBlank && !hasFollowed)) return;
      while ((open.at(-1)?.level ?? 0) >= LEAD_IN) open.pop();
    },
    /** The section of a code block, which belongs to the lead-in above it. */
    atBlock(): Section {
      hasFollowed = true;
      return at();
    },
    at,
  };

  function at(): Section {
    const nearest = open.at(-1);
    return {
      topic: topicOf(open.filter((each) => !isTitle(each)).map(({ leadIn }) => leadIn.topic)),
      nearest: nearest === undefined ? null : { ...nearest.leadIn, text: nearest.text },
    };
  }

  /** The one `# Title` of a prompt that has `## Sections`: it says what the whole is, not what a section is about. */
  function isTitle({ level }: Open): boolean {
    return level === 1 && open.some((other) => other.level > 1 && other.level <= 6);
  }

  function push(level: number, text: string, leadIn = readLeadIn(text)): boolean {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    open.push({ level, leadIn, text });
    hasFollowed = false;
    return true;
  }
}

/** What is said of input, of examples or of prohibitions is never a demand, whatever stands between. */
function topicOf(topics: readonly Topic[]): Topic {
  for (const topic of ['input', 'prohibition', 'exception', 'example', 'output'] as const)
    if (topics.includes(topic)) return topic;
  return 'other';
}
