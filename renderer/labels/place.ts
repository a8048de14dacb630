const gapPx = 4
const edgePx = 8

/** Puts a box of this size under what it belongs to, or over it, wherever it is whole on the screen. */
export function placeBeside(
  anchor: Pick<DOMRect, 'left' | 'top' | 'bottom'>,
  box: { width: number; height: number },
  screen: { width: number; height: number },
): { left: number; top: number } {
  const left = Math.max(edgePx, Math.min(anchor.left, screen.width - box.width - edgePx))
  const below = anchor.bottom + gapPx
  const fits = below + box.height + edgePx <= screen.height
  const above = anchor.top - gapPx - box.height
  return { left, top: Math.max(edgePx, fits ? below : above) }
}
