/** A line of a menu: something to do, one of several to choose, or a title over the lines below it. */
export type MenuItem =
  | { kind: 'command'; key: string; label: string; detail?: string; run: () => void }
  | {
      kind: 'choice'
      key: string
      label: string
      detail?: string
      isChosen: boolean
      run: () => void
    }
  | { kind: 'heading'; key: string; label: string }
