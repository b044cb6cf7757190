/** Options of the argument `input` that every mutation has. */
export const INPUT = { description: 'What to do.' };
