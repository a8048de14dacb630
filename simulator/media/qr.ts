/**
 * A QR code of version 3 with error correction M: 29 × 29 modules, up to 42 bytes, which is what a
 * WhatsApp short link needs. @see ISO/IEC 18004
 */
const size = 29
const dataBytes = 44
const checkBytes = 26
const longestBytes = 42
const alignmentAt = 22
/** Error correction M with mask 0, coded and masked as the standard prints it. */
const formatBits = 0b101010000010010

/** Rows of modules, dark ones true. @throws RangeError for a text that does not fit */
export function qrOf(text: string): boolean[][] {
  const modules = emptySquare<boolean | undefined>(undefined)
  drawFinder(modules, 0, 0)
  drawFinder(modules, 0, size - 7)
  drawFinder(modules, size - 7, 0)
  drawSquare(modules, alignmentAt - 2, alignmentAt - 2, 5)
  for (let at = 8; at < size - 8; at++) {
    modules[6]![at] = at % 2 === 0
    modules[at]![6] = at % 2 === 0
  }
  drawFormat(modules)
  fill(modules, codewordsOf(text))
  return modules.map((row) => row.map((module) => module === true))
}

type Modules = (boolean | undefined)[][]

function emptySquare<T>(value: T): T[][] {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => value))
}

/** Rings around a centre, dark and light in turn from the outside. */
function drawSquare(modules: Modules, top: number, left: number, width: number): void {
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < width; column++) {
      const ring = Math.min(row, column, width - 1 - row, width - 1 - column)
      modules[top + row]![left + column] = ring !== 1
    }
  }
}

/** The big square in a corner, with the light line that keeps it apart. */
function drawFinder(modules: Modules, top: number, left: number): void {
  for (let row = Math.max(0, top - 1); row <= Math.min(size - 1, top + 7); row++) {
    for (let column = Math.max(0, left - 1); column <= Math.min(size - 1, left + 7); column++) {
      modules[row]![column] = false
    }
  }
  drawSquare(modules, top, left, 7)
}

/** Which correction and mask it is, twice: around the first corner, and along the other two. */
function drawFormat(modules: Modules): void {
  for (let bit = 0; bit < 15; bit++) {
    const isDark = ((formatBits >> bit) & 1) === 1
    const near = bit < 6 ? bit : bit < 8 ? bit + 1 : 14 - bit < 6 ? 14 - bit : 7
    if (bit < 8) modules[near]![8] = isDark
    else modules[8]![bit === 8 ? 7 : near] = isDark
    if (bit < 8) modules[8]![size - 1 - bit] = isDark
    else modules[size - 15 + bit]![8] = isDark
  }
  modules[size - 8]![8] = true
}

/** The bits go up and down in columns of two from the right, around what is drawn, through mask 0. */
function fill(modules: Modules, codewords: number[]): void {
  let bit = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const isUpwards = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      const row = isUpwards ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (modules[row]![column] !== undefined) continue
        const isSet = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        modules[row]![column] = isSet !== ((row + column) % 2 === 0)
        bit += 1
      }
    }
  }
}

/** Mode, length, the text, padding, and what lets a reader mend a damaged code. */
function codewordsOf(text: string): number[] {
  const bytes = [...Buffer.from(text)]
  if (bytes.length > longestBytes) throw new RangeError(`more than ${longestBytes} bytes`)
  const nibbles = [0b0100, bytes.length >> 4, bytes.length & 15]
  for (const byte of bytes) nibbles.push(byte >> 4, byte & 15)
  nibbles.push(0)
  const data = Array.from(
    { length: nibbles.length / 2 },
    (_, index) => (nibbles[2 * index]! << 4) | nibbles[2 * index + 1]!,
  )
  for (let pad = 0xec; data.length < dataBytes; pad ^= 0xec ^ 0x11) data.push(pad)
  return [...data, ...checksOf(data)]
}

/** Reed–Solomon: the remainder of the data divided by the polynomial with roots 2⁰ … 2²⁵. */
function checksOf(data: number[]): number[] {
  let divisor = [1]
  for (let power = 0, root = 1; power < checkBytes; power++, root = times(root, 2)) {
    const shifted = [...divisor, 0]
    divisor = shifted.map((one, at) => one ^ times(divisor[at - 1] ?? 0, root))
  }
  const rest = [...data, ...Array.from({ length: checkBytes }, () => 0)]
  for (let at = 0; at < data.length; at++) {
    const factor = rest[at]!
    divisor.forEach((one, offset) => (rest[at + offset]! ^= times(one, factor)))
  }
  return rest.slice(data.length)
}

/** In the field of 256 elements that QR codes use. */
function times(left: number, right: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d)
    product ^= ((right >> bit) & 1) * left
  }
  return product
}
