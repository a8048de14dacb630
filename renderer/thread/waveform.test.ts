import { expect, test } from 'vitest'
import { bars, partsOf } from './waveform.ts'

test('a waveform shows each part against the loudest', () => {
  const samples = new Float32Array(bars * 10)
  samples[5] = 0.25
  samples[15] = -0.5
  expect(partsOf(samples).slice(0, 3)).toEqual([0.5, 1, 0])
})

test('silence is flat, and a sound shorter than its bars has as many', () => {
  expect(partsOf(new Float32Array(1000))).toEqual(Array<number>(bars).fill(0))
  expect(partsOf(new Float32Array([1]))).toHaveLength(bars)
})
