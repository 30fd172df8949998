// What all the state machines share: the shape of their tables. Every machine is data of this shape, one row per
// state and one cell per event, so a transition that was forgotten does not compile; what a state does when it is
// entered stands beside its table.

/** `{ [state]: { [event]: state } }`: the state that follows, for every state and every event. */
export type Table<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]: State }
}
