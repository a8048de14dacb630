import type { Crop } from '../../../core/domain/profile.ts'

export type Size = { width: number; height: number }
/** The middle of what is kept, in the picture's own pixels, and how much it is enlarged; 1 keeps all that fits. */
export type Aim = { x: number; y: number; zoom: number }

export const mostZoom = 4

export function middleOf({ width, height }: Size): Aim {
  return { x: width / 2, y: height / 2, zoom: 1 }
}

/** The square that is kept. It never reaches beyond the picture. */
export function cropOf(size: Size, { x, y, zoom }: Aim): Crop {
  const side = Math.max(1, Math.floor(Math.min(size.width, size.height) / zoom))
  const within = (middle: number, most: number) =>
    Math.round(Math.min(Math.max(middle - side / 2, 0), most - side))
  return { left: within(x, size.width), top: within(y, size.height), side }
}

/** Moved by so many of the picture's pixels, and held inside it. */
export function moved(size: Size, aim: Aim, byX: number, byY: number): Aim {
  const half = Math.min(size.width, size.height) / aim.zoom / 2
  const held = (middle: number, most: number) => Math.min(Math.max(middle, half), most - half)
  return { ...aim, x: held(aim.x + byX, size.width), y: held(aim.y + byY, size.height) }
}
