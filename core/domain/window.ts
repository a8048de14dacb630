/**
 * How much of the past a console holds: the newest messages of each conversation that is open or was touched lately.
 * What is older stays on the server, and is asked for when somebody scrolls there.
 */
export const windowMessages = 50

/** Messages a console holds at most. */
export const mostMessages = 100_000
