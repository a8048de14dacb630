/** In device-independent pixels, as Electron counts them. */
export type Rectangle = { x: number; y: number; width: number; height: number }

/** The smallest window the console's layout is made for. */
export const MIN_WIDTH = 720
export const MIN_HEIGHT = 560
const DEFAULT_SIZE = { width: 1440, height: 900 }

/** So much of the title bar must lie on a display for a person to grab it. */
const GRAB_PX = 96

/**
 * Where to open the window: where it was, as long as it can still be reached and fits; otherwise in the middle of the
 * first display.
 *
 * @param kept what was remembered, by whatever version
 * @param workAreas of the displays there are now, the primary one first
 */
export function placeWindow(kept: unknown, workAreas: readonly Rectangle[]): Rectangle {
  const [primary = { x: 0, y: 0, ...DEFAULT_SIZE }] = workAreas
  if (!isRectangle(kept)) return centred(DEFAULT_SIZE, primary)
  const home = workAreas.find((area) => isGrabbable(kept, area))
  if (home === undefined) return centred(kept, primary)
  return { x: kept.x, y: kept.y, ...fitted(kept, home) }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Partial<Rectangle> // each is checked on the next line
  return [x, y, width, height].every((number) => Number.isInteger(number))
}

function isGrabbable({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return across >= GRAB_PX && y >= area.y && y <= area.y + area.height - GRAB_PX
}

function fitted({ width, height }: { width: number; height: number }, area: Rectangle) {
  return {
    width: Math.max(MIN_WIDTH, Math.min(width, area.width)),
    height: Math.max(MIN_HEIGHT, Math.min(height, area.height)),
  }
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const { width, height } = fitted(size, area)
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  }
}
