/** Each says that what follows is something else than the answer, whatever words for an answer stand beside it. */
const OTHER_SUBJECTS: readonly RegExp[] = [
  // What is shown to be avoided.
  /\b(?:bad|wrong|incorrect|invalid|mistakes?|avoid|instead of|pitfalls?|anti[- ]?patterns?|counter[- ]?examples?)\b|[❌✗✘]/,
  // What something else than the writer gives, and what there is already.
  /^\W*(?:the|an?|our|its|their) (?!(?:assistant|model|agent|prompt|task|writer)\b)[^,.:]{1,60}\b(?:returns|responds|sends|emits|delivers|supplies|provides|produces|outputs)\b/,
  /^\W*(?:the|an?|this|our) (?:existing|previous|prior|original|old|legacy|source|upstream)\b/,
  /\b(?:of|from) (?:the|an?|this|our) (?:existing|previous|prior|original|old|legacy|source|upstream|inputs?)\b/,
  // What the writer makes for itself on the way.
  /\b(?:internal|internally|intermediate|scratch[- ]?pads?|working notes|for yourself|for your own use)\b/,
  /\((?:[^()]*\b)?(?:do not|don't|never) (?:output|include|return|emit|show|print|reveal)(?: (?:it|this|them|these|that))?\s*\)/,
  /\((?:[^()]*\b)?not (?:to be )?(?:output|returned|shown|included|part of)\b/,
  /^\W*step \d+\b(?!.*\b(?:output|final|response|answer|deliverable|document)\b)/,
  // What is filled in elsewhere.
  /\b(?:fill|update|set|edit|change|modify)\b.*\b(?:of|in|on) (?:the|an?) (?!output|response|answer|json|document|object|result|template|schema|following)/,
  // How the answer is judged.
  /\b(?:will|shall|is|are|be) (?:be )?(?:scored|graded|rated|evaluated|judged|assessed|ranked)\b|\b(?:scoring|grading|rubric)\b/,
];

const LONGEST = 400;

/** True when a heading or lead-in speaks of something else than the answer. */
export function isOfOtherSubject(line: string): boolean {
  const text = line.slice(0, LONGEST).toLowerCase().replaceAll('’', "'");
  return OTHER_SUBJECTS.some((pattern) => pattern.test(text));
}
