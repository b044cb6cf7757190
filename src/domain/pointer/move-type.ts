/** The three moves of the pointer that people can ask for. */
export type MoveType = 'Activate' | 'RollBack' | 'Deactivate';
