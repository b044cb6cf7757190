import { looksLikeCode, stepsOf } from './field-item';
import { type Prohibition } from './prompt-demands';

const LONGEST = 2_000;
const VERB =
  /\b(?:do not|don't|must not|never|should not|cannot|may not|shall not)\s+(?:ever )?(?:include|contain|output|add|emit|return|populate)\s+(?:(?:the|a|an|any|either|fields?|keys?|properties|property|named|called) )*/gi;
const NAME =
  /(?:[`"]([A-Za-z_$][\w$]*(?:\[\])?(?:\.[A-Za-z_$][\w$]*(?:\[\])?)*)[`"]|([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*))(?![\w$])/y;
const SEPARATOR = /\s*(?:,\s*(?:or|and|nor)?|\b(?:or|and|nor)\b)\s*/y;
/** What may follow without making the prohibition one of a place or a case. */
const WHOLE =
  /^\s*(?:fields?|keys?|properties|property)?\s*(?:(?:in|to) (?:the |your )?(?:output|response|answer|json|document)|at all|anywhere|yourself)?\s*(?:[.;!(:]|[-–—]\s|$)/i;

/** Fields that a line wants left out: "Do NOT include `x` or `y`." One with a condition or a place is none. */
export function prohibitionsIn(line: string, offset: number): readonly Prohibition[] {
  const text = line.slice(0, LONGEST).replaceAll('’', "'");
  const found: Prohibition[] = [];
  for (const match of text.matchAll(VERB)) {
    const names: Prohibition[] = [];
    let at = match.index + match[0].length;
    let isWhole = false;
    for (;;) {
      NAME.lastIndex = at;
      const name = NAME.exec(text);
      if (name === null) break;
      const written = name[1] ?? name[2] ?? '';
      if ((name[1] === undefined && !looksLikeCode(written)) || LITERALS.has(written)) break;
      names.push({ path: stepsOf(written), offset: offset + at + name[0].indexOf(written) });
      at += name[0].length;
      isWhole = WHOLE.test(text.slice(at, at + 80));
      SEPARATOR.lastIndex = at;
      const separator = SEPARATOR.exec(text);
      if (separator === null) break;
      at += separator[0].length;
    }
    if (isWhole) found.push(...names);
  }
  return found;
}

const LITERALS = new Set(['null', 'true', 'false', 'undefined']);
