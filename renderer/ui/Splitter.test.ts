import { fireEvent, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { loopback } from '../../core/testing/loopback.ts'
import { show } from '../testing/show.ts'
import Splitter from './Splitter.svelte'

test('arrow keys move it by steps and stop at the ends; Enter gives the usual width back', async () => {
  const moved: (number | 'usual')[] = []
  const props = {
    label: 'Breite der Liste',
    value: 450,
    least: 300,
    most: 460,
    onmove: (px: number) => moved.push(px),
    onreset: () => moved.push('usual'),
  }
  show(Splitter, props, loopback({}).wire)
  const splitter = screen.getByRole('separator', { name: 'Breite der Liste' })
  expect(splitter.getAttribute('aria-valuenow')).toBe('450')
  for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Enter', 'x']) {
    await fireEvent.keyDown(splitter, { key })
  }
  expect(moved).toEqual([434, 460, 300, 460, 'usual'])
})
